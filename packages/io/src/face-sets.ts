// Names of what the numbers in `face` say, by face set: core's, since its face eye reads them.

import { FACE_SET_NAMES, faceSetNamed } from "@attune/core";

/** Units of the face sets that `faceSet` in a header may name. */
export const FACE_SETS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  FACE_SET_NAMES.map((name) => [name, faceSetNamed(name).names]),
);
