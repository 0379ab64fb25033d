// Half a minute in the life of a mind: it watches a stranger, recognises what it knows, meets an act it has never
// seen, learns it from that one sight, recognises it, and does it. Nothing is staged for the mind: it sees joint
// positions of another body, turned and built differently, and what it says is what it computed.

import {
  GENERATED,
  STARTER_NAMES,
  createPerson,
  playScript,
  strangeActs,
  teachStarter,
  type Line,
  type Person,
} from "@attune/actor";
import {
  MOVING,
  SEEN,
  act,
  attend,
  bout,
  createMind,
  eventLine,
  learn,
  moment,
  step,
  stir,
  type Frame,
  type Mind,
  type Moment,
  type Stir,
} from "@attune/core";

/** One thirtieth of a second of the story. */
export interface Beat {
  readonly moment: Moment;
  /** What Attune says, where it is not simply what it sees. */
  readonly speech?: string;
  /** What its own body looks like while it acts, in seen coordinates. */
  readonly done?: readonly number[];
  /** Told when it happens, in one line each. */
  readonly lines: readonly string[];
}

const RATE = 30;
/** What the stranger does that the mind does not know. */
export const NEW_ACT = "draw a circle";
/** What the stranger does first: all of it in the starter repertoire. */
const KNOWN: readonly Line[] = [
  { act: "wave", pause: 0.1 },
  { act: "cross the arms", pause: 0.7 },
  { act: "drink", pause: 0.7 },
  { pause: 1.1 },
];
const UNKNOWN: Line = { act: NEW_ACT, as: strangeActs[NEW_ACT], pause: 0.1, style: { side: "left" } };

/** The scene, beat by beat. The same seed tells the same story. */
export function* story(seed: number): Generator<Beat, void, undefined> {
  const mind = yield* growUp(seed);
  const stranger = createStranger(seed);
  let clock = 0;

  function* watch(script: readonly Line[], name: string, speech?: string): Generator<Beat, Frame[], undefined> {
    const frames = framesOf(stranger, script, name, clock);
    for (const frame of frames) {
      step(mind, frame);
      yield beat(mind, speech);
    }
    clock = frames[frames.length - 1].time + 1 / RATE;
    return frames;
  }

  attend(mind, stranger.header);
  yield* announce(
    watch([{ pause: 1.6 }], "arrives", `I know ${STARTER_NAMES.length} acts. Here comes somebody I have never seen.`),
    "Here comes a stranger: other bones, turned away by 25 degrees.",
  );
  yield* watch(KNOWN, "known");

  const met = yield* meet(watch);
  const before = mind.repertoire.acts.length;
  learn(mind, NEW_ACT, [{ header: stranger.header, frames: met }]);
  attend(mind, stranger.header);
  const length = met[met.length - 1].time - met[0].time;
  yield* announce(
    watch(
      [{ pause: 1.9 }],
      "waits",
      `I have seen it once, for ${length.toFixed(1)} s. I call it "${NEW_ACT}" and keep it: ${before + 1} acts now.`,
    ),
    `${clock.toFixed(1).padStart(6)} s  I learn it from this one example and call it "${NEW_ACT}"`,
  );
  yield* watch([UNKNOWN, { pause: 0.8 }], "again");
  yield* perform(mind, stranger, clock);
}

/** A movement that is strange for this long counts as new here, whatever came before, s. */
const STRANGE_FOR = 0.5;

