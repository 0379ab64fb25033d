import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Frame, UpAxis } from "../frame.ts";
import { UP_AXES } from "./axes.ts";
import { MOTOR, SEEN, seenAt } from "./layout.ts";
import { forward, mirrorSeen, restSeen } from "./own.ts";
import { createShow, type ShowOptions } from "./show.ts";
import { createSight, see, type SightOptions } from "./sight.ts";
import { frameOf, unrest, wander } from "./testing.ts";

const RUNS = { seed: 1, numRuns: 40 };

/** A posture with level shoulders, so that every skeleton shows the same facing and the same clavicles. */
function posture(seed: number, time: number): Float64Array {
  const q = new Float64Array(MOTOR);
  const seen = new Float64Array(SEEN);
  wander(seed, time, 0.6, q);
  q.fill(0, 0, 9);
  q[3] = 0.2 * Math.sin(time);
  forward(q, seen);
  seen.set([1, 0, 0, -1, 0, 0], seenAt("lClavicle"));
  return seen;
}

function watch(frames: readonly Frame[], skeleton: string, options: SightOptions = {}): Float64Array[] {
  const sight = createSight(skeleton, options);
  const quality = new Float64Array(SEEN);
  return frames.map((frame) => {
    const out = new Float64Array(SEEN);
    see(sight, frame, out, quality);
    return out;
  });
}

const times = Array.from({ length: 40 }, (_, t) => t / 30);
const show = (skeleton: string, seed: number, options: ShowOptions): Frame[] => {
  const shown = createShow(skeleton, options);
  return times.map((time) => frameOf(shown, posture(seed, time), time));
};
const moved = (frames: Frame[], by: readonly number[]): Frame[] =>
  frames.map(({ time, body }) => ({ time, body: body!.map((x, k) => x + by[k % 3]) }));
/** The largest difference over the entries that both see. */
const gap = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, x, k) => (Number.isNaN(x) || Number.isNaN(b[k]) ? most : Math.max(most, Math.abs(x - b[k]))), 0);

test("what is seen does not depend on skeleton, proportions, size, place, facing or up axis", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }),
      fc.constantFrom("attune-20", "kinect-20", "mediapipe-33", "ntu-25", "cmu-31"),
      fc.constantFrom(...UP_AXES),
      fc.double({ min: -3.1, max: 3.1, noNaN: true }),
      fc.double({ min: 0.1, max: 500, noNaN: true }),
      fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }),
      fc.double({ min: 0.6, max: 1.5, noNaN: true }),
      (seed, skeleton, up, yaw, trunk, place, build) => {
        const lengths = { lForearm: 0.5 * build, rThigh: 0.8 / build, hips: 0.2 * build };
        const frames = moved(
          show(skeleton, seed, { up, yaw, trunk, lengths }),
          place.map((x) => x * trunk),
        );
        const missing = skeleton === "mediapipe-33" || skeleton === "attune-20" ? 0 : 3; // no nose, no face
        watch(frames, skeleton, { up }).forEach((seen, t) => {
          const truth = posture(seed, times[t]);
          expect(gap(seen, truth)).toBeLessThan(2e-4);
          expect(seen.filter((x) => Number.isNaN(x)).length).toBe(missing);
        });
      },
    ),
    RUNS,
  );
});

test("up is guessed from the first good frame, and the guess is noted", () => {
  for (const up of UP_AXES) {
    const sight = createSight("kinect-20");
    const shown = createShow("kinect-20", { up, yaw: 1 });
    const out = new Float64Array(SEEN);
    see(sight, frameOf(shown, posture(1, 0), 0), out, new Float64Array(SEEN));
    expect(sight.frame.up).toBe(up);
    expect(sight.notes.join()).toContain(`"${up}"`);
    expect(gap(out, posture(1, 0))).toBeLessThan(1e-5);
  }
});

test("a mirrored sight sees the mirror image", () => {
  const frames = show("attune-20", 5, { yaw: 0.3 });
  const plain = watch(frames, "attune-20", { up: "y" });
  watch(frames, "attune-20", { up: "y", mirror: true }).forEach((seen, t) => {
    mirrorSeen(seen, seen);
    expect(gap(seen, plain[t])).toBeLessThan(1e-9);
  });
});

