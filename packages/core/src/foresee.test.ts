import { expect, test } from "vitest";
import { foresee } from "./foresee.ts";
import { practise } from "./lessons.ts";
import { attend, createMind, step } from "./mind.ts";
import { createRng } from "./rng.ts";
import { PLAIN, performed, recorded } from "./testing.ts";

const rng = createRng(1, "foresee");
const mind = createMind();
for (const name of ["bow", "kick", "spread"]) practise(mind, name, [performed(name, PLAIN, rng)]);

/** Mean distance of all joints. */
function apart(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k += 3) sum += Math.hypot(a[k] - b[k], a[k + 1] - b[k + 1], a[k + 2] - b[k + 2]);
  return (3 * sum) / a.length;
}

test.each(["attune-20", "kinect-20"])(
  "a known act is foreseen on the other's own %s, turned and of other size",
  (skeleton) => {
    const { header, frames } = recorded(performed("spread", PLAIN, rng), skeleton, { trunk: 0.62, yaw: 0.7 });
    attend(mind, header);
    let model = 0,
      hold = 0;
    frames.forEach((frame, t) => {
      step(mind, frame);
      const body = frame.body ?? new Float32Array(0);
      // Nothing changes in no time.
      expect(apart(foresee(mind, frame, 0), body)).toBeLessThan(0.03);
      const later = frames[t + 9]?.body;
      if (t < 0.3 * frames.length || !later) return;
      model += apart(foresee(mind, frame, 0.3), later);
      hold += apart(body, later);
    });
    expect(model / hold).toBeLessThan(0.6);
  },
);

test("channels move by what their act does next, and stay where nothing is known", () => {
  const channels = ["a", "b"],
    header = { format: "attune-recording", version: 1, channels, rate: 30 } as const;
  const ramp = Array.from({ length: 60 }, (_, t) => ({ time: t / 30, channels: Float32Array.of(t / 10, 5) }));
  const naive = createMind({ body: { kind: "channels", names: channels } });
  attend(naive, header);
  for (const frame of ramp) step(naive, frame);
  expect([...foresee(naive, ramp[59], 0.3)]).toEqual([...ramp[59].channels]);
});

test("what cannot be foreseen is refused with what to do", () => {
  expect(() => foresee(createMind(), { time: 0 }, 0.1)).toThrow(/call attend/);
  const { header, frames } = recorded(performed("bow", PLAIN, rng), "attune-20");
  attend(mind, header);
  step(mind, frames[0]);
  expect(() => foresee(mind, { time: 1 }, 0.1)).toThrow(/no body/);
  expect(() => foresee(mind, frames[0], -1)).toThrow(/-1 s ahead, expected 0 or more/);
});
