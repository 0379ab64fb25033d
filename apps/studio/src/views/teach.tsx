// Teach: show it, see what was seen of it, give it a name, and have it done back.

import { STRANGE_NAMES } from "@attune/actor";
import { Suspense, lazy, useEffect, useRef, useState } from "react";
import type { Cut, Portrait } from "../mind/protocol.ts";
import { STRANGE_FACES } from "../sources/strange-faces.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { getChart } from "./get-chart.ts";
import { LearnedFace, Moving } from "./portrait.tsx";
import { Why } from "./why.tsx";

const Chart = lazy(getChart);

export function Teach({ studio }: { studio: Studio }) {
  const teaching = useStore(studio.store, (state) => state.teaching),
    eyes = useStore(studio.store, (state) => state.eyes);
  const { teacher } = studio;
  const taught = useStore(studio.store, (state) => state.taught);
  const face = taught === "face";
  const [act, setAct] = useState(STRANGE_NAMES[0]);
  const [strange, setStrange] = useState(STRANGE_FACES[0]);
  const who = face ? strange : act;
  const generated = eyes.kind === "on" && eyes.source === "generated";
  const [finishing, setFinishing] = useState(false);
  const showIt = async (): Promise<void> => {
    if (generated) {
      // What they are in the middle of is done first.
      const { person } = studio;
      person.alone = person.face.alone = false;
      setFinishing(true);
      const busy = (now: number): boolean => (face ? person.face.doing(now) : person.doing(now) !== undefined);
      while (busy(performance.now() / 1000)) await new Promise((resolve) => setTimeout(resolve, 100));
      setFinishing(false);
    }
    await teacher.show();
  };
  // The generated person shows it when it is their turn.
  const watching = teaching.step === "watching";
  useEffect(() => {
    if (!watching || !generated) return;
    if (face) studio.person.face.ask(who);
    else studio.person.ask(who, { next: true, style: { side: "right" }, pause: 0.7 });
  }, [watching, generated, who, face, studio]);
  useEffect(() => {
    const over = ["idle", "learned", "learned a face"].includes(teaching.step);
    if (over) studio.person.alone = studio.person.face.alone = true;
  }, [teaching.step, studio]);
  const ready = eyes.kind === "on";
  const words = face ? S.feeling.faces : S.teach;
  return (
    <section className="teach" aria-label={S.teach.open}>
      {teaching.step === "idle" ? (
        <div className="line">
          <button
            type="button"
            className="primary"
            disabled={!ready || finishing}
            onClick={() => studio.told(showIt())}
          >
            {S.teach.open}
          </button>
          <What studio={studio} />
          {finishing ? (
            <span aria-live="polite">{S.teach.finishing}</span>
          ) : generated ? (
            <WhoShows who={who} setWho={face ? setStrange : setAct} names={face ? STRANGE_FACES : STRANGE_NAMES} />
          ) : null}
        </div>
      ) : null}
      {teaching.step === "countdown" ? (
        <div className="line" aria-live="assertive">
          <strong className="count">{S.teach.countdown(teaching.left)}</strong>{" "}
          {face ? S.feeling.faces.ready : S.teach.ready}
          <Cancel studio={studio} />
        </div>
      ) : null}
      {teaching.step === "watching" ? (
        <div className="line" aria-live="assertive">
          <strong>{teaching.moving ? words.moving : words.waiting}</strong>
          {teaching.moving ? (
            <button type="button" onClick={() => studio.told(teacher.stop())}>
              {S.teach.stopNow}
            </button>
          ) : null}
          <Cancel studio={studio} />
        </div>
      ) : null}
      {teaching.step === "review" ? (
        teaching.nothing && teaching.examples.length === 0 ? (
          <div className="line" aria-live="polite">
            {words.nothing}
            <button type="button" className="primary" onClick={() => studio.told(showIt())}>
              {S.again}
            </button>
            <Cancel studio={studio} />
          </div>
        ) : (
          <Review
            studio={studio}
            examples={teaching.examples}
            like={teaching.like}
            again={() => studio.told(showIt())}
            generated={generated ? who : undefined}
            nothing={teaching.nothing}
          />
        )
      ) : null}
      {teaching.step === "learning" ? <p aria-live="polite">{S.teach.learning(teaching.name)}</p> : null}
      {teaching.step === "learned a face" ? (
        <LearnedFace studio={studio} show={teaching.show} examples={teaching.examples} />
      ) : null}
      {teaching.step === "learned" ? (
        <Learned studio={studio} portrait={teaching.portrait} examples={teaching.examples} />
      ) : null}
    </section>
  );
}

