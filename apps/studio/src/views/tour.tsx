// The tour's line: what happens, where in it one is, and the ways on. It is about the generated person: whoever turns to
// somebody else has ended it.

import { useEffect, useState } from "react";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { STEPS, endTour } from "../tour.ts";

export function TourView({ studio }: { studio: Studio }) {
  const at = useStore(studio.store, (state) => state.tour),
    mind = useStore(studio.store, (state) => state.mind),
    eyes = useStore(studio.store, (state) => state.eyes);
  const [instead, setInstead] = useState<string | undefined>(undefined);
  const held = eyes.kind === "paused";
  const elsewhere = at !== undefined && at > 0 && !(held || (eyes.kind === "on" && eyes.source === "generated"));
  useEffect(() => {
    if (elsewhere) studio.told(endTour(studio));
  }, [elsewhere, studio]);
  useEffect(() => {
    if (at === undefined || mind !== "awake" || held) return;
    let over = false,
      next = 0;
    const { begin, until, lasts } = STEPS[at];
    setInstead(undefined);
    const go = async (): Promise<void> => {
      await begin?.(studio);
      const said = await until?.(studio, () => over);
      if (over) return;
      if (typeof said === "string") setInstead(said);
      if (lasts === undefined && !until) return;
      next = window.setTimeout(() => studio.store.set({ tour: at + 1 }), 1000 * (lasts ?? 0));
    };
    studio.told(go());
    return () => {
      over = true;
      clearTimeout(next);
    };
  }, [at, mind, held, studio]);
  if (at === undefined) return null;
  const last = at === STEPS.length - 1;
  return (
    <section className="tour" aria-label={S.tour.title}>
      <p aria-live="polite">{mind === "waking" ? S.waking : (instead ?? STEPS[at].says)}</p>
      <div className="line">
        <span className="small">{S.tour.of(at + 1, STEPS.length)}</span>
        {last ? (
          <>
            <button
              type="button"
              className="primary"
              onClick={() => studio.told(endTour(studio).then(() => studio.watchCamera()))}
            >
              {S.useCamera}
            </button>
            <button type="button" onClick={() => studio.told(endTour(studio))}>
              {S.useGenerated}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="primary" onClick={() => studio.store.set({ tour: at + 1 })}>
              {S.tour.next}
            </button>
            <button type="button" className="quiet" onClick={() => studio.told(endTour(studio))}>
              {S.tour.skip}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
