// The head at rest, as tables. Head axes: x = the person's left, y = up, z = forward, from
// the middle between the ears; 1 is half the width of the face.

/** Skull and jaw as rings: height, half width, depth of the widest place, how far it goes forward and back from there. */
const RINGS: readonly (readonly [y: number, width: number, middle: number, front: number, back: number])[] = [
  [1.78, 0.04, -0.1, 0.06, 0.06],
  [1.7, 0.44, -0.1, 0.47, 0.43],
  [1.52, 0.7, -0.1, 0.78, 0.74],
  [1.25, 0.87, -0.1, 1.0, 0.98],
  [0.95, 0.95, -0.1, 1.1, 1.08],
  [0.6, 0.98, -0.08, 1.12, 1.12],
  [0.25, 0.98, -0.05, 1.08, 1.1],
  [-0.1, 0.965, 0, 1.03, 0.98],
  [-0.4, 0.91, 0.08, 0.97, 0.75],
  [-0.7, 0.79, 0.18, 0.89, 0.5],
  [-0.95, 0.61, 0.3, 0.77, 0.3],
  [-1.13, 0.4, 0.45, 0.59, 0.2],
  [-1.24, 0.16, 0.62, 0.35, 0.1],
];
export const RING_COUNT = RINGS.length;
export const AZIMUTHS = 28;
/** Height of the crown. */
export const TOP = RINGS[0][0];

/** A point of the skull at an azimuth (0 forward, positive to the person's left) and height. */
export function skullAt(azimuth: number, y: number): [number, number, number] {
  let r = 0;
  while (r + 2 < RINGS.length && RINGS[r + 1][0] > y) r++;
  const [above, below] = [RINGS[r], RINGS[r + 1]];
  const t = Math.min(1, Math.max(0, (above[0] - y) / (above[0] - below[0])));
  // Widths of the crown and the chin run out like a circle's.
  const bulge = r === 0 ? Math.sqrt(t) : t;
  const mix = (k: number): number => above[k] + bulge * (below[k] - above[k]);
  const cosine = Math.cos(azimuth);
  return [mix(1) * Math.sin(azimuth), y, mix(2) + (cosine > 0 ? mix(3) * cosine ** 0.85 : -mix(4) * (-cosine) ** 0.85)];
}

/** Depth of the face's surface. */
function surface(x: number, y: number): number {
  const [width] = skullAt(Math.PI / 2, y);
  return skullAt(Math.asin(Math.max(-1, Math.min(1, x / width))), y)[2];
}

type Place = readonly [x: number, y: number, z?: number];

/** Points of the midline. */
const MIDDLE: Readonly<Record<string, Place>> = {
  bridge: [0, 0.36, 1.08],
  ridge: [0, 0.06, 1.22],
  overTip: [0, -0.14, 1.36],
  tip: [0, -0.245, 1.39],
  septum: [0, -0.36, 1.15],
  upperOuter0: [0, -0.615, 1.13],
  upperInner0: [0, -0.715, 1.13],
  lowerInner0: [0, -0.715, 1.13],
  lowerOuter0: [0, -0.85, 1.1],
  underLip: [0, -0.93, 1.06],
  chin: [0, -1.06, 1.08],
  chinTop: [0, -0.99, 1.07],
  forehead1: [0, 0.86, 1.03],
  forehead2: [0, 0.98, 1.0],
  upperTeeth0: [0, -0.8, 1.03],
  lowerTeeth0: [0, -0.78, 1.02],
  tongue: [0, -0.84, 0.95],
};