/** A movement of the body, or an expression. */
function What({ studio }: { studio: Studio }) {
  const taught = useStore(studio.store, (state) => state.taught);
  return (
    <label>
      {S.feeling.faces.what}{" "}
      <select
        value={taught}
        onChange={(event) => studio.store.set({ taught: event.currentTarget.value === "face" ? "face" : "movement" })}
      >
        <option value="movement">{S.feeling.faces.movement}</option>
        <option value="face">{S.feeling.faces.face}</option>
      </select>
    </label>
  );
}

function WhoShows({ who, setWho, names }: { who: string; setWho: (name: string) => void; names: readonly string[] }) {
  return (
    <label>
      {S.teach.who} {S.generatedName}:{" "}
      <select value={who} onChange={(event) => setWho(event.currentTarget.value)}>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}

function Cancel({ studio }: { studio: Studio }) {
  return (
    <button type="button" className="quiet" onClick={() => studio.teacher.cancel()}>
      {S.teach.discard}
    </button>
  );
}

function Review({
  studio,
  examples,
  like,
  again,
  generated,
  nothing,
}: {
  studio: Studio;
  examples: readonly Cut[];
  like: string | undefined;
  again: () => void;
  generated: string | undefined;
  nothing: boolean;
}) {
  const [name, setName] = useState(generated ?? "");
  const [bothHands, setBothHands] = useState(false);
  // A person's movements are kept if they say so; those of somebody generated are nobody's.
  const [keep, setKeep] = useState(generated !== undefined);
  const face = useStore(studio.store, (state) => state.taught) === "face";
  const known = useStore(studio.store, (state) => (face ? state.faces : state.known));
  const alreadyKnown = known.some((act) => act.name === name.trim());
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const last = examples[examples.length - 1];
  return (
    <form
      className="review"
      onSubmit={(event) => {
        event.preventDefault();
        studio.told(studio.teacher.learn(name, bothHands, keep));
      }}
    >
      <p aria-live="polite">
        {nothing ? (face ? S.feeling.faces.nothing : S.teach.nothing) : ""} {S.teach.got(last.seconds, examples.length)}{" "}
        {like ? S.teach.like(like) : ""} {alreadyKnown ? S.teach.known(name.trim()) : ""}
      </p>
      <div className="line">
        <label>
          {S.teach.name}{" "}
          <input
            ref={field}
            value={name}
            required
            maxLength={60}
            pattern=".*\S.*"
            onChange={(event) => setName(event.currentTarget.value)}
          />
        </label>
        {face ? null : (
          <>
            <label className="check">
              <input
                type="checkbox"
                checked={bothHands}
                onChange={(event) => setBothHands(event.currentTarget.checked)}
              />
              {S.teach.bothHands}
            </label>
            <Why text={S.teach.bothHandsWhy}>{S.why}</Why>
          </>
        )}
        {generated === undefined ? (
          <label className="check">
            <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
            {face ? S.feeling.faces.keepExample : S.teach.keepExample}
          </label>
        ) : null}
        <button type="submit" className="primary" disabled={name.trim() === ""}>
          {S.teach.keep}
        </button>
        {like ? (
          <button type="button" onClick={() => studio.told(studio.teacher.learn(like, bothHands, keep))}>
            {S.teach.asWay(like)}
          </button>
        ) : null}
        <button type="button" onClick={again}>
          {S.teach.another}
        </button>
        <Cancel studio={studio} />
      </div>
    </form>
  );
}

function Learned({ studio, portrait, examples }: { studio: Studio; portrait: Portrait; examples: number }) {
  return (
    <div className="learned">
      <p aria-live="polite">{S.teach.learned(portrait.name, examples)}</p>
      <div className="portrait">
        <Moving portrait={portrait} />
        <Suspense fallback={<div className="chart" />}>
          <Chart portrait={portrait} />
        </Suspense>
      </div>
      <div className="line">
        <button type="button" onClick={() => studio.told(studio.perform(portrait.name))}>
          {S.teach.backAgain}
        </button>
        <button type="button" className="primary" onClick={() => studio.teacher.cancel()}>
          {S.teach.done}
        </button>
      </div>
    </div>
  );
}