/** The unknown act goes by; gives back the frames the mind takes it to be. */
function* meet(
  watch: (script: readonly Line[], name: string) => Generator<Beat, Frame[], undefined>,
): Generator<Beat, Frame[], undefined> {
  const track: Stir[] = [];
  let noticed: number | undefined;
  let before: readonly (number | null)[] | undefined;
  let strange = 0;
  const stream = watch([UNKNOWN, { pause: 0.9 }], "new");
  for (;;) {
    const next = stream.next();
    if (next.done) return cut(next.value, track, noticed);
    const { moment: now, lines } = next.value;
    const speed = before === undefined ? 0 : stir(before, now.seen, 1 / RATE);
    track.push({ time: now.time, speed });
    before = now.seen;
    strange = speed > MOVING && now.novelty.novel ? strange + 1 / RATE : 0;
    const event = now.events.find(({ kind }) => kind === "novel");
    let told = lines;
    if (noticed === undefined && (event !== undefined || strange >= STRANGE_FOR)) {
      noticed = event?.since ?? now.time - strange;
      if (event === undefined)
        told = [...lines, eventLine({ kind: "novel", time: now.time, since: noticed, probability: now.none })];
    }
    const speech = "This is new to me: nothing I know explains it. I watch closely.";
    yield noticed === undefined ? next.value : { ...next.value, lines: told, speech };
  }
}

/** The mind does the act itself while the stranger stands and looks. */
function* perform(mind: Mind, stranger: Person, clock: number): Generator<Beat, void, undefined> {
  const performance = act(mind, NEW_ACT, { rate: RATE });
  const count = performance.times.length;
  const rest = 1.4;
  const looks = framesOf(stranger, [{ pause: count / RATE + rest + 0.2 }], "looks on", clock);
  for (let t = 0; t < count + rest * RATE && t < looks.length; t++) {
    step(mind, looks[t]);
    const row = Math.min(t, count - 1);
    yield {
      ...beat(mind, t < count ? `Now I do it myself: ${NEW_ACT}.` : "What I saw and what I do are one act to me."),
      done: Array.from(performance.seen.subarray(row * SEEN, (row + 1) * SEEN)),
      lines:
        t === 0
          ? [
              `${clock.toFixed(1).padStart(6)} s  now I do it myself: ${NEW_ACT}, ${performance.times[count - 1].toFixed(1)} s`,
            ]
          : [],
    };
  }
}

/** An ordinary upbringing, and what every adult can do. */
function* growUp(seed: number): Generator<Beat, Mind, undefined> {
  const born = "I move my limbs and watch them, until I know what my body looks like.";
  yield { moment: NOTHING_YET, speech: born, lines: [born] };
  const mind = createMind({ rate: RATE, seed });
  yield told(mind, `I practise ${STARTER_NAMES.length} things every adult can do.`);
  teachStarter(mind, { examples: 2, seed: seed + 2, background: GENERATED });
  return mind;
}

const NOTHING_YET: Moment = {
  time: 0,
  acts: [],
  none: 1,
  novelty: { score: 0, novel: false },
  events: [],
  seen: [],
};

function told(mind: Mind, line: string): Beat {
  return { moment: moment(mind), speech: line, lines: [line] };
}

/** Another build, turned away, seen by a tracker that jitters. */
function createStranger(seed: number): Person {
  return createPerson({
    seed: seed + 4,
    skeleton: "kinect-20",
    yaw: (25 * Math.PI) / 180,
    trunk: 0.46,
    hand: "right",
    tempo: 1,
    amplitude: 1,
    camera: { jitter: 0.003 },
  });
}

/** The stranger goes through a script, from a time on. */
function framesOf(stranger: Person, script: readonly Line[], name: string, from: number): Frame[] {
  return Array.from(playScript(stranger, script, name).frames(), (frame) => ({ ...frame, time: from + frame.time }));
}

function beat(mind: Mind, speech: string | undefined): Beat {
  const now = moment(mind, ["next"]);
  const lines = now.events.filter(({ kind }) => kind === "recognised" || kind === "novel").map(eventLine);
  return speech === undefined ? { moment: now, lines } : { moment: now, speech, lines };
}

function* announce(beats: Generator<Beat, unknown, undefined>, line: string): Generator<Beat, void, undefined> {
  let first = true;
  for (const next of beats) {
    yield first ? { ...next, lines: [line, ...next.lines] } : next;
    first = false;
  }
}

function cut(frames: readonly Frame[], track: readonly Stir[], noticed: number | undefined): Frame[] {
  const { from, to } = bout(track, noticed);
  const kept = frames.filter(({ time }) => time >= from && time <= to);
  return kept.length >= 2 ? kept : [...frames];
}
