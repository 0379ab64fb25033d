// The space expressions live in: the face's action units, and how head and eyes are turned with them. It is the motor space
// and the seen space at once: what moves a face is named by what it looks like (FACS).

import type { Expression } from "../affect/expressions.ts";
import { FACE, FACE_UNITS } from "./face.ts";
import { MOTOR_NAMES } from "./layout.ts";

/** Head pitch (up), yaw (to the own left), roll (towards the own right shoulder); gaze in the head: pitch, yaw. rad */
export const TURNS = ["head.pitch", "head.yaw", "head.roll", "gaze.pitch", "gaze.yaw"] as const;

/** Action units 0..1, then TURNS. */
export const VISAGE_NAMES: readonly string[] = [...FACE_UNITS, ...TURNS];
export const VISAGE = VISAGE_NAMES.length;
/** Where TURNS begin in a visage. */
export const HEAD_AT = FACE;
const HEAD_X = MOTOR_NAMES.indexOf("head.x");

/**
 * An expression at its apex, [VISAGE]: what it does not name is at rest.
 *
 * @throws RangeError for a unit that the face does not have
 */
export function visageOf({
  name,
  units,
  head = {},
  gaze = {},
}: Pick<Expression, "name" | "units" | "head" | "gaze">): Float64Array {
  const out = new Float64Array(VISAGE);
  for (const [unit, value] of Object.entries(units)) {
    let found = false;
    FACE_UNITS.forEach((known, u) => {
      if (known !== unit && known.slice(0, 4) !== unit) return;
      out[u] = value;
      found = true;
    });
    if (!found) throw new RangeError(`the expression "${name}" has a unit ${unit}, which faces here do not have`);
  }
  for (const [axis, value] of Object.entries(head)) out[VISAGE_NAMES.indexOf(`head.${axis}`)] = value;
  for (const [axis, value] of Object.entries(gaze)) out[VISAGE_NAMES.indexOf(`gaze.${axis}`)] = value;
  return out;
}

/** Turns the own head as the visage has it, on top of how it is held: MOTOR_NAMES' head.x bows, y turns left, z tilts right. */
export function turnHead(own: Float64Array, visage: ArrayLike<number>): void {
  own[HEAD_X] -= visage[HEAD_AT];
  own[HEAD_X + 1] += visage[HEAD_AT + 1];
  own[HEAD_X + 2] += visage[HEAD_AT + 2];
}
