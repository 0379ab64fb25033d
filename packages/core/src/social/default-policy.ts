// The table Attune comes with.

import type { Policy } from "./policy.ts";
import { ACT_ROWS } from "./rows-acts.ts";
import { FACE_ROWS } from "./rows-face.ts";
import { TALK_ROWS } from "./rows-talk.ts";

/** affect.md 2.1 to 2.5 as data; sizes by design unless a row says otherwise. */
export const POLICY: Policy = {
  rows: [...FACE_ROWS, ...ACT_ROWS, ...TALK_ROWS],
  mirroring: { most: 8, per: 60, share: 0.8, falls: 0.9 },
  noSmile: 5,
  smileUnits: ["AU06", "AU12"],
};
