import {
  FACE,
  FACE_UNITS,
  MOTOR,
  MOTOR_NAMES,
  SEEN,
  createRng,
  createShow,
  forward,
  pose,
  restMotor,
  restSeen,
  seenAt,
} from "@attune/core";
import { describe, expect, test } from "vitest";
import { JOINT } from "./body-draw.ts";
import { type FakeContext, createFakeContext } from "./fake-context.ts";
import { point } from "./head-shape.ts";
import {
  DARK,
  DEFAULT_LOOK,
  type Figure,
  type Framing,
  LIGHT,
  type View,
  createFigure,
  createIdle,
  drawFigure,
  drawGhost,
  drawLines,
  idle,
} from "./index.ts";

const VIEW: View = { x: 0, y: 0, width: 640, height: 480, scale: "upper body" };

function motor(away: Record<string, number> = {}): Float64Array {
  const own = restMotor();
  for (const [name, by] of Object.entries(away)) own[MOTOR_NAMES.indexOf(name)] += by;
  return own;
}

function units(wanted: Record<string, number> = {}): Float32Array {
  return Float32Array.from(FACE_UNITS, (name) => wanted[name] ?? 0);
}

function arraysOf(of: object): unknown[] {
  return Object.values(of).flatMap((value) =>
    ArrayBuffer.isView(value) ? [value] : typeof value === "object" && value !== null ? arraysOf(value) : [],
  );
}

interface Drawn {
  readonly figure: Figure;
  readonly fake: FakeContext;
  /** A point of the head on the canvas. */
  at(name: string): { x: number; y: number };
}

function draw(own = motor(), face = units(), view = VIEW, figure = createFigure(), gaze = { yaw: 0, pitch: 0 }): Drawn {
  const fake = createFakeContext();
  drawFigure(fake.context, figure, { own, face, gaze }, view);
  return {
    figure,
    fake,
    at(name) {
      const p = 3 * point(name);
      return { x: figure.head.at[p], y: figure.head.at[p + 1] };
    },
  };
}

describe("the drawing", () => {
  test("is a function of its input: whatever was drawn before, the same state gives the same calls", () => {
    const figure = createFigure();
    const fresh = draw(motor({ "head.y": 0.3 }), units({ AU12L: 0.7, AU26: 0.5 }));
    draw(motor({ "head.x": 0.5, lElbow: 1.5 }), units({ AU43R: 1, AU34: 1 }), { ...VIEW, mirror: true }, figure);
    const again = draw(motor({ "head.y": 0.3 }), units({ AU12L: 0.7, AU26: 0.5 }), VIEW, figure);
    expect(again.fake.log).toEqual(fresh.fake.log);
  });

  test("changes neither its input nor leaves the context changed", () => {
    const own = motor({ rElbow: 1 }),
      face = units({ AU06L: 0.4 });
    const [ownBefore, faceBefore] = [own.slice(), face.slice()];
    const { fake } = draw(own, face, { ...VIEW, mirror: true });
    expect(own).toEqual(ownBefore);
    expect(face).toEqual(faceBefore);
    expect(fake.depth()).toBe(0);
  });

  test("takes every coordinate: each motor angle but those of hidden legs, and each action unit, changes it", () => {
    const log = draw(motor(), units(), { ...VIEW, scale: "whole" }).fake.log.join();
    for (const name of MOTOR_NAMES)
      expect(draw(motor({ [name]: 0.3 }), units(), { ...VIEW, scale: "whole" }).fake.log.join(), name).not.toBe(log);
    for (const name of FACE_UNITS)
      expect(draw(motor(), units({ [name]: 0.6 }), { ...VIEW, scale: "whole" }).fake.log.join(), name).not.toBe(log);
  });

  test("is finite for every state, also where coordinates are not known or absurd", () => {
    const rng = createRng(4, "figure/test");
    const seen = new Float64Array(SEEN).fill(NaN);
    for (let k = 0; k < 60; k++) {
      const own = Float64Array.from({ length: MOTOR }, () => (rng() < 0.2 ? NaN : 6 * (rng() - 0.5)));
      const face = Float32Array.from({ length: FACE }, () => (rng() < 0.2 ? NaN : rng()));
      const scale = (["head and shoulders", "upper body", "whole"] as const)[k % 3];
      const fake = createFakeContext();
      const figure = createFigure();
      const view = { ...VIEW, scale, mirror: k % 2 === 0 };
      const state = { own, face, gaze: { yaw: rng() < 0.2 ? NaN : rng() - 0.5, pitch: NaN } };
      drawFigure(fake.context, figure, state, view);
      drawGhost(fake.context, figure, state, view, { colour: "#888", alpha: 0.5 });
      forward(own, seen);
      drawLines(fake.context, figure, seen, view, { colour: "#888", alpha: 0.5 });
      expect(fake.log.filter((line) => /NaN|Infinity|undefined/.test(line))).toEqual([]);
    }
  });

  test("draws what is not known at rest", () => {
    const unknown = draw(new Float64Array(MOTOR).fill(NaN), new Float32Array(FACE).fill(NaN));
    expect(unknown.fake.log).toEqual(draw().fake.log);
  });

  test("is written into the arrays that the figure was made with, and a figure is plain data", () => {
    const figure = createFigure();
    const arrays = arraysOf(figure);
    expect(arrays.length).toBeGreaterThan(15);
    for (let k = 0; k < 3; k++) draw(motor({ "head.y": 0.1 * k }), units(), { ...VIEW, mirror: k === 1 }, figure);
    arraysOf(figure).forEach((array, k) => expect(array).toBe(arrays[k]));
    expect(structuredClone(figure)).toEqual(figure);
  });

  test("says what is wrong with its input", () => {
    const figure = createFigure();
    const { context } = createFakeContext();
    const own = motor(),
      face = units();
    expect(() => drawFigure(context, figure, { own: own.subarray(1), face }, VIEW)).toThrow(/own has \d+ entries/);
    expect(() => drawFigure(context, figure, { own, face: face.subarray(1) }, VIEW)).toThrow(/face has \d+ units/);
    const wrong = { ...VIEW, scale: "bust" as Framing };
    expect(() => drawFigure(context, figure, { own, face }, wrong)).toThrow(/scale is "bust"/);
    expect(() => drawLines(context, figure, new Float64Array(3), VIEW, { colour: "", alpha: 1 })).toThrow(/seen has 3/);
  });
});

