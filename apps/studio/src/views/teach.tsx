// Teach: show it, see what was seen of it, give it a name, and have it done back.

import { STRANGE_NAMES } from "@attune/actor";
import { LIMBS, MOTOR, SEEN, forward, forwardLimb } from "@attune/core";
import { Suspense, lazy, useEffect, useMemo, useRef, useState } from "react";
import { DARK, DEFAULT_LOOK, LIGHT, createFigure, drawFigure, drawLines, createIdle } from "../figure/index.ts";
import type { Cut, Portrait } from "../mind/protocol.ts";
import { useStore } from "../store.ts";
import { S } from "../strings.ts";
import type { Studio } from "../studio.ts";
import { Canvas, type Draw } from "./canvas.tsx";
import { getChart } from "./get-chart.ts";
import { Why } from "./why.tsx";

const Chart = lazy(getChart);

export function Teach({ studio }: { studio: Studio }) {
  const teaching = useStore(studio.store, (state) => state.teaching),
    eyes = useStore(studio.store, (state) => state.eyes);
  const { teacher } = studio;
  const [who, setWho] = useState(STRANGE_NAMES[0]);
  const generated = eyes.kind === "on" && eyes.source === "generated";
  const [finishing, setFinishing] = useState(false);
  const showIt = async (): Promise<void> => {
    if (generated) {
      // What they are in the middle of is done first.
      studio.person.alone = false;
      setFinishing(true);
      while (studio.person.doing(performance.now() / 1000) !== undefined)
        await new Promise((resolve) => setTimeout(resolve, 100));
      setFinishing(false);
    }
    await teacher.show();
  };
  // The generated person shows it when it is their turn.
  const watching = teaching.step === "watching";
  useEffect(() => {
    if (watching && generated) studio.person.ask(who, { next: true, style: { side: "right" }, pause: 0.7 });
  }, [watching, generated, who, studio]);
  useEffect(() => {
    if (teaching.step === "idle" || teaching.step === "learned") studio.person.alone = true;
  }, [teaching.step, studio]);
  const ready = eyes.kind === "on";
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
          {finishing ? (
            <span aria-live="polite">{S.teach.finishing}</span>
          ) : generated ? (
            <WhoShows who={who} setWho={setWho} />
          ) : null}
        </div>
      ) : null}
      {teaching.step === "countdown" ? (
        <div className="line" aria-live="assertive">
          <strong className="count">{S.teach.countdown(teaching.left)}</strong> {S.teach.ready}
          <Cancel studio={studio} />
        </div>
      ) : null}
      {teaching.step === "watching" ? (
        <div className="line" aria-live="assertive">
          <strong>{teaching.moving ? S.teach.moving : S.teach.waiting}</strong>
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
            {S.teach.nothing}
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
      {teaching.step === "learned" ? (
        <Learned studio={studio} portrait={teaching.portrait} examples={teaching.examples} />
      ) : null}
    </section>
  );
}

function WhoShows({ who, setWho }: { who: string; setWho: (name: string) => void }) {
  return (
    <label>
      {S.teach.who} {S.generatedName}:{" "}
      <select value={who} onChange={(event) => setWho(event.currentTarget.value)}>
        {STRANGE_NAMES.map((name) => (
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
  const known = useStore(studio.store, (state) => state.known);
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
        {nothing ? S.teach.nothing : ""} {S.teach.got(last.seconds, examples.length)} {like ? S.teach.like(like) : ""}{" "}
        {alreadyKnown ? S.teach.known(name.trim()) : ""}
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
        <label className="check">
          <input type="checkbox" checked={bothHands} onChange={(event) => setBothHands(event.currentTarget.checked)} />
          {S.teach.bothHands}
        </label>
        <Why text={S.teach.bothHandsWhy}>{S.why}</Why>
        {generated === undefined ? (
          <label className="check">
            <input type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
            {S.teach.keepExample}
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

const [ROOT] = LIMBS;

/** The act as learned, over and over: the mean as a body, others as likely as lines behind it. */
function Moving({ portrait }: { portrait: Portrait }) {
  const figures = useMemo(() => [LIGHT, DARK].map((palette) => createFigure({ ...DEFAULT_LOOK, palette })), []);
  const face = useMemo(() => createIdle().face, []);
  const scratch = useMemo(() => new Float64Array(SEEN), []);
  const { mean, others } = portrait;
  const rows = mean.own.length / MOTOR;
  const draw: Draw = (ctx, width, height, ink) => {
    ctx.clearRect(0, 0, width, height);
    const t = Math.floor((performance.now() / 1000) * mean.rate) % (rows + mean.rate / 2);
    const row = Math.min(rows - 1, Math.floor(t));
    const figure = figures[ink.dark ? 1 : 0];
    const view = { x: 0, y: 0, width, height, scale: "upper body" as const };
    drawFigure(ctx, figure, { own: mean.own.subarray(row * MOTOR, (row + 1) * MOTOR), face }, view);
    for (const own of others) {
      const at = Math.min(own.length / MOTOR - 1, row) * MOTOR;
      forward(own.subarray(at, at + MOTOR), scratch);
      // They stand where the mean stands: how it is done is compared, not where.
      forwardLimb(ROOT, mean.own.subarray(row * MOTOR, (row + 1) * MOTOR), scratch);
      drawLines(ctx, figure, scratch, view, { colour: ink.done, alpha: 0.4 });
    }
  };
  return (
    <figure className="moving">
      <Canvas draw={draw} label={S.teach.portrait} />
      <figcaption>{S.teach.portrait}</figcaption>
    </figure>
  );
}
