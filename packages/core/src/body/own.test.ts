import { expect, test } from "vitest";
import { LIMBS, MOTOR, MOTOR_AXES, MOTOR_NAMES, SEEN, SEEN_NAMES, restMotor, seenAt } from "./layout.ts";
import { forward, forwardLimb, limbFeatures, mirrorMotor, mirrorSeen, restSeen } from "./own.ts";
import { unrest, wander } from "./testing.ts";

const anywhere = (seed: number): Float64Array =>
  Float64Array.from(MOTOR_AXES, ({ min, max }, k) => min + (max - min) * unrest(seed, k));
const bent = (axis: string, by: number): Float64Array => {
  const q = restMotor();
  q[MOTOR_NAMES.indexOf(axis)] += by;
  const seen = new Float64Array(SEEN);
  forward(q, seen);
  return seen;
};
const dot = (a: Float64Array, i: number, j: number): number => a[i] * a[j] + a[i + 1] * a[j + 1] + a[i + 2] * a[j + 2];

test("limbs tile both layouts, and rest lies within limits", () => {
  expect(SEEN).toBe(54);
  expect(LIMBS.flatMap(({ motor }) => [...motor])).toEqual([...Array(MOTOR).keys()]);
  expect(LIMBS.flatMap(({ seen }) => [...seen])).toEqual([...Array(SEEN).keys()]);
  expect(new Set(MOTOR_NAMES).size).toBe(MOTOR);
  expect(new Set(SEEN_NAMES).size).toBe(SEEN);
  for (const { min, max, rest } of MOTOR_AXES) expect(min < rest && rest < max).toBe(true);
});

test("bones are unit directions; a bent elbow or knee turns its bone by just that angle", () => {
  const seen = new Float64Array(SEEN);
  for (let seed = 0; seed < 50; seed++) {
    const q = anywhere(seed);
    forward(q, seen);
    for (let o = 3; o < SEEN; o += 3) expect(dot(seen, o, o)).toBeCloseTo(1, 12);
    const at = (name: string): number => q[MOTOR_NAMES.indexOf(name)];
    expect(dot(seen, seenAt("lUpperArm"), seenAt("lForearm"))).toBeCloseTo(Math.cos(at("lElbow")), 12);
    expect(dot(seen, seenAt("rThigh"), seenAt("rShank"))).toBeCloseTo(Math.cos(at("rKnee")), 12);
    expect(dot(seen, seenAt("trunk"), seenAt("lClavicle"))).toBeCloseTo(Math.sin(at("lShrug")), 12);
    expect(dot(seen, seenAt("head"), seenAt("face"))).toBeCloseTo(0, 12);
  }
});

test("signs: at rest arms and legs hang and feet point forward; bending goes where joints bend", () => {
  const rest = restSeen();
  for (const bone of ["lUpperArm", "rForearm", "lThigh", "rShank"] as const)
    expect(rest[seenAt(bone) + 1]).toBeLessThan(-0.97);
  expect(rest[seenAt("lFoot") + 2]).toBeGreaterThan(0.8);
  expect(rest[seenAt("face") + 2]).toBe(1);
  expect(rest[seenAt("lClavicle")]).toBeGreaterThan(0.9);
  expect(bent("lElbow", 1)[seenAt("lForearm") + 2]).toBeGreaterThan(0.7); // forearm forward
  expect(bent("rElbow", 1)[seenAt("rForearm") + 2]).toBeGreaterThan(0.7);
  expect(bent("lKnee", 1)[seenAt("lShank") + 2]).toBeLessThan(-0.7); // heel back
  expect(bent("trunk.x", 1)[seenAt("trunk") + 2]).toBeGreaterThan(0.7); // bow
  expect(bent("head.y", 0.5)[seenAt("face")]).toBeGreaterThan(0.4); // look left
  expect(bent("protraction", 0.5)[seenAt("rClavicle") + 2]).toBeGreaterThan(0.4);
  expect(bent("lAnkle", 0.5)[seenAt("lFoot") + 1]).toBeLessThan(rest[seenAt("lFoot") + 1]); // toes down
});