/** Points of the person's left; the right ones follow by changing sides. Brows and lips lie on the surface where no depth is given. */
const LEFT: Readonly<Record<string, Place>> = {
  brow0Top: [0.215, 0.541],
  brow1Top: [0.34, 0.591],
  brow2Top: [0.51, 0.606],
  brow3Top: [0.67, 0.551],
  brow4: [0.785, 0.468],
  brow0Low: [0.17, 0.443],
  brow1Low: [0.34, 0.478],
  brow2Low: [0.51, 0.508],
  brow3Low: [0.67, 0.493],
  eyeInner: [0.215, 0.225],
  eyeOuter: [0.645, 0.275],
  upperLid1: [0.315, 0.345],
  upperLid2: [0.435, 0.39],
  upperLid3: [0.56, 0.36],
  lowerLid1: [0.32, 0.18],
  lowerLid2: [0.44, 0.16],
  lowerLid3: [0.56, 0.19],
  lash: [0.672, 0.292],
  crease0: [0.225, 0.33],
  crease1: [0.32, 0.405],
  crease2: [0.44, 0.44],
  crease3: [0.58, 0.41],
  crease4: [0.67, 0.335],
  bag1: [0.29, 0.1],
  bag2: [0.43, 0.055],
  bag3: [0.56, 0.085],
  foot1: [0.74, 0.34],
  foot2: [0.86, 0.42],
  foot3: [0.75, 0.25],
  foot4: [0.88, 0.24],
  foot5: [0.74, 0.17],
  foot6: [0.85, 0.07],
  cheek: [0.57, -0.18],
  noseSide: [0.125, 0.3, 0.98],
  noseFlank: [0.155, 0.0, 1.04],
  wingTop: [0.165, -0.14, 1.14],
  wing: [0.225, -0.26, 1.08],
  wingLow: [0.16, -0.345, 1.1],
  nostril: [0.095, -0.32, 1.19],
  wrinkle1: [0.06, 0.24, 1.07],
  wrinkle2: [0.14, 0.16, 1.02],
  wrinkle3: [0.05, 0.12, 1.14],
  wrinkle4: [0.15, 0.05, 1.04],
  glabella1: [0.075, 0.68],
  glabella2: [0.06, 0.5],
  forehead1Side: [0.45, 0.9],
  forehead2Side: [0.42, 1.0],
  corner: [0.392, -0.694],
  upperOuter1: [0.235, -0.64],
  upperOuter2: [0.085, -0.592],
  lowerOuter1: [0.25, -0.81],
  lowerOuter2: [0.12, -0.848],
  upperInner1: [0.19, -0.715],
  lowerInner1: [0.19, -0.715],
  fold0: [0.26, -0.25],
  fold1: [0.4, -0.42],
  fold2: [0.485, -0.62],
  fold3: [0.49, -0.78],
  dimple: [0.47, -0.71],
  upperTeeth1: [0.25, -0.765],
  lowerTeeth1: [0.22, -0.75],
  puff0: [0.66, -0.3],
  puff1: [0.75, -0.5],
  puff2: [0.64, -0.7],
};
/** How far points stand off the surface, by the beginning of their names. */
const LIFTS: readonly (readonly [name: string, lift: number])[] = [
  ["brow0", 0.07],
  ["brow1", 0.11],
  ["brow4", 0.12],
  ["brow", 0.16],
  ["corner", -0.04],
  ["upperOuter", 0.05],
  ["upperInner", 0.06],
  ["lowerInner", 0.06],
  ["lowerOuter", 0.05],
  ["upperTeeth", -0.03],
  ["lowerTeeth", -0.04],
];
/** Eyeballs; lids lie on them. */
export const EYE = { x: 0.43, y: 0.278, z: 0.585, radius: 0.37, iris: 0.163, pupil: 0.072 } as const;
const LIDS = /^(upperLid|lowerLid|eye|crease|lash)/;

const EAR = 10;

function placed([x, y, z]: Place, name: string): [number, number, number] {
  if (z !== undefined) return [x, y, z];
  if (LIDS.test(name)) {
    const square = EYE.radius ** 2 - (x - EYE.x) ** 2 - (y - EYE.y) ** 2;
    return [x, y, EYE.z + Math.sqrt(Math.max(0.05, square)) + (name.startsWith("crease") ? 0.02 : 0)];
  }
  const lift = LIFTS.find(([start]) => name.startsWith(start))?.[1] ?? 0.01;
  return [x, y, surface(x, y) + lift];
}

