// What Attune believes: a few acts with how likely, how far along and how fast; one sentence; and why.

import { FACE_UNITS, FACE_UNIT_WORDS, phaseWords, tempoWords } from "@attune/core";
import { useEffect, useState } from "react";
import type { Belief } from "../mind/protocol.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { Why } from "./why.tsx";

/** Times a second the words change: faster could not be read. */
const READABLE = 8;
const ROWS = 3;
/** An act below this is not worth a row, and one below that not its phase and tempo. */
const THINKABLE = 0.03,
  WORTH_A_PACE = 0.1;

/** The latest belief, as often as it can be read; as it was, while it is held. */
export function useBelief(studio: Studio, held = false): Belief | undefined {
  const [belief, setBelief] = useState<Belief | undefined>(undefined);
  useEffect(() => {
    if (held) return;
    const ticking = setInterval(() => setBelief(studio.live.belief), 1000 / READABLE);
    return () => clearInterval(ticking);
  }, [studio, held]);
  return belief;
}

export function BeliefView({ studio }: { studio: Studio }) {
  // Somebody reads why: what they read about stays.
  const [reading, setReading] = useState(false);
  const belief = useBelief(studio, reading);
  const eyes = useStore(studio.store, (state) => state.eyes);
  const watching = eyes.kind === "on" && belief !== undefined;
  const rows = watching ? belief.acts.filter(({ probability }) => probability >= THINKABLE).slice(0, ROWS) : [];
  return (
    <section className="belief" aria-labelledby="belief-title">
      <h2 id="belief-title">{S.belief.title}</h2>
      <ul>
        {rows.map((act) => (
          <li key={act.name}>
            <Why
              onOpen={setReading}
              text={S.belief.why(
                act.name,
                act.evidence,
                Math.round(100 * act.probability),
                act.phase,
                act.phaseSd,
                act.remaining,
              )}
            >
              <span className="name">{act.name}</span>
              <Bar share={act.probability} />
              <span className="percent">{Math.round(100 * act.probability)}</span>
              {act.probability >= WORTH_A_PACE ? (
                <span className="how">
                  <Dial phase={act.phase} sd={act.phaseSd} /> {phaseWords(act.phase)}, {tempoWords(act.tempo)}
                </span>
              ) : null}
            </Why>
          </li>
        ))}
        {watching ? (
          <li className="none">
            <Why text={S.belief.whyNone} onOpen={setReading}>
              <span className="name">{belief.novel ? S.belief.new : S.belief.none}</span>
              <Bar share={belief.none} open />
              <span className="percent">{Math.round(100 * belief.none)}</span>
            </Why>
          </li>
        ) : null}
      </ul>
      <p className="sentence">{eyes.kind === "on" ? (belief?.sentence ?? S.belief.nothing) : ""}</p>
      <Announced studio={studio} />
      {eyes.kind === "on" && eyes.source !== "generated" ? <FaceLine studio={studio} /> : null}
    </section>
  );
}

/** What happened, for who listens to the page: an act recognised or something new, and not every change of mind. */
function Announced({ studio }: { studio: Studio }) {
  const told = useStore(studio.store, (state) => state.told);
  return (
    <p className="quietly" aria-live="polite">
      {told}
    </p>
  );
}

/** What the face does, in words, and what it just did. */
function FaceLine({ studio }: { studio: Studio }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    let unseen = 0;
    const ticking = setInterval(() => {
      const face = studio.sight()?.frame.face,
        { sign } = studio.live;
      const fresh = sign !== undefined && performance.now() / 1000 - sign.at < SIGN_STAYS;
      unseen = face ? 0 : unseen + 1;
      if (unseen > LOST * READABLE) setSaid(S.noFace);
      else if (face) setSaid(`${S.belief.face(faceWords(face))}${fresh ? ` ${S.belief.sign[sign.what]}` : ""}`);
    }, 1000 / READABLE);
    return () => clearInterval(ticking);
  }, [studio]);
  return (
    <p className="face-line">
      <Why text={S.belief.faceWhy}>{said}</Why>
    </p>
  );
}

/** s a nod or a shake stays written, and without a face before it is said. */
const SIGN_STAYS = 2,
  LOST = 3;
/** A unit below this is not worth a word, and more words than this are not read. */
const SEEN_UNIT = 0.35,
  WORDS = 3;

/** What a face does, strongest first; both sides of a unit are one word. */
export function faceWords(face: ArrayLike<number>): string[] {
  const strength = new Map<string, number>();
  FACE_UNITS.forEach((name, u) => {
    const word = FACE_UNIT_WORDS[name.slice(0, 4)];
    if (word !== undefined && face[u] >= SEEN_UNIT) strength.set(word, Math.max(strength.get(word) ?? 0, face[u]));
  });
  return [...strength]
    .sort((a, b) => b[1] - a[1])
    .slice(0, WORDS)
    .map(([word]) => word);
}

/** Open bars are for what is not known. */
function Bar({ share, open = false }: { share: number; open?: boolean }) {
  return (
    <span className={open ? "bar open" : "bar"} aria-hidden="true">
      <span style={{ transform: `scaleX(${share.toFixed(3)})` }} />
    </span>
  );
}

/** How far along, and how sure of that: the sector's edge is as wide as the spread. */
function Dial({ phase, sd }: { phase: number; sd: number }) {
  const end = (share: number): string => {
    const angle = 2 * Math.PI * Math.min(0.999, Math.max(0, share)) - Math.PI / 2;
    return `${(8 + 7 * Math.cos(angle)).toFixed(2)} ${(8 + 7 * Math.sin(angle)).toFixed(2)}`;
  };
  const sector = (share: number): string => `M8 8 L8 1 A7 7 0 ${share > 0.5 ? 1 : 0} 1 ${end(share)} Z`;
  return (
    <svg className="dial" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <circle cx="8" cy="8" r="7" />
      <path className="unsure" d={sector(phase + sd)} />
      <path d={sector(Math.max(0, phase - sd))} />
    </svg>
  );
}