describe("the body", () => {
  test("joints are drawn where `pose` puts them, the person's left at the image's right", () => {
    const own = motor({ "lShoulder.z": 0.8, lElbow: 1.1, "rShoulder.x": -1.2, rElbow: 0.6, "trunk.z": 0.1 });
    const { figure } = draw(own);
    const seen = new Float64Array(SEEN),
      joints = new Float64Array(60);
    forward(own, seen);
    pose(createShow("attune-20", { trunk: 1 }), seen, joints);
    const [scale, x, y] = figure.frame;
    for (const j of [JOINT.left.wrist, JOINT.right.wrist, JOINT.left.elbow, JOINT.right.elbow]) {
      expect(figure.body.at[3 * j]).toBeCloseTo(x + scale * joints[3 * j], 6);
      expect(figure.body.at[3 * j + 1]).toBeCloseTo(y - scale * joints[3 * j + 1], 6);
    }
    expect(figure.body.at[3 * JOINT.left.shoulder]).toBeGreaterThan(figure.body.at[3 * JOINT.right.shoulder]);
  });

  test("skin is painted at the wrists, wherever they are", () => {
    for (const away of [{}, { lElbow: 1.5 }, { "lShoulder.x": -1.4, lElbow: 0.8 }]) {
      const { figure, fake } = draw(motor(away));
      const w = 3 * JOINT.left.wrist;
      const near = fake.shapes.some(
        ({ how, colour, points }) =>
          how === "fill" &&
          colour === LIGHT.skin &&
          points.some(
            ([x, y]) => Math.hypot(x - figure.body.at[w], y - figure.body.at[w + 1]) < 0.08 * figure.body.size,
          ),
      );
      expect(near).toBe(true);
    }
  });

  test("a mirror flips left and right and nothing else", () => {
    const own = motor({ lElbow: 1.2, "head.y": 0.4 });
    const plain = draw(own, units({ AU12L: 1 })),
      mirrored = draw(own, units({ AU12L: 1 }), { ...VIEW, mirror: true });
    const middle = plain.figure.frame[1];
    const [l, r] = [3 * JOINT.left.wrist, 3 * JOINT.right.wrist];
    expect(mirrored.figure.body.at[r]).toBeCloseTo(2 * middle - plain.figure.body.at[l], 6);
    expect(mirrored.figure.body.at[r + 1]).toBeCloseTo(plain.figure.body.at[l + 1], 6);
    expect(mirrored.at("cornerR").x).toBeCloseTo(2 * middle - plain.at("cornerL").x, 6);
    expect(mirrored.at("cornerR").y).toBeCloseTo(plain.at("cornerL").y, 6);
  });

  test("raised hands are drawn over the face when before it, under the head when behind it", () => {
    const rng = createRng(8, "figure/arms");
    const met = { before: 0, behind: 0 };
    for (let k = 0; k < 200; k++) {
      const away = Object.fromEntries(["x", "y", "z"].map((c) => [`rShoulder.${c}`, 5 * (rng() - 0.5)]));
      const { fake, figure } = draw(motor({ ...away, rElbow: 2 * rng() }));
      const { at } = figure.body;
      const [wrist, elbow] = [3 * JOINT.right.wrist, 3 * JOINT.right.elbow];
      if (at[wrist + 1] > at[3 * JOINT.neck + 1] - 5 || at[elbow + 2] < 0) continue;
      const iris = fake.shapes.findLastIndex(({ colour }) => colour === LIGHT.iris);
      const palm = fake.shapes.findLastIndex(
        ({ how, colour, points }) =>
          how === "fill" &&
          colour === LIGHT.skin &&
          points.some(([x, y]) => Math.hypot(x - at[wrist], y - at[wrist + 1]) < 12),
      );
      const behind = at[wrist + 2] < figure.head.origin[2];
      expect(palm > iris).toBe(!behind);
      met[behind ? "behind" : "before"]++;
    }
    expect(met.before).toBeGreaterThan(1);
    expect(met.behind).toBeGreaterThan(1);
  });

  test("the figure fits its view: larger views scale all alike", () => {
    const small = draw().figure.frame[0],
      large = draw(motor(), units(), { ...VIEW, width: 1280, height: 960 }).figure.frame[0];
    expect(large / small).toBeCloseTo(2, 9);
    for (const scale of ["head and shoulders", "upper body", "whole"] as const) {
      const { at } = draw(motor(), units(), { ...VIEW, scale });
      for (const name of ["chin", "forehead2", "cornerL", "cornerR"]) {
        expect(at(name).x).toBeGreaterThan(0);
        expect(at(name).x).toBeLessThan(640);
        expect(at(name).y).toBeGreaterThan(0);
        expect(at(name).y).toBeLessThan(480);
      }
    }
  });
});

