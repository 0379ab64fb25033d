import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createNewest, createRhythm, isFresh, notePeriod } from "./newest.ts";
import { createPace, notePicture, poseNext } from "./pace.ts";

test("one is in work at a time, in order, and the next is always the newest", () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (steps) => {
      const taken: number[] = [];
      let inWork = 0,
        offered = 0;
      const newest = createNewest<number>((item) => {
        inWork++;
        expect(inWork).toBe(1);
        expect(item).toBeGreaterThan(taken.at(-1) ?? 0);
        // Nothing that was offered before waits behind it.
        expect(item).toBe(offered);
        taken.push(item);
      });
      for (const offer of steps) {
        if (offer) newest.offer(++offered);
        else if (inWork > 0) {
          inWork--;
          newest.done();
        }
      }
      while (inWork > 0) {
        inWork--;
        newest.done();
      }
      expect(taken.length + newest.dropped).toBe(offered);
    }),
  );
});

test("a picture that has waited long gives way to the next one, unless the camera is slow", () => {
  const rhythm = createRhythm();
  for (let n = 0; n < 30; n++) notePeriod(rhythm, 33 * n);
  expect(isFresh(rhythm, 1000, 1010)).toBe(true);
  expect(isFresh(rhythm, 1000, 1025)).toBe(false);
  const slow = createRhythm();
  for (let n = 0; n < 30; n++) notePeriod(slow, 100 * n);
  expect(isFresh(slow, 1000, 1090)).toBe(true);
  expect(isFresh(createRhythm(), 0, 90)).toBe(true);

  const taken: number[] = [];
  let now = 0;
  const newest = createNewest<number>(
    (shown) => taken.push(shown),
    (shown) => isFresh(rhythm, shown, now),
  );
  newest.offer(1000);
  newest.offer(1033);
  now = 1060;
  newest.done();
  expect(taken).toEqual([1000]);
  expect(newest.dropped).toBe(1);
  newest.offer(1066);
  newest.offer(1099);
  now = 1105;
  newest.done();
  expect(taken).toEqual([1000, 1066, 1099]);
});

test("what waits is forgotten on a pause, and work goes on after it", () => {
  const taken: number[] = [];
  const newest = createNewest<number>((item) => taken.push(item));
  newest.offer(1);
  newest.offer(2);
  newest.clear();
  newest.done();
  newest.offer(3);
  expect(taken).toEqual([1, 3]);
});

/** A camera at 30 pictures a second before a worker that takes so many ms; no real time passes. */
function simulate(seconds: number, cost: (posed: boolean, time: number) => number) {
  const pace = createPace();
  const log: { age: number; posed: boolean; every: number; time: number; ms: number }[] = [];
  let free = 0,
    finish: (() => void) | undefined;
  let now = 0;
  const newest = createNewest<number>((shown) => {
    const posed = poseNext(pace),
      ms = cost(posed, now);
    const begun = Math.max(now, free);
    free = begun + ms / 1000;
    finish = () => {
      notePicture(pace, ms, posed, free);
      log.push({ age: begun - shown, posed, every: pace.every, time: free, ms });
      newest.done();
    };
  });
  /** Whether work ended by then; the next may have begun with it. */
  function finishBy(time: number): boolean {
    if (!finish || free > time) return false;
    const end = finish;
    finish = undefined;
    now = free;
    end();
    return true;
  }
  for (let n = 0; n < 30 * seconds; n++) {
    const shown = n / 30;
    while (finishBy(shown));
    now = shown;
    newest.offer(shown);
  }
  return { log, pace };
}

test("on a quick machine every picture is looked at whole", () => {
  const { log } = simulate(20, (posed) => (posed ? 28 : 15));
  expect(log.every(({ posed }) => posed)).toBe(true);
  expect(log.length).toBeGreaterThan(590);
});

test("on slower machines the body waits, so that faces come twenty times a second or near it", () => {
  const middling = simulate(20, (posed) => (posed ? 60 : 28));
  expect(middling.pace.every).toBe(2);
  const slow = simulate(20, (posed) => (posed ? 110 : 50));
  expect(slow.pace.every).toBe(3);
  for (const { log } of [middling, slow]) {
    const late = log.filter(({ time }) => time > 10);
    const runs = late.map(({ posed }) => (posed ? "P" : "f")).join("");
    expect(runs).not.toMatch(/ffff|PP/);
    // However slow, what is looked at was the newest picture when its turn came.
    for (const { age } of log) expect(age).toBeLessThanOrEqual(1 / 30 + 1e-9);
  }
});

test("the pace does not flutter where a machine is just in between, and finds back after a slow spell", () => {
  let turn = 0;
  const between = simulate(40, (posed) => (posed ? 50 : 26) + 6 * Math.sin(turn++));
  const changes = between.log.filter(({ every }, i) => i > 0 && every !== between.log[i - 1].every);
  expect(changes.length).toBeLessThanOrEqual(2);
  const spell = simulate(40, (posed, time) => (time > 10 && time < 18 ? 2.5 : 1) * (posed ? 38 : 20));
  expect(spell.log.some(({ every, time }) => every > 1 && time > 10 && time < 18)).toBe(true);
  expect(spell.pace.every).toBe(1);
});