test("confidence of a bone is the lower of its ends; a joint below the minimum is not seen", () => {
  const sight = createSight("kinect-20", { up: "y", minConfidence: 0.1 });
  const frame = show("kinect-20", 1, {})[0];
  const bodyConfidence = new Float32Array(20).fill(1);
  bodyConfidence[sight.skeleton.joints.indexOf("l-elbow")] = 0.5;
  bodyConfidence[sight.skeleton.joints.indexOf("r-foot")] = 0.05;
  const out = new Float64Array(SEEN);
  const quality = new Float64Array(SEEN);
  expect(see(sight, { ...frame, bodyConfidence }, out, quality)).toBe(true);
  for (const bone of ["lUpperArm", "lForearm"] as const) expect(quality[seenAt(bone) + 1]).toBe(0.5);
  expect(quality[seenAt("rUpperArm")]).toBe(1);
  expect(out[seenAt("rFoot")]).toBeNaN();
  expect(quality[seenAt("rFoot")]).toBe(0);
});

test("walking away leaves the bones as they were, and the root on its leash", () => {
  const shown = createShow("kinect-20");
  const frames = Array.from({ length: 300 }, (_, t) => {
    const { time, body } = frameOf(shown, restSeen(), t / 30);
    return { time, body: body!.map((x, k) => x + (k % 3 === 2 ? 1.4 * (t / 30) : 0)) };
  });
  const seen = watch(frames, "kinect-20", { up: "y" });
  const rest = restSeen();
  for (const one of seen) {
    expect(gap(one.slice(3), rest.slice(3))).toBeLessThan(1e-4);
    expect(one[2]).toBeGreaterThanOrEqual(0);
    expect(one[2]).toBeLessThanOrEqual(3 + 1e-9);
  }
  // In between, the origin's lag behind a steady walk is v tau (1 - exp(-t / tau)).
  const at = 20;
  expect(seen[at][2]).toBeCloseTo((1.4 / 0.5) * 3 * (1 - Math.exp(-at / 30 / 3)), 0);
});

test("a slow turn is followed; a real turn is caught up with; a brief twist is not", () => {
  const rest = restSeen();
  const turning = (yawAt: (time: number) => number, seconds: number): Float64Array[] =>
    watch(
      Array.from({ length: 30 * seconds }, (_, t) =>
        frameOf(createShow("kinect-20", { yaw: yawAt(t / 30) }), rest, t / 30),
      ),
      "kinect-20",
      { up: "y" },
    );
  const clavicle = seenAt("lClavicle");
  const facing = (seen: Float64Array): number => Math.atan2(-seen[clavicle + 2], seen[clavicle]);
  // A ramp of rate w is followed w tau behind.
  const slow = turning((time) => 0.05 * time, 40);
  expect(facing(slow[1199])).toBeCloseTo(0.05 * 4, 1);
  const turned = turning((time) => (time > 2 ? 2.5 : 0), 6);
  expect(facing(turned[80])).toBeGreaterThan(2.2);
  expect(Math.abs(facing(turned[179]))).toBeLessThan(0.25);
  const twist = turning((time) => (time > 2 && time < 2.7 ? 1.5 : 0), 4);
  expect(facing(twist[70])).toBeGreaterThan(1.3);
  expect(Math.abs(facing(twist[90]))).toBeLessThan(0.12);
});

test("one wild frame, whenever it comes after the first, hardly moves the frame of reference", () => {
  for (const when of [1, 2, 3, 30]) {
    const frames = show("kinect-20", 2, {});
    const truth = watch(frames, "kinect-20", { up: "y" });
    const wild = frames.map(({ time, body }, t) => ({
      time,
      body: t === when ? body!.map((_, k) => 1000 * (unrest(when, k) - 0.5)) : body!,
    }));
    watch(wild, "kinect-20", { up: "y" }).forEach((seen, t) => {
      if (t === when) expect(seen.slice(0, 3).every(Number.isNaN)).toBe(true); // nobody flies there
      else expect(gap(seen, truth[t])).toBeLessThan(0.05);
    });
  }
});

