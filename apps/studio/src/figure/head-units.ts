// What the action units do to the head's points, as a table. Jaw and closing lids turn rather than shift: head-move.ts has them.

import { FACE_UNITS } from "@attune/core";
import { POINTS, POINT_NAMES, REST, SKULL } from "./head-shape.ts";

const unit = (name: string): number => FACE_UNITS.indexOf(name);
const sided = (name: string): readonly [left: number, right: number] => [unit(`${name}L`), unit(`${name}R`)];
/** Where the units are that leave marks on the face, or turn something. */
export const UNIT = {
  innerBrow: unit("AU01"),
  outerBrow: sided("AU02"),
  frown: sided("AU04"),
  cheek: sided("AU06"),
  tight: sided("AU07"),
  wrinkle: unit("AU09"),
  upperLip: sided("AU10"),
  smile: sided("AU12"),
  dimple: sided("AU14"),
  sad: sided("AU15"),
  chin: unit("AU17"),
  jawDrop: unit("AU26"),
  jawStretch: unit("AU27"),
  puff: unit("AU34"),
  closed: sided("AU43"),
} as const;

type Shift = readonly [dx: number, dy: number, dz: number];

/** What each unit does to points whose names begin so, on the person's left at full strength. */
const SHIFTS: Readonly<Record<string, Readonly<Record<string, Shift>>>> = {
  AU01: {
    brow0: [0.01, 0.17, 0.02],
    brow1: [0, 0.125, 0],
    brow2: [0, 0.06, 0],
    glabella: [0, 0.12, 0],
    forehead: [0, 0.06, 0],
    crease0: [0, 0.02, 0],
    crease1: [0, 0.03, 0],
  },
  AU02: {
    brow1: [0, 0.05, 0],
    brow2: [0, 0.11, -0.02],
    brow3: [0, 0.14, -0.04],
    brow4: [0, 0.115, -0.03],
    crease2: [0, 0.02, 0],
    crease3: [0, 0.045, 0],
    crease4: [0, 0.02, 0],
  },
  AU04: {
    brow0: [-0.15, -0.12, 0.01],
    brow1: [-0.125, -0.135, 0.01],
    brow2: [-0.105, -0.145, 0],
    brow3: [-0.08, -0.145, 0],
    brow4: [-0.045, -0.11, 0],
    glabella: [-0.02, -0.08, 0.02],
    crease: [0, -0.035, 0],
    upperLid: [0, -0.012, 0],
  },
  AU05: {
    upperLid1: [0, 0.05, 0],
    upperLid2: [0, 0.075, 0],
    upperLid3: [0, 0.06, 0],
    lash: [0, 0.03, 0],
    crease: [0, 0.02, 0],
  },
  AU06: {
    lowerLid1: [0, 0.03, 0],
    lowerLid2: [0, 0.05, 0],
    lowerLid3: [0, 0.045, 0],
    bag: [0, 0.06, 0.03],
    cheek: [0.01, 0.11, 0.06],
    brow4: [0, -0.03, 0],
    upperLid3: [0, -0.02, 0],
    fold0: [0.02, 0.03, 0.02],
    fold1: [0.03, 0.05, 0.03],
  },
  AU07: {
    upperLid1: [0, -0.025, 0],
    upperLid2: [0, -0.035, 0],
    upperLid3: [0, -0.03, 0],
    lowerLid1: [0, 0.04, 0],
    lowerLid2: [0, 0.055, 0],
    lowerLid3: [0, 0.045, 0],
    bag: [0, 0.025, 0],
  },
  AU09: {
    wing: [0.015, 0.095, -0.02],
    nostril: [0.01, 0.05, 0],
    tip: [0, 0.025, 0],
    noseFlank: [0, 0.03, 0],
    upperOuter0: [0, 0.05, 0],
    upperOuter1: [0, 0.05, 0],
    upperOuter2: [0, 0.06, 0],
    brow0: [-0.02, -0.06, 0],
    brow1: [0, -0.04, 0],
    lowerLid: [0, 0.03, 0],
    bag: [0, 0.045, 0.02],
    fold0: [0.02, 0.07, 0.02],
    fold1: [0.03, 0.05, 0],
  },
  AU10: {
    upperOuter0: [0, 0.06, 0.01],
    upperOuter1: [0.01, 0.11, 0],
    upperOuter2: [0, 0.11, 0.01],
    upperInner0: [0, 0.075, 0],
    upperInner1: [0, 0.11, 0],
    wingLow: [0.01, 0.03, 0],
    fold1: [0.02, 0.04, 0.02],
    fold0: [0.01, 0.03, 0],
    cheek: [0, 0.04, 0.02],
  },
  AU12: {
    corner: [0.155, 0.155, -0.06],
    upperOuter1: [0.085, 0.06, -0.03],
    upperOuter2: [0.015, -0.005, 0],
    upperInner1: [0.07, 0.03, -0.03],
    lowerInner1: [0.07, 0.025, -0.03],
    lowerOuter1: [0.085, 0.06, -0.03],
    lowerOuter2: [0.03, 0.01, 0],
    dimple: [0.12, 0.14, -0.08],
    cheek: [0.01, 0.06, 0.04],
    fold0: [0.015, 0.01, 0.01],
    fold1: [0.07, 0.03, 0.02],
    fold2: [0.125, 0.07, -0.04],
    fold3: [0.1, 0.08, -0.06],
    bag: [0, 0.02, 0],
    lowerLid2: [0, 0.012, 0],
    upperTeeth1: [0.05, 0.03, -0.03],
    lowerTeeth1: [0.04, 0.02, -0.02],
  },
  AU14: {
    corner: [0.055, 0.015, -0.05],
    upperInner1: [0.02, 0, 0],
    lowerInner1: [0.02, 0, 0],
    dimple: [0.05, 0.02, -0.02],
  },
  AU15: {
    corner: [0.025, -0.17, -0.03],
    upperOuter1: [0.01, -0.05, 0],
    lowerOuter1: [0.02, -0.06, 0],
    upperInner1: [0, -0.035, 0],
    lowerInner1: [0, -0.035, 0],
    fold2: [0.01, -0.05, 0],
    fold3: [0.03, -0.06, 0],
    dimple: [0.02, -0.15, 0],
  },
  AU16: {
    lowerInner0: [0, -0.11, 0],
    lowerInner1: [0.01, -0.1, 0],
    lowerOuter0: [0, -0.11, 0.01],
    lowerOuter1: [0.02, -0.1, 0],
    lowerOuter2: [0.01, -0.12, 0.01],
    underLip: [0, -0.08, 0],
  },
  AU17: {
    lowerInner0: [0, 0.06, 0.03],
    lowerInner1: [0, 0.045, 0.03],
    lowerOuter0: [0, 0.1, 0.05],
    lowerOuter1: [0, 0.06, 0.03],
    lowerOuter2: [0, 0.09, 0.05],
    upperInner0: [0, 0.05, 0.02],
    upperInner1: [0, 0.035, 0.02],
    upperOuter: [0, 0.035, 0.02],
    underLip: [0, 0.09, 0],
    chin: [0, 0.07, 0.02],
    corner: [0, -0.04, 0],
  },
  AU18: {
    corner: [-0.2, -0.005, 0.1],
    upperOuter0: [0, 0.03, 0.12],
    upperOuter1: [-0.105, 0.015, 0.12],
    upperOuter2: [-0.025, 0.03, 0.12],
    upperInner: [-0.09, 0.005, 0.1],
    lowerInner: [-0.09, -0.005, 0.1],
    lowerOuter0: [0, -0.03, 0.12],
    lowerOuter1: [-0.115, -0.025, 0.12],
    lowerOuter2: [-0.045, -0.03, 0.12],
    dimple: [-0.13, 0, 0.04],
    fold2: [-0.05, 0, 0.02],
    fold3: [-0.07, 0, 0.02],
    upperTeeth1: [-0.1, 0, 0],
    lowerTeeth1: [-0.1, 0, 0],
  },
  AU20: {
    corner: [0.15, -0.03, -0.11],
    upperOuter1: [0.08, -0.005, -0.04],
    upperInner1: [0.07, 0, -0.04],
    lowerInner1: [0.07, -0.005, -0.04],
    lowerOuter1: [0.09, 0, -0.04],
    lowerOuter2: [0.04, 0.01, 0],
    dimple: [0.12, -0.03, -0.08],
    fold2: [0.09, -0.02, -0.03],
    fold3: [0.09, -0.03, -0.04],
  },
  AU22: {
    corner: [-0.13, 0, 0.1],
    upperOuter0: [0, 0.075, 0.13],
    upperOuter1: [-0.06, 0.07, 0.12],
    upperOuter2: [-0.01, 0.08, 0.13],
    upperInner0: [0, 0.075, 0.1],
    upperInner1: [-0.05, 0.06, 0.1],
    lowerInner0: [0, -0.085, 0.1],
    lowerInner1: [-0.05, -0.07, 0.1],
    lowerOuter0: [0, -0.1, 0.13],
    lowerOuter1: [-0.07, -0.09, 0.12],
    lowerOuter2: [-0.02, -0.1, 0.13],
    dimple: [-0.08, 0, 0.04],
    upperTeeth1: [-0.06, 0, 0],
  },
  AU23: {
    upperOuter: [0, -0.04, -0.02],
    lowerOuter: [0, 0.05, -0.02],
    corner: [-0.03, 0, 0],
  },
  AU24: {
    upperOuter: [0, -0.045, -0.01],
    lowerOuter: [0, 0.055, -0.01],
    upperInner: [0, -0.02, 0],
    lowerInner: [0, 0.02, 0],
    underLip: [0, 0.02, 0],
  },
  AU25: {
    upperInner0: [0, 0.035, 0],
    upperInner1: [0, 0.03, 0],
    upperOuter0: [0, 0.015, 0],
    upperOuter1: [0, 0.012, 0],
    upperOuter2: [0, 0.015, 0],
    lowerInner0: [0, -0.075, 0],
    lowerInner1: [0, -0.06, 0],
    lowerOuter0: [0, -0.05, 0],
    lowerOuter1: [0, -0.04, 0],
    lowerOuter2: [0, -0.05, 0],
  },
  AU28: {
    upperOuter0: [0, -0.085, -0.06],
    upperOuter1: [0, -0.06, -0.04],
    upperOuter2: [0, -0.1, -0.06],
    lowerOuter0: [0, 0.115, -0.06],
    lowerOuter1: [0, 0.08, -0.04],
    lowerOuter2: [0, 0.11, -0.06],
  },
  AU34: {
    corner: [-0.03, 0, 0.02],
    cheek: [0.05, -0.02, 0.08],
    puff: [0.07, 0, 0.1],
    fold2: [0.05, 0, 0.05],
    fold3: [0.05, 0, 0.05],
  },
};

