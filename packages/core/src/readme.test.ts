// The README's library example, run: it is read from the file, so it cannot go stale.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as core from "./index.ts";

test("the README's example runs and recognises the other person's wave", async () => {
  const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
  const code = /<!-- example[^>]*-->\s*```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  if (code === undefined) throw new Error("the README has lost its example");
  const body = code.replace(/import \{([^}]*)\} from "@attune\/core";/, "const {$1} = core;");
  const said: unknown[] = [];
  const run = new Function(
    "core",
    "header",
    "frames",
    "otherHeader",
    "otherFrames",
    "console",
    body + "\nreturn mine;",
  );
  const { header, frames } = wave("attune-20", 1, 0);
  const other = wave("kinect-20", 1.2, 0.5);
  const mine = run(core, header, frames, other.header, other.frames, { log: (...a: unknown[]) => said.push(...a) });
  expect(said[0]).toBe("wave");
  expect(said[1]).toBeGreaterThan(0.5);
  expect(mine.times.at(-1)).toBeCloseTo(1.5, 5);
});

/** A raised right hand that swings twice, shown on a skeleton of some size, turned. */
function wave(skeleton: string, size: number, yaw: number): { header: core.RecordingHeader; frames: core.Frame[] } {
  const named = core.skeletonNamed(skeleton);
  const show = core.createShow(named, { trunk: 0.5 * size, yaw });
  const q = core.restMotor(),
    seen = new Float64Array(core.SEEN);
  const rest = core.restMotor(),
    up = core.restMotor();
  const at = (name: string): number => core.MOTOR_NAMES.indexOf(name);
  up[at("rShoulder.x")] = -1.2;
  up[at("rElbow")] = 1.2;
  const frames: core.Frame[] = [];
  for (let n = 0; n <= 60; n++) {
    const u = n / 60,
      raised = Math.min(1, 4 * u, 4 * (1 - u));
    for (let m = 0; m < core.MOTOR; m++) q[m] = rest[m] + raised * (up[m] - rest[m]);
    q[at("rElbow")] += 0.6 * raised * Math.sin(4 * Math.PI * u);
    core.forward(q, seen);
    const positions = new Float32Array(named.joints.length * 3);
    core.pose(show, seen, positions);
    frames.push({ time: n / 30, body: positions });
  }
  return { header: { format: "attune-recording", version: 1, skeleton, units: "m", up: "y", rate: 30 }, frames };
}