test("who vanishes and appears elsewhere has not flown: displacement goes on from where it was", () => {
  const frames = show("kinect-20", 3, {});
  const jumped = frames.map(({ time, body }, t) => ({ time, body: t < 15 ? body! : body!.map((x) => x + 9) }));
  const seen = watch(jumped, "kinect-20", { up: "y" });
  expect(seen[16][0]).toBeNaN();
  expect(gap(seen[39], watch(frames, "kinect-20", { up: "y" })[39])).toBeLessThan(0.05);
});

test("gaps, extremes and nonsense give NaN for what is missing and nothing else", () => {
  const nothing = [NaN, Infinity, -Infinity, 1e38, -1e38, 0];
  const frames = show("mediapipe-33", 4, {});
  const sight = createSight("mediapipe-33", { up: "y" });
  const out = new Float64Array(SEEN);
  const quality = new Float64Array(SEEN);
  frames.forEach(({ time, body }, t) => {
    const torn = body!.map((x, k) => (unrest(t, k) < 0.3 ? nothing[(t + k) % nothing.length] : x));
    see(sight, { time: t % 5 === 0 ? NaN : time, body: torn }, out, quality);
    out.forEach((x, k) => {
      expect(Number.isFinite(x) || Number.isNaN(x)).toBe(true);
      expect(quality[k] > 0).toBe(!Number.isNaN(x));
    });
  });
  const after = frameOf(createShow("mediapipe-33"), restSeen(), 3);
  expect(see(sight, after, out, quality)).toBe(true);
  expect(out.every(Number.isFinite)).toBe(true);
});

test("sees nothing until trunk and facing have been shown", () => {
  const sight = createSight("kinect-20", { up: "y" });
  const out = new Float64Array(SEEN);
  const quality = new Float64Array(SEEN);
  const [first] = show("kinect-20", 1, {});
  const headless = first.body!.slice();
  headless.fill(NaN, 3 * sight.skeleton.joints.indexOf("neck"), 3 * sight.skeleton.joints.indexOf("neck") + 3);
  for (const frame of [{ time: 0 }, { time: 0.1, body: headless }, { time: 0.2, body: headless.fill(0) }]) {
    expect(see(sight, frame, out, quality)).toBe(false);
    expect(out.every(Number.isNaN)).toBe(true);
  }
  expect(see(sight, { ...first, time: 0.3 }, out, quality)).toBe(true);
});

test("a clone sees on exactly as the original; what was seen is not revised by what comes", () => {
  const frames = show("cmu-31", 9, { up: "z" });
  const all = watch(frames, "cmu-31", { up: "z" });
  expect(watch(frames.slice(0, 20), "cmu-31", { up: "z" })).toEqual(all.slice(0, 20));
  const sight = createSight("cmu-31", { up: "z" });
  const out = new Float64Array(SEEN);
  const quality = new Float64Array(SEEN);
  for (const frame of frames.slice(0, 20)) see(sight, frame, out, quality);
  see(structuredClone(sight), frames[20], out, quality);
  expect(out).toEqual(all[20]);
});

test("says what is wrong: unknown skeletons, bodies that do not fit, skeletons without a body", () => {
  expect(() => createSight("kinect-21")).toThrow(/known are .*kinect-20/);
  expect(() => createSight("coco-17")).toThrow(/2-D.*createPoints/);
  expect(() => createSight("kinect-20", { up: "w" as UpAxis })).toThrow(/expected one of x, y, z/);
  const sight = createSight("kinect-20", { up: "y" });
  const out = new Float64Array(SEEN);
  expect(() => see(sight, { time: 0, body: new Float32Array(51) }, out, out.slice())).toThrow(
    /51 .*20 joints x 3 = 60/,
  );
  expect(() => see(sight, { time: 0 }, new Float64Array(3), out)).toThrow(/out has 3/);
});
