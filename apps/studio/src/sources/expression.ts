// What the generated person's face does while they act: now and then an expression, and blinks; asked, they do one at once.
// The same seed makes the same faces.

import { EXPRESSION_NAMES, FACE_UNITS, VISAGE, createRng, performExpression, type Demonstration } from "@attune/core";
import { faceNamed } from "./strange-faces.ts";

export interface GeneratedFace {
  /** The face and the turn of the head with it at a time, s, that goes on from call to call; one array, [VISAGE]. */
  at(time: number): Float64Array;
  /** Does an expression as soon as the one under way is over, long enough to be answered. */
  ask(name: string): void;
  /** Whether an expression is under way. */
  doing(time: number): boolean;
  /** Whether expressions come by themselves when nothing is asked. */
  alone: boolean;
}

/** s from one expression, or one blink, to the next: least, and how much more. */
const PAUSE = [2, 4],
  BLINK = [2.5, 3];
const BLINK_LASTS = 0.22;
/** s at least for which what was asked for is held. */
const HELD = 2.5;
/** Samples a second. */
const RATE = 30;
const EYES = FACE_UNITS.flatMap((name, u) => (name.startsWith("AU43") ? [u] : []));

export function createExpression(seed: number): GeneratedFace {
  const faces = createRng(seed, "studio/expressions"),
    blinks = createRng(seed, "studio/blinks");
  const out = new Float64Array(VISAGE);
  const wishes: string[] = [];
  let doing: Demonstration | undefined,
    begins = 1.2,
    blink = 1.5,
    last = -Infinity;
  const over = (time: number): boolean => !doing || time > begins + doing.times[doing.times.length - 1];
  const self: GeneratedFace = {
    alone: true,
    at(time) {
      last = time;
      if (over(time)) {
        const wish = wishes.shift();
        if (wish !== undefined) begins = time;
        else if (doing) begins = time + PAUSE[0] + PAUSE[1] * faces();
        const name = wish ?? (self.alone ? EXPRESSION_NAMES[Math.floor(faces() * EXPRESSION_NAMES.length)] : undefined);
        const strength = 0.6 + 0.4 * faces();
        doing = name === undefined ? undefined : perform(name, wish === undefined ? strength : undefined);
      }
      out.fill(0);
      if (doing) {
        const at = (time - begins) * RATE;
        if (at > 0 && at < doing.times.length - 1) {
          const row = Math.floor(at),
            share = at - row;
          for (let d = 0; d < VISAGE; d++) {
            const from = doing.values[row * VISAGE + d];
            out[d] = from + share * (doing.values[(row + 1) * VISAGE + d] - from);
          }
        }
      }
      if (time > blink + BLINK_LASTS) blink = time + BLINK[0] + BLINK[1] * blinks();
      const closed = Math.sin(Math.PI * Math.min(1, Math.max(0, (time - blink) / BLINK_LASTS)));
      for (const u of EYES) out[u] = Math.max(out[u], closed);
      return out;
    },
    ask(name) {
      wishes.push(faceNamed(name).name);
      // One that has not begun yet gives way.
      if (begins > last) doing = undefined;
    },
    doing: (time) => time >= begins && !over(time),
  };
  return self;
}

/** @param strength left out for what was asked for */
function perform(name: string, strength?: number): Demonstration {
  const expression = faceNamed(name);
  return strength === undefined
    ? performExpression(expression, { rate: RATE, strength: 0.95, apex: Math.max(HELD, expression.apex) })
    : performExpression(expression, { rate: RATE, strength });
}