describe("the face", () => {
  test("turning the head moves the nose towards the turn, further than the eyes and the ears", () => {
    const rest = draw(),
      turned = draw(motor({ "head.y": 0.5 }));
    const moved = (name: string): number => turned.at(name).x - rest.at(name).x;
    expect(moved("tip")).toBeGreaterThan(0.3 * rest.figure.head.size);
    expect(moved("tip")).toBeGreaterThan(moved("eyeInnerL"));
    expect(moved("eyeInnerL")).toBeGreaterThan(moved("ear0L"));
  });

  test("nodding lowers the nose more than the ears", () => {
    const rest = draw(),
      nod = draw(motor({ "head.x": 0.3 }));
    expect(nod.at("tip").y - rest.at("tip").y).toBeGreaterThan(0.2 * rest.figure.head.size);
    expect(nod.at("tip").y - rest.at("tip").y).toBeGreaterThan(nod.at("ear5L").y - rest.at("ear5L").y);
  });

  test("AU12L lifts the person's left mouth corner, at the image's right, and leaves the other", () => {
    const rest = draw(),
      smile = draw(motor(), units({ AU12L: 1 }));
    expect(rest.at("cornerL").x).toBeGreaterThan(rest.at("cornerR").x);
    expect(smile.at("cornerL").y).toBeLessThan(rest.at("cornerL").y - 2);
    expect(smile.at("cornerR")).toEqual(rest.at("cornerR"));
  });

  test("AU26 and AU27 lower chin and lower lip, AU27 further, and leave the upper lip", () => {
    const [rest, dropped, stretched] = [{}, { AU26: 1 }, { AU26: 1, AU27: 1 }].map((wanted) =>
      draw(motor(), units(wanted)),
    );
    for (const name of ["chin", "lowerInner0", "lowerTeeth0"]) {
      expect(dropped.at(name).y).toBeGreaterThan(rest.at(name).y + 2);
      expect(stretched.at(name).y).toBeGreaterThan(dropped.at(name).y + 2);
    }
    expect(stretched.at("upperInner0")).toEqual(rest.at("upperInner0"));
  });

  test("AU43 closes the lids steadily, each eye for itself, and no unit makes them cross", () => {
    let before = Infinity;
    for (const closed of [0, 0.25, 0.5, 0.75, 1]) {
      const { at } = draw(motor(), units({ AU43L: closed }));
      const gap = at("lowerLid2L").y - at("upperLid2L").y;
      expect(gap).toBeLessThan(before);
      expect(gap).toBeGreaterThanOrEqual(0);
      before = gap;
    }
    const tight = draw(motor(), units({ AU43L: 1, AU07L: 1, AU06L: 1, AU04L: 1 }), VIEW, createFigure(), {
      yaw: 0,
      pitch: -0.5,
    });
    expect(tight.at("lowerLid2L").y).toBeGreaterThanOrEqual(tight.at("upperLid2L").y - 1e-9);
    const wink = draw(motor(), units({ AU43L: 1 }));
    expect(wink.at("upperLid2R")).toEqual(draw().at("upperLid2R"));
  });

  test("AU01 and AU02 raise brows, AU04 lowers them", () => {
    const rest = draw();
    expect(draw(motor(), units({ AU01: 1 })).at("brow0TopL").y).toBeLessThan(rest.at("brow0TopL").y - 3);
    expect(draw(motor(), units({ AU02R: 1 })).at("brow3TopR").y).toBeLessThan(rest.at("brow3TopR").y - 3);
    expect(draw(motor(), units({ AU04L: 1 })).at("brow0TopL").y).toBeGreaterThan(rest.at("brow0TopL").y + 3);
  });

  test("irises follow the gaze: left is the image's right, up is up", () => {
    const iris = (yaw: number, pitch: number): number[] => {
      const { figure } = draw(motor(), units(), VIEW, createFigure(), { yaw, pitch });
      return Array.from(figure.head.irises.subarray(0, 2));
    };
    const [x, y] = iris(0, 0);
    expect(iris(0.3, 0)[0]).toBeGreaterThan(x + 1);
    expect(iris(0, 0.3)[1]).toBeLessThan(y - 1);
  });
});