test("the mirror image of a posture looks like the mirror image of its looks, and twice is none", () => {
  const looks = new Float64Array(SEEN);
  const mirrored = new Float64Array(SEEN);
  for (let seed = 0; seed < 50; seed++) {
    const q = anywhere(seed);
    const twin = new Float64Array(MOTOR);
    mirrorMotor(q, twin);
    forward(q, looks);
    forward(twin, mirrored);
    expect(Math.max(...mirrored.map((x, k) => Math.abs(x - looks[k])))).toBeGreaterThan(0.1);
    mirrorSeen(looks, looks); // in place
    mirrored.forEach((x, k) => expect(x).toBeCloseTo(looks[k], 12));
    mirrorMotor(twin, twin);
    expect([...twin]).toEqual([...q]);
    twin.forEach((x, k) => expect(x >= MOTOR_AXES[k].min && x <= MOTOR_AXES[k].max).toBe(true));
  }
});

test("a limb's looks depend on its own angles alone", () => {
  const before = new Float64Array(SEEN);
  const after = new Float64Array(SEEN);
  for (const limb of LIMBS) {
    const q = anywhere(3);
    forward(q, before);
    for (const m of limb.motor) q[m] = (MOTOR_AXES[m].min + q[m]) / 2;
    forward(q, after);
    const changed = [...after.keys()].filter((k) => after[k] !== before[k]);
    expect(changed.every((k) => limb.seen.includes(k))).toBe(true);
    expect(changed.length).toBeGreaterThanOrEqual(limb.seen.length - 2);
    const alone = new Float64Array(SEEN).fill(7);
    forwardLimb(limb, q, alone);
    alone.forEach((x, k) => expect(x).toBe(limb.seen.includes(k) ? after[k] : 7));
  }
});

test("the true body is exactly linear in the features, for each direction in its prefix", () => {
  for (const limb of LIMBS) {
    const phi = new Float64Array(limb.features);
    const looks = new Float64Array(SEEN);
    const postures = (from: number, count: number): Float64Array[] =>
      Array.from({ length: count }, (_, k) => anywhere(from + k));
    for (const [d, prefix] of limb.prefix.entries()) {
      const outputs = limb.seen.slice(3 * d, 3 * d + 3);
      const row = (q: Float64Array): { x: Float64Array; y: number[] } => {
        limbFeatures(limb, q, phi);
        forwardLimb(limb, q, looks);
        return { x: phi.slice(0, prefix), y: outputs.map((k) => looks[k]) };
      };
      const weights = leastSquares(postures(1000, 2 * prefix + 20).map(row), prefix);
      for (const q of postures(9000, 40)) {
        const { x, y } = row(q);
        if (limb.name !== "root") expect(x.every((v) => Math.abs(v) <= 1)).toBe(true);
        for (let c = 0; c < 3; c++)
          expect(Math.abs(x.reduce((sum, v, k) => sum + v * weights[c][k], 0) - y[c])).toBeLessThan(1e-8);
      }
    }
  }
});

test("the wandering postures of the other tests keep the limits", () => {
  const q = new Float64Array(MOTOR);
  for (let k = 0; k < 500; k++) {
    wander(k % 7, k / 10, 1, q);
    q.forEach((x, m) => expect(x >= MOTOR_AXES[m].min && x <= MOTOR_AXES[m].max).toBe(true));
  }
});

/** Householder QR on [n, p]; one weight vector for each output. */
function leastSquares(rows: { x: Float64Array; y: number[] }[], p: number): number[][] {
  const n = rows.length;
  const outs = rows[0].y.length;
  const a = rows.map(({ x, y }) => Float64Array.of(...x, ...y));
  for (let k = 0; k < p; k++) {
    let norm = 0;
    for (let i = k; i < n; i++) norm += a[i][k] ** 2;
    const alpha = a[k][k] > 0 ? -Math.sqrt(norm) : Math.sqrt(norm);
    const v = Float64Array.from({ length: n }, (_, i) => (i < k ? 0 : a[i][k]));
    v[k] -= alpha;
    const vv = v.reduce((sum, x) => sum + x * x, 0);
    for (let j = k; j < p + outs; j++) {
      let vy = 0;
      for (let i = k; i < n; i++) vy += v[i] * a[i][j];
      for (let i = k; i < n; i++) a[i][j] -= (2 * vy * v[i]) / vv;
    }
  }
  return Array.from({ length: outs }, (_, c) => {
    const w = Array.from({ length: p }, () => 0);
    for (let k = p - 1; k >= 0; k--) {
      let rest = a[k][p + c];
      for (let j = k + 1; j < p; j++) rest -= a[k][j] * w[j];
      w[k] = rest / a[k][k];
    }
    return w;
  });
}
