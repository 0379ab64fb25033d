// An act as it is about to be done: how large, how fast, by which path. The hands' paths are planned in the body frame,
// minimum jerk past the act's keys, with people's differences in them.

import { askFor, gaussian, restMotor, restSeen, seenAt, shouldersOf, wristAt, type Rng } from "@attune/core";
import type { Key, Place, StarterAct, Swing } from "./act.ts";
import { type Passage, along, minimumJerk, passage } from "./minimum-jerk.ts";
import type { Rounds } from "./swing.ts";

/** How somebody holds themselves, added to quiet standing. */
export interface Carriage {
  /** Forward lean of the trunk, and how far the shoulders are drawn forward, rad. */
  readonly lean: number;
  readonly shoulders: number;
  /** Where the hands hang, outward and forward, trunk lengths. */
  readonly hang: readonly [number, number];
}

/** How people differ, at variation 1. */
export const PEOPLE = {
  amplitude: 0.1,
  tempo: 0.13,
  timing: 0.06,
  place: 0.04,
  elbow: 0.15,
  angle: 0.09,
  leans: 0.08,
  shoulders: 0.1,
  lean: 0.07,
  hang: 0.035,
};
/** Detour of a long movement of the hand: outward and forward, mean and standard deviation, trunk lengths. */
const DETOUR = { out: [0.07, 0.13], forward: [0.07, 0.1] } as const;
/** Somebody's way of standing. */
export function drawCarriage(rng: Rng, variation = 1): Carriage {
  const off = (sd: number): number => variation * sd * gaussian(rng);
  return {
    lean: variation * PEOPLE.leans + off(PEOPLE.lean),
    shoulders: off(PEOPLE.shoulders),
    hang: [off(PEOPLE.hang), off(PEOPLE.hang)],
  };
}

/** What is drawn once and holds for the whole performance. */
export interface Manner {
  amplitude: number;
  tempo: number;
  variation: number;
  share: number | undefined;
  carriage: Carriage;
  rest: number;
  keys: Rng;
  path: Rng;
}

/** What an effector does in the course of an act. */
export interface Part {
  /** One after another, from stop to stop. */
  readonly passages: readonly Passage[];
  /** Added in the middle of each long passage. */
  readonly detour: Place;
}

export interface Stroke {
  readonly when: Rounds;
  readonly swing: Swing;
  readonly sign: number;
}

/** An act as it is going to be done: the leading hand is the right one. */
export interface Score {
  /** s */
  readonly lasts: number;
  /** Place and elbow, outward up forward each. */
  readonly hand: Part;
  readonly other: Part;
  readonly axes: readonly string[];
  readonly body: Part;
  readonly strokes: readonly Stroke[];
  readonly amplitude: number;
}

const NO_DETOUR: Place = [0, 0, 0];
const REST_HAND = restHand();

/** Outward, up, forward of the hanging right hand, and the way its elbow points. */
function restHand(): readonly number[] {
  const seen = restSeen(),
    at = new Float64Array(3),
    shoulders = new Float64Array(6);
  wristAt(1, seen, at);
  shouldersOf(restMotor(), seen, shoulders);
  const to = [0, 1, 2].map((c) => at[c] - shoulders[3 + c]),
    size = Math.hypot(...to);
  const upper = [0, 1, 2].map((c) => seen[seenAt("rUpperArm") + c]);
  const dot = upper.reduce((s, v, c) => s + (v * to[c]) / size, 0);
  const off = upper.map((v, c) => v - (dot * to[c]) / size),
    length = Math.hypot(...off);
  const ask = askFor(size) / size,
    [x, y, z] = to.map((v, c) => shoulders[3 + c] + ask * v);
  return [-x, y, z, -off[0] / length, off[1] / length, off[2] / length];
}

const ELBOW: Place = [0.35, -1, -0.3];

interface Stop {
  time: number;
  value: readonly number[];
  through: boolean;
}

