// Feeling, on a page: where Attune is and where the other seems to be, what their face looks like, what it does about that and
// would do otherwise, and the knobs of who it is.

import { useStore } from "../../store.ts";
import { S } from "../../strings.ts";
import type { Studio } from "../../studio.ts";
import { Happen } from "./happen.tsx";
import { Knobs } from "./knobs.tsx";
import { LooksLike } from "./looks-like.tsx";
import { OtherwiseView } from "./otherwise.tsx";
import { Plane } from "./plane.tsx";
import { ResponseView } from "./response.tsx";
import { Ribbon } from "./ribbon.tsx";

export function FeelingView({ studio }: { studio: Studio }) {
  const open = useStore(studio.store, (state) => state.feelingOpen);
  const heart = useStore(studio.store, (state) => state.heart);
  const mind = useStore(studio.store, (state) => state.mind);
  return (
    <section className="feeling" aria-labelledby="feeling-title">
      <details open={open} onToggle={(event) => studio.feeling.open(event.currentTarget.open)}>
        <summary>
          <h2 id="feeling-title">{S.feeling.title}</h2> <span className="small">{S.feeling.summary}</span>
        </summary>
        {!open || mind !== "awake" ? null : heart.kind === "awake" ? (
          <Awake studio={studio} />
        ) : heart.kind === "broken" ? (
          <p role="alert">
            {S.feeling.broken(heart.reason)}{" "}
            <button type="button" onClick={() => void studio.feeling.wake()}>
              {S.again}
            </button>
          </p>
        ) : (
          <p aria-live="polite">{S.feeling.waking}</p>
        )}
      </details>
    </section>
  );
}

function Awake({ studio }: { studio: Studio }) {
  const eyes = useStore(studio.store, (state) => state.eyes);
  return (
    <div className="felt">
      <div className="felt-seen">
        <Plane studio={studio} />
        <Ribbon studio={studio} />
      </div>
      <div className="felt-done">
        {eyes.kind === "on" ? (
          <>
            <LooksLike studio={studio} source={eyes.source} />
            <ResponseView studio={studio} />
          </>
        ) : (
          <p>{eyes.kind === "paused" ? S.feeling.paused : S.feeling.nobody}</p>
        )}
        <OtherwiseView studio={studio} />
      </div>
      <div className="felt-set">
        {eyes.kind === "on" ? <Happen studio={studio} /> : null}
        <Knobs studio={studio} />
      </div>
    </div>
  );
}
