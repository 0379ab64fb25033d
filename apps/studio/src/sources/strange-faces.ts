// Faces that nobody brings along, for whoever wants to see how one is learned.

import { expressionNamed, type Expression } from "@attune/core";

const usual = { onset: 0.5, apex: 1.2, offset: 0.6, valence: 0, arousal: 0, signal: "other" } as const;

const STRANGE: readonly Expression[] = [
  { ...usual, name: "puff the cheeks", units: { AU34: 0.95, AU17: 0.25, AU24: 0.3 } },
  { ...usual, name: "pout", units: { AU18: 0.8, AU17: 0.5, AU22: 0.4 }, head: { pitch: -0.08 } },
  { ...usual, name: "one brow up", units: { AU02L: 0.95, AU04R: 0.5 }, head: { roll: 0.08 } },
];

export const STRANGE_FACES: readonly string[] = STRANGE.map(({ name }) => name);

/** @throws RangeError for a name that is neither an expression's nor a strange face's */
export function faceNamed(name: string): Expression {
  return STRANGE.find((face) => face.name === name) ?? expressionNamed(name);
}