const names: string[] = [];
const rest: number[] = [];
function add(name: string, [x, y, z]: readonly [number, number, number]): void {
  names.push(name);
  rest.push(x, y, z);
}
for (const [name, place] of Object.entries(MIDDLE)) add(name, placed(place, name));
for (const [name, place] of Object.entries(LEFT)) {
  const [x, y, z] = placed(place, name);
  add(`${name}L`, [x, y, z]);
  add(`${name}R`, [-x, y, z]);
}
for (let k = 0; k < EAR; k++) {
  const angle = (2 * Math.PI * k) / EAR;
  const up = Math.sin(angle),
    ahead = Math.cos(angle);
  // Wider above than below, leaning back, standing off at the back.
  const y = 0.1 + 0.3 * up,
    z = -0.14 + 0.15 * ahead * (1 + 0.3 * up) - 0.05 * up,
    x = 1.02 - 0.1 * ahead;
  add(`ear${k}L`, [x, y, z]);
  add(`ear${k}R`, [-x, y, z]);
}
/** Where the skull's rings begin among the points: [RING_COUNT, AZIMUTHS]. */
export const SKULL = names.length;
for (const [y] of RINGS)
  for (let a = 0; a < AZIMUTHS; a++) add("skull", skullAt((2 * Math.PI * a) / AZIMUTHS - Math.PI, y));

export const POINTS = names.length;
/** The face that does nothing, [POINTS, 3]. */
export const REST: Readonly<Float64Array> = Float64Array.from(rest);

/** Their names; those of the skull are all alike. */
export const POINT_NAMES: readonly string[] = names;

/** Index of a point; sided ones end in L or R. */
export function point(name: string): number {
  const at = names.indexOf(name);
  if (at < 0) throw new Error(`the face has no point "${name}"`);
  return at;
}

/** Indices of a sided chain of points. */
export const chain = (side: "L" | "R", ...parts: readonly string[]): readonly number[] =>
  parts.map((part) => point(names.includes(part) ? part : part + side));

export const earRing = (side: "L" | "R"): readonly number[] =>
  Array.from({ length: EAR }, (_, k) => point(`ear${k}${side}`));

/** How far each point goes along with the jaw, 0..1. */
export const WITH_JAW: Readonly<Float64Array> = Float64Array.from(names, (name, p) => {
  if (/^(lower(Inner|Outer|Teeth)|underLip|chin|tongue)/.test(name)) return 1;
  if (name.startsWith("corner")) return 0.5;
  if (/^(dimple|fold3|puff2)/.test(name)) return 0.4;
  if (/^(fold2|puff1)/.test(name)) return 0.2;
  if (name !== "skull") return 0;
  const t = Math.min(1, Math.max(0, (-0.15 - rest[3 * p + 1]) / 0.55));
  return t * t * (3 - 2 * t);
});
/** Where the jaw hangs. */
export const HINGE = { y: -0.12, z: 0.1 } as const;

/** Outward normals of the skull's rings, [RING_COUNT, AZIMUTHS, 3]. */
export const NORMALS: Readonly<Float64Array> = normals();

function normals(): Float64Array {
  const out = new Float64Array(3 * RING_COUNT * AZIMUTHS);
  const at = (r: number, a: number, c: number): number =>
    rest[3 * (SKULL + Math.min(RING_COUNT - 1, Math.max(0, r)) * AZIMUTHS + ((a + AZIMUTHS) % AZIMUTHS)) + c];
  for (let r = 0; r < RING_COUNT; r++)
    for (let a = 0; a < AZIMUTHS; a++) {
      const across = [0, 1, 2].map((c) => at(r, a + 1, c) - at(r, a - 1, c));
      const down = [0, 1, 2].map((c) => at(r + 1, a, c) - at(r - 1, a, c));
      const n = [
        down[1] * across[2] - down[2] * across[1],
        down[2] * across[0] - down[0] * across[2],
        down[0] * across[1] - down[1] * across[0],
      ];
      const length = Math.hypot(...n) || 1;
      for (let c = 0; c < 3; c++) out[3 * (r * AZIMUTHS + a) + c] = n[c] / length;
    }
  return out;
}