/** Plans a performance: where hands and joints go, when. */
export function writeScore(act: StarterAct, wayName: string, manner: Manner): Score {
  const { amplitude, tempo, variation, keys: rng } = manner;
  const way = act.ways[wayName];
  const axes = [...new Set(["trunk.x", "protraction", ...way.keys.flatMap(({ body }) => Object.keys(body ?? {}))])];
  const spread = act.spread ?? PEOPLE.place;
  const off = (sd: number): number => variation * sd * gaussian(rng);
  const { lean, shoulders, hang } = manner.carriage;
  const hanging = [REST_HAND[0] + hang[0], REST_HAND[1], REST_HAND[2] + hang[1], ...REST_HAND.slice(3)];
  const standing = axes.map((axis) => (axis === "trunk.x" ? lean : axis === "protraction" ? shoulders : 0));
  const goingTo = (place: Place, elbow: Place): number[] => {
    // Far places are further for those who move large; near the body a place is a place.
    const reach = Math.hypot(place[0] - 0.36, place[1], place[2]);
    const larger = 1 + (amplitude - 1) * Math.min(1, Math.max(0, reach - 0.4));
    const size = Math.hypot(...elbow);
    return [
      0.36 + larger * (place[0] - 0.36) + off(spread),
      larger * place[1] + off(spread),
      larger * place[2] + off(spread),
      ...elbow.map((v) => v / size + off(PEOPLE.elbow)),
    ];
  };

  const lead: Stop[] = [{ time: 0, value: hanging, through: false }],
    other: Stop[] = [{ time: 0, value: hanging, through: false }],
    body: Stop[] = [{ time: 0, value: standing, through: false }];
  const strokes: Stroke[] = [];
  let now = Math.max(0, manner.rest);
  for (const stops of [lead, other, body]) stay(stops, now);
  let before: Key | undefined;
  for (const key of way.keys) {
    now += (key.after / tempo) * Math.exp(off(PEOPLE.timing));
    let lasts = ((key.hold ?? 0) / tempo) * Math.exp(off(4 * PEOPLE.timing));
    if (key.swing) {
      const [fewest, most] = key.swing.rounds;
      const drawn = rng();
      const rounds = fewest + (most - fewest) * (manner.share ?? (variation > 0 ? drawn : 0.5));
      const hz = key.swing.hz * tempo * Math.exp(off(PEOPLE.timing));
      lasts = rounds / hz;
      const early = (0.3 * key.after) / tempo,
        late = 0.3 / tempo;
      const from = now - early,
        to = now + lasts + late;
      const full = (rounds * (to - from)) / lasts;
      strokes.push({
        when: { from, to, rounds: full, ramp: Math.min(0.35 / tempo, 0.45 * (to - from)) },
        swing: key.swing,
        sign: key.swing.either && variation > 0 && rng() < 0.5 ? -1 : 1,
      });
    }
    const through = key.through ?? false;
    const hand = key.both === undefined ? key.hand : key.both,
      second = key.both === undefined ? key.other : key.both;
    arrive(
      lead,
      now,
      through,
      hand === undefined ? undefined : hand === null ? hanging : goingTo(hand, key.elbow ?? ELBOW),
    );
    arrive(
      other,
      now,
      through,
      second === undefined ? undefined : second === null ? hanging : goingTo(second, key.otherElbow ?? ELBOW),
    );
    const was = body[body.length - 1].value;
    arrive(
      body,
      now,
      through,
      key.body &&
        axes.map((axis, i) => {
          const angle = key.body?.[axis];
          return angle === undefined ? was[i] : standing[i] + angle * amplitude * (1 + off(PEOPLE.angle));
        }),
    );
    if (lasts > 0) {
      now += lasts;
      for (const stops of [lead, other, body]) stay(stops, now);
    }
    before = key;
  }
  if (before === undefined) throw new RangeError(`performStarter: the way "${wayName}" has no keys`);
  now += (way.back / tempo) * Math.exp(off(PEOPLE.timing));
  arrive(lead, now, false, hanging);
  arrive(other, now, false, hanging);
  arrive(body, now, false, standing);
  now += Math.max(0, manner.rest);
  for (const stops of [lead, other, body]) stay(stops, now);
  const detour = (): Place => [
    variation * (DETOUR.out[0] + DETOUR.out[1] * gaussian(manner.path)),
    0,
    variation * (DETOUR.forward[0] + DETOUR.forward[1] * gaussian(manner.path)),
  ];
  const first = detour(),
    second = detour();
  const together = way.keys.some(({ both }) => both !== undefined);
  return {
    lasts: now,
    hand: { passages: passagesOf(lead), detour: first },
    other: { passages: passagesOf(other), detour: together ? first : second },
    axes,
    body: { passages: passagesOf(body), detour: NO_DETOUR },
    strokes,
    amplitude,
  };
}

function stay(stops: Stop[], until: number): void {
  const last = stops[stops.length - 1];
  if (until > last.time) stops.push({ time: until, value: last.value, through: false });
}

/** A point on the way; one that is not named is a stop where it was, or not noticed in passing. */
function arrive(stops: Stop[], time: number, through: boolean, value: readonly number[] | undefined): void {
  if (value === undefined) {
    if (!through) stay(stops, time);
  } else stops.push({ time, value, through });
}

function passagesOf(stops: readonly Stop[]): Passage[] {
  const out: Passage[] = [];
  let from = 0;
  for (let k = 1; k < stops.length; k++) {
    if (stops[k].through) continue;
    const run = stops.slice(from, k + 1);
    out.push(
      passage(
        run.map(({ time }) => time),
        run.map(({ value }) => value),
      ),
    );
    from = k;
  }
  return out;
}

/** Where a part is at a time, with its detour. */
export function partAt({ passages, detour }: Part, time: number, out: number[]): void {
  let k = 0;
  while (k < passages.length - 1 && passages[k].times[passages[k].times.length - 1] <= time) k++;
  const now = passages[k];
  along(now, time, out);
  if (detour === NO_DETOUR) return;
  const [a, b] = [now.places[0], now.places[now.places.length - 1]];
  const distance = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  const [from, to] = [now.times[0], now.times[now.times.length - 1]];
  const s = minimumJerk((time - from) / (to - from));
  const bulge = Math.min(1, distance / 1.5) * 64 * (s * (1 - s)) ** 3;
  for (let c = 0; c < 3; c++) out[c] += bulge * detour[c];
}