/** Every shift of every unit on every point, one row each. */
export interface Shifts {
  readonly unit: Int32Array;
  readonly point: Int32Array;
  /** [rows, 3] */
  readonly by: Float64Array;
}

export const FACE_SHIFTS: Shifts = gatherShifts();

function gatherShifts(): Shifts {
  const unit: number[] = [],
    at: number[] = [],
    by: number[] = [];
  const push = (u: number, p: number, x: number, y: number, z: number): void => {
    unit.push(u);
    at.push(p);
    by.push(x, y, z);
  };
  FACE_UNITS.forEach((name, u) => {
    const side = name.slice(4);
    for (const [start, [dx, dy, dz]] of Object.entries(SHIFTS[name.slice(0, 4)] ?? {}))
      for (let p = 0; p < SKULL; p++) {
        if (!POINT_NAMES[p].startsWith(start)) continue;
        const own = /[LR]$/.exec(POINT_NAMES[p])?.[0] ?? "";
        // A side's unit draws the midline half as far; both together all the way.
        if (own === "") push(u, p, 0, side === "" ? dy : dy / 2, side === "" ? dz : dz / 2);
        else if (side === "" || side === own) push(u, p, own === "L" ? dx : -dx, dy, dz);
      }
  });
  const puffed = FACE_UNITS.indexOf("AU34");
  for (let p = SKULL; p < POINTS; p++) {
    const [x, y, z] = [REST[3 * p], REST[3 * p + 1], REST[3 * p + 2]];
    const here =
      Math.exp(-(((y + 0.52) / 0.26) ** 2)) * Math.min(1, Math.max(0, (z + 0.1) / 0.5)) * Math.min(1, (x / 0.5) ** 2);
    if (here > 0.02) push(puffed, p, Math.sign(x) * 0.17 * here, 0, 0.03 * here);
  }
  return { unit: Int32Array.from(unit), point: Int32Array.from(at), by: Float64Array.from(by) };
}