describe("beside the figure", () => {
  test("a ghost is lines alone, as clear as asked", () => {
    const fake = createFakeContext();
    const style = { colour: "#abcdef", alpha: 0.4 };
    drawGhost(fake.context, createFigure(), { own: motor(), face: units() }, VIEW, style);
    expect(fake.shapes.filter(({ how }) => how === "fill")).toEqual([]);
    expect(fake.shapes.filter(({ how }) => how === "stroke").every(({ colour }) => colour === "#abcdef")).toBe(true);
    expect(fake.log).toContain("globalAlpha=0.4");
    expect(fake.depth()).toBe(0);
  });

  test("lines leave out what is not seen", () => {
    const strokes = (seen: Float64Array): number => {
      const fake = createFakeContext();
      drawLines(fake.context, createFigure(), seen, VIEW, { colour: "#000", alpha: 1 });
      return fake.shapes.flatMap(({ points }) => points).length;
    };
    const all = restSeen();
    const without = restSeen();
    without.fill(NaN, seenAt("lForearm"), seenAt("lForearm") + 3);
    expect(strokes(all) - strokes(without)).toBe(2);
  });

  test("light and dark draw the same person", () => {
    const light = draw().fake.shapes.map(({ points }) => points);
    const dark = draw(motor(), units(), VIEW, createFigure({ ...DEFAULT_LOOK, palette: DARK })).fake.shapes;
    expect(dark.map(({ points }) => points)).toEqual(light);
  });
});

describe("at rest", () => {
  test("it breathes a little and blinks, the same for the same time and seed", () => {
    const closed = FACE_UNITS.indexOf("AU43L");
    let blinks = 0,
      before = 0,
      most = 0;
    for (let k = 0; k < 60 * 60; k++) {
      const { own, face } = idle(k / 60, 3);
      most = Math.max(most, ...own.map(Math.abs));
      if (before < 0.5 && face[closed] >= 0.5) blinks++;
      before = face[closed];
    }
    expect(blinks).toBe(15);
    expect(most).toBeGreaterThan(0.02);
    expect(most).toBeLessThan(0.06);
    expect(idle(12.3, 3)).toEqual(idle(12.3, 3, createIdle()));
    const at = (seed: number): string =>
      Array.from({ length: 600 }, (_, k) => idle(k / 60, seed).face[closed].toFixed(2)).join();
    expect(at(3)).not.toBe(at(4));
  });

  test("it moves without jumps", () => {
    let before = idle(0, 5).own;
    for (let k = 1; k < 900; k++) {
      const { own } = idle(k / 60, 5);
      for (let m = 0; m < MOTOR; m++) expect(Math.abs(own[m] - before[m])).toBeLessThan(0.003);
      before = own;
    }
  });
});
