import { FACE_UNITS, VISAGE } from "@attune/core";
import { expect, test } from "vitest";
import { faceBout, followFace, type FaceLook } from "./face-bout.ts";

const JAW = FACE_UNITS.indexOf("AU26"),
  LID = FACE_UNITS.indexOf("AU43L");

/** A face that opens its mouth from `from` to `to`, s, looked at for `lasts` s, resting with the jaw at `rest`. */
function looks({ from = 4, to = 7, lasts = 12, rest = 0, unit = JAW, jitter = 0 }): FaceLook[] {
  const out: FaceLook[] = [];
  for (let n = 0; n < lasts * 30; n++) {
    const time = n / 30,
      visage = new Float64Array(VISAGE);
    const open = Math.min(1, Math.max(0, (time - from) / 0.4), Math.max(0, (to - time) / 0.4));
    visage[unit] = rest + 0.8 * open;
    for (let u = 0; u < 10; u++) visage[u] += jitter * Math.sin(37.7 * n + 11 * u);
    followFace(out, time, visage, 30);
  }
  return out;
}

test("an expression held still is one bout, from where it leaves rest to where it is back", () => {
  const all = looks({ from: 4, to: 8 });
  const until = (time: number): FaceLook[] => all.filter((look) => look.time < time);
  expect(faceBout(until(3.9), 3).state).toBe("waiting");
  expect(faceBout(until(6), 3).state).toBe("moving");
  const { state, from, to } = faceBout(until(9), 3);
  expect(state).toBe("done");
  expect(from).toBeGreaterThan(3.8);
  expect(from).toBeLessThan(4.15);
  expect(to).toBeGreaterThan(7.85);
  expect(to).toBeLessThan(8.25);
});

test("a neutral face that is no zero is the rest it is measured from; blinks and jitter begin nothing", () => {
  expect(faceBout(looks({ rest: 0.5, from: 90 }), 3).state).toBe("waiting");
  expect(faceBout(looks({ unit: LID }), 3).state).toBe("waiting");
  expect(faceBout(looks({ from: 90, jitter: 0.08 }), 3).state).toBe("waiting");
  expect(faceBout(looks({ rest: 0.2, jitter: 0.03 }), 3).state).toBe("done");
});

test("a face that never comes back is over after a while", () => {
  expect(faceBout(looks({ to: 99, lasts: 9 }), 3).state).toBe("moving");
  expect(faceBout(looks({ to: 99, lasts: 14 }), 3).state).toBe("done");
});

test("what is not seen says nothing", () => {
  const blind = looks({ from: 90 });
  for (const { visage } of blind) visage.fill(NaN);
  expect(faceBout(blind, 3).state).toBe("waiting");
});
