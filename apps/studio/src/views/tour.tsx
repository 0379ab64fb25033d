// The tour's line: what happens, where in it one is, and the ways on.

import { useEffect, useRef } from "react";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { STEPS } from "../tour.ts";

export function TourView({ studio }: { studio: Studio }) {
  const at = useStore(studio.store, (state) => state.tour),
    mind = useStore(studio.store, (state) => state.mind);
  const begun = useRef(-1);
  const step = at === undefined ? undefined : STEPS[at];
  useEffect(() => {
    if (at === undefined || mind !== "awake" || begun.current === at) return;
    begun.current = at;
    void Promise.resolve(STEPS[at].begin?.(studio)).catch((error: Error) => studio.note({ text: error.message }));
  }, [at, mind, studio]);
  useEffect(() => {
    if (at === undefined || mind !== "awake" || step?.lasts === undefined) return;
    const next = setTimeout(() => studio.store.set({ tour: at + 1 }), 1000 * step.lasts);
    return () => clearTimeout(next);
  }, [at, mind, step, studio]);
  if (step === undefined || at === undefined) return null;
  const end = (): void => {
    begun.current = -1;
    studio.person.alone = true;
    studio.keeping.setToured();
    studio.store.set({ tour: undefined });
  };
  const last = at === STEPS.length - 1;
  return (
    <section className="tour" aria-label={S.tour.title}>
      <p aria-live="polite">{mind === "waking" ? S.waking : step.says}</p>
      <div className="line">
        <span className="small">{S.tour.of(at + 1, STEPS.length)}</span>
        {last ? (
          <>
            <button
              type="button"
              className="primary"
              onClick={() => {
                end();
                void studio.watchCamera();
              }}
            >
              {S.useCamera}
            </button>
            <button type="button" onClick={end}>
              {S.useGenerated}
            </button>
          </>
        ) : (
          <>
            <button type="button" className="primary" onClick={() => studio.store.set({ tour: at + 1 })}>
              {S.tour.next}
            </button>
            <button type="button" className="quiet" onClick={end}>
              {S.tour.skip}
            </button>
          </>
        )}
      </div>
    </section>
  );
}
