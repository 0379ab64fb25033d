// What a face looks like: the likeliest expressions with how likely, or why nothing can be said. A person is asked first.

import { useEffect, useRef, useState } from "react";
import type { SourceKind } from "../../state.ts";
import type { Setting } from "../../mind/feeling-protocol.ts";
import { useStore } from "../../store.ts";
import { S } from "../../strings.ts";
import type { Studio } from "../../studio.ts";
import { faceWords } from "../belief.tsx";
import { Why } from "../why.tsx";
import { aboutThem, sentence } from "./about.ts";
import { useTold } from "./told.ts";

/** Rows, and the probability below which one is not worth reading. */
const ROWS = 4,
  THINKABLE = 0.04;
const words = S.feeling.looks;

export function LooksLike({ studio, source }: { studio: Studio; source: SourceKind }) {
  const reading = useStore(studio.store, (state) => state.reading);
  const generated = source === "generated";
  return (
    <section className="looks-like" aria-labelledby="looks-title">
      <h3 id="looks-title">{generated ? words.theirTitle : words.title}</h3>
      {generated || reading === "on" ? (
        <Read studio={studio} generated={generated} />
      ) : reading === "off" ? (
        <p>
          {words.off}{" "}
          <button type="button" className="quiet" onClick={() => studio.store.set({ reading: "unasked" })}>
            {words.ask}
          </button>
        </p>
      ) : (
        <AskToRead studio={studio} film={source === "file"} />
      )}
      {!generated && reading === "on" ? (
        <button type="button" className="quiet" onClick={() => studio.feeling.allow(false, words.stop)}>
          {words.stop}
        </button>
      ) : null}
    </section>
  );
}

function Read({ studio, generated }: { studio: Studio; generated: boolean }) {
  // Somebody reads why: what they read about stays.
  const [held, setHeld] = useState(false);
  const looks = useTold(studio, held)?.looks;
  if (!looks) return <p className="looks-words">{words.wait}</p>;
  const units = faceWords(studio.live.posture?.face ?? []);
  const rows = looks.cannotSee
    ? []
    : looks.expressions.filter(({ probability }, r) => r === 0 || probability >= THINKABLE).slice(0, ROWS);
  return (
    <>
      <p className="looks-words">{sentence(aboutThem(looks.words, generated))}</p>
      <ul>
        {rows.map(({ name, probability }) => (
          <li key={name}>
            <Why
              onOpen={setHeld}
              text={aboutThem(words.why(name, Math.round(100 * probability), looks.seen, units), generated)}
            >
              <span>{name === "neutral" ? words.neutral : name}</span>
              <span className="bar" aria-hidden="true">
                <span style={{ transform: `scaleX(${probability.toFixed(3)})` }} />
              </span>
              <span className="percent">{Math.round(100 * probability)}</span>
            </Why>
          </li>
        ))}
      </ul>
      {looks.cannotSee ? <p className="small">{words.cannotSee}</p> : null}
      {looks.startled ? <p className="small">{words.startled}</p> : null}
    </>
  );
}

/** Asked plainly, once a visit. Where it is prohibited it takes a reason and a second yes. */
function AskToRead({ studio, film }: { studio: Studio; film: boolean }) {
  const setting = useStore(studio.store, (state) => state.knobs.setting);
  const [medical, setMedical] = useState(false);
  const question = useRef<HTMLHeadingElement>(null);
  useEffect(() => setMedical(false), [setting]);
  const asks = S.feeling.consent;
  const law = setting === "private" ? undefined : asks.law[setting];
  const shown = [
    asks.text,
    film ? asks.film : "",
    asks.settings[setting],
    law ?? "",
    law && medical ? asks.medical : "",
  ].filter((each) => each !== "");
  return (
    <div className="ask-to-read" role="group" aria-labelledby="ask-to-read">
      <h4 id="ask-to-read" ref={question} tabIndex={-1}>
        {asks.title}
      </h4>
      <p>
        {asks.text} {film ? asks.film : ""}
      </p>
      <fieldset>
        <legend>{asks.where}</legend>
        {(Object.keys(asks.settings) as Setting[]).map((each) => (
          <label key={each} className="check">
            <input
              type="radio"
              name="where"
              checked={setting === each}
              onChange={() => studio.feeling.turn({ setting: each })}
            />
            {asks.settings[each]}
          </label>
        ))}
      </fieldset>
      {law ? (
        <>
          <p>
            <strong>{law}</strong>
          </p>
          <label className="check">
            <input type="checkbox" checked={medical} onChange={(event) => setMedical(event.currentTarget.checked)} />
            {asks.medical}
          </label>
        </>
      ) : null}
      <div className="line">
        <button
          type="button"
          className={law ? "" : "primary"}
          disabled={law !== undefined && !medical}
          onClick={() => studio.feeling.allow(true, shown.join(" "))}
        >
          {law ? asks.yesAllTheSame : asks.yes}
        </button>
        <button type="button" onClick={() => studio.feeling.allow(false, shown.join(" "))}>
          {asks.no}
        </button>
      </div>
    </div>
  );
}
