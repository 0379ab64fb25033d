// What synthetic bodies cannot show: that real recordings come out the right way round and within the own body's
// reach. Reads the data folder named by ATTUNE_DATA; skipped, by name, where there is none.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MOTOR, SEEN, restMotor, seenAt } from "./layout.ts";
import { forwardLimb } from "./own.ts";
import { createPostureScratch, solvePosture } from "./posture.ts";
import { createSight, see } from "./sight.ts";

const folder = join(process.env.ATTUNE_DATA ?? "", "recognition");
const missing = process.env.ATTUNE_DATA === undefined || !existsSync(join(folder, "msr_action3d.json"));

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1];

interface Item {
  readonly o: number;
  readonly T: number;
  readonly y: number;
}

test.skipIf(missing)(
  "MSR Action3D (set ATTUNE_DATA): kicks go forward or aside, waves go up, and all can be re-enacted",
  () => {
    const { items, classes } = JSON.parse(readFileSync(join(folder, "msr_action3d.json"), "utf8")) as {
      items: Item[];
      classes: string[];
    };
    const bytes = readFileSync(join(folder, "msr_action3d.bin"));
    const floats = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    const seen = new Float64Array(SEEN);
    const quality = new Float64Array(SEEN);
    const scratch = createPostureScratch();
    const residuals: number[] = [];
    const peaks: Record<string, number[]> = {};
    const watched: Readonly<Record<string, readonly [bone: "rThigh" | "rUpperArm", axis: number, sign: number]>> = {
      "forward kick": ["rThigh", 2, 1],
      "side kick": ["rThigh", 0, -1],
      "high arm wave": ["rUpperArm", 1, 1],
    };
    for (const { o, T, y } of items) {
      const part = watched[classes[y]];
      if (part === undefined) continue;
      const sight = createSight("kinect-20", { up: "y" });
      const q = restMotor();
      let peak = -1;
      for (let t = 0; t < T; t++) {
        const body = floats.subarray(o + 60 * t, o + 60 * (t + 1));
        expect(see(sight, { time: t / 15, body }, seen, quality)).toBe(true);
        peak = Math.max(peak, part[2] * seen[seenAt(part[0]) + part[1]]);
        residuals.push(solvePosture(forwardLimb, seen, q, scratch));
      }
      expect(q.length === MOTOR && q.every(Number.isFinite)).toBe(true);
      (peaks[classes[y]] ??= []).push(peak);
    }
    for (const act of Object.keys(watched))
      expect({ act, high: median(peaks[act]) > 0.5 }).toEqual({ act, high: true });
    expect(median(residuals)).toBeLessThan(0.1);
  },
);
