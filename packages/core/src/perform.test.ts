import { expect, test } from "vitest";
import { MOTOR, MOTOR_AXES, SEEN, SEEN_NAMES, restMotor } from "./body/layout.ts";
import { PROPORTIONS } from "./body/show.ts";
import { practise } from "./lessons.ts";
import { type Mind, createMind } from "./mind.ts";
import { act } from "./perform.ts";

/** A mind that raises its right arm and lowers it again. */
function mindWithAnAct(): Mind {
  const mind = createMind({ rate: 30 });
  const T = 45,
    values = new Float64Array(T * MOTOR);
  const at = (name: string): number => MOTOR_AXES.findIndex((axis) => axis.name === name);
  for (let t = 0; t < T; t++) {
    const q = restMotor(),
      u = Math.sin((Math.PI * t) / (T - 1)) ** 2;
    q[at("rShoulder.x")] -= 1.2 * u;
    q[at("rElbow")] += 0.9 * u;
    values.set(q, t * MOTOR);
  }
  practise(mind, "raise", [{ times: Array.from({ length: T }, (_, t) => t / 30), values }]);
  return mind;
}

/** The right wrist of a seen posture, from the neck, trunk lengths. */
function wrist(seen: Float64Array, row: number): number[] {
  const bones = ["rClavicle", "rUpperArm", "rForearm"] as const;
  return [0, 1, 2].map((i) =>
    bones.reduce(
      (s, bone) => s + (PROPORTIONS[bone] / PROPORTIONS.trunk) * seen[row * SEEN + SEEN_NAMES.indexOf(`${bone}.x`) + i],
      0,
    ),
  );
}

const mind = mindWithAnAct();

test.each([
  [-0.5, 0.6, 0.4],
  [-0.6, 0.3, 0.3],
  [-0.5, 0.8, 0.2],
  [-0.2, -0.5, 0.7],
  [0.2, 0.2, 0.6],
])("an act sent to %s, %s, %s ends with the wrist there", (...to) => {
  const { seen, times } = act(mind, "raise", { to });
  wrist(seen, times.length - 1).forEach((v, i) => expect(Math.abs(v - to[i])).toBeLessThan(0.02));
});

test("a place the arm could reach but no joint lets it is approached, and how far it stays away is said", () => {
  // At the shoulder itself: the elbow does not bend that far.
  const to = [-0.3, 0.1, 0];
  const { seen, times, warnings } = act(mind, "raise", { to });
  const miss = Math.hypot(...wrist(seen, times.length - 1).map((v, i) => v - to[i]));
  expect(miss).toBeGreaterThan(0.02);
  const said = Number(/no nearer to .* than ([\d.]+) trunk lengths/.exec(warnings.join("\n"))?.[1]);
  expect(Math.abs(said - miss)).toBeLessThan(0.02);
});
