// Something happens to whoever is watched, so that what their fortune does can be tried though their face shows nothing.

import { HAPPENINGS } from "../../mind/feeling-protocol.ts";
import { S } from "../../strings.ts";
import type { Studio } from "../../studio.ts";
import { Ask, FACE } from "../controls.tsx";
import { Why } from "../why.tsx";
import { useGenerated } from "./told.ts";

export function Happen({ studio }: { studio: Studio }) {
  const generated = useGenerated(studio);
  const words = S.feeling.happen;
  return (
    <section className="happen" aria-labelledby="happen-title">
      <h3 id="happen-title">
        <Why text={words.why}>{generated ? words.theirTitle : words.title}</Why>
      </h3>
      {generated ? <Ask studio={studio} first={`${FACE}joy`} label={words.ask} /> : null}
      <div className="line">
        {HAPPENINGS.map((what) => (
          <button key={what} type="button" onClick={() => studio.feeling.happen(what)}>
            {words.what[what]}
          </button>
        ))}
      </div>
    </section>
  );
}
