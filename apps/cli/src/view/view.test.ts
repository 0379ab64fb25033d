import { SEEN_NAMES, restSeen, seenAt, type ActBelief, type Moment } from "@attune/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bar, bars } from "./bars.ts";
import { canvasLines, createCanvas, dot, line } from "./canvas.ts";
import { drawingsOf } from "./drawings.ts";
import { expectedOr, figure } from "./figure.ts";
import { screen, type View } from "./screen.ts";
import { fit, PLAIN, width, wrap, type Paint } from "./text.ts";
import { planes, sparklines, trace, type Past } from "./trace.ts";
import { eventLine, gauge, say, tempoWords } from "@attune/core";

const belief = (name: string, probability: number, rest: Partial<ActBelief> = {}): ActBelief => ({
  name,
  probability,
  phase: 0.5,
  phaseSd: 0.05,
  tempo: 1,
  remaining: 0.6,
  since: 0.8,
  evidence: 1,
  ...rest,
});

function momentOf(acts: ActBelief[], more: Partial<Moment> = {}): Moment {
  const none = 1 - acts.reduce((sum, act) => sum + act.probability, 0);
  return { time: 12.4, acts, none, novelty: { score: -1, novel: false }, events: [], seen: [...restSeen()], ...more };
}

const WAVING = momentOf([belief("wave", 0.8, { tempo: 1.15 }), belief("bow", 0.1), belief("kick", 0.02)]);

const viewOf = (moment: Moment, more: Partial<View> = {}): View => ({
  source: "walk.bvh",
  pace: "30 Hz",
  moment,
  drawings: drawingsOf({ kind: "person", names: SEEN_NAMES }, moment, []),
  events: ["  12.4 s  recognised: wave 0.93 after 0.8 s"],
  hint: "q to stop",
  ...more,
});

/** Codes as a terminal gets them. */
const COLOURS: Paint = {
  seen: (text) => `\x1b[36m${text}\x1b[39m`,
  done: (text) => `\x1b[33m${text}\x1b[39m`,
  quiet: (text) => `\x1b[90m${text}\x1b[39m`,
  strong: (text) => `\x1b[1m${text}\x1b[22m`,
  fresh: (text) => `\x1b[35m${text}\x1b[39m`,
};

const inked = (lines: readonly string[]): number =>
  [...lines.join("")].reduce((sum, char) => {
    const bits = char.charCodeAt(0) - 0x2800;
    return sum + (bits > 0 && bits < 256 ? bits.toString(2).replaceAll("0", "").length : 0);
  }, 0);

describe("text", () => {
  test("fitted text is exactly as wide as asked, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, columns) => {
        expect(width(fit(text, columns))).toBe(columns);
      }),
      { seed: 1 },
    );
  });

  test("a wide character takes two columns and is not cut in half", () => {
    expect(width("波 a")).toBe(4);
    expect(fit("波波", 3)).toBe("波…");
  });

  test("wrapping keeps every word, in order, within the columns", () => {
    const words = "I know five acts and here comes somebody I have never seen";
    const lines = wrap(words, 17);
    expect(lines.join(" ")).toBe(words);
    expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(17);
  });
});

describe("bars", () => {
  test("a bar is as long as its share, to an eighth of a column", () => {
    expect(bar(0, 20)).toBe("");
    expect(bar(1, 20)).toBe("█".repeat(20));
    expect(bar(0.5, 20)).toBe("█".repeat(10));
    expect(bar(0.5 + 3 / 160, 20)).toBe(`${"█".repeat(10)}▍`);
    expect(bar(7, 3)).toBe("███");
  });

  test("the most probable act is on top, with pace and time left; none of these is last", () => {
    const lines = bars(WAVING, 60, PLAIN);
    expect(lines[0]).toMatch(/^wave .*80 ◑ a bit fast +0\.6 s/);
    expect(lines[1]).toMatch(/^bow .*10 /);
    expect(lines.at(-1)).toMatch(/^none of these .* 8 /);
    const blocks = (text: string): number => text.split("█").length - 1;
    expect(blocks(lines[0])).toBeGreaterThan(6 * blocks(lines[1]));
  });

  test("at most six acts, and an act that is out of the question has no pace", () => {
    const many = Array.from({ length: 20 }, (_, k) => belief(`act ${k}`, k === 0 ? 0.5 : 0.01));
    const lines = bars(momentOf(many), 60, PLAIN);
    expect(lines).toHaveLength(7);
    expect(lines[1]).not.toMatch(/as learned/);
  });

  test("what is new is marked beside none of these", () => {
    const novel = momentOf([belief("wave", 0.1)], { novelty: { score: 2, novel: true } });
    expect(bars(novel, 60, PLAIN).at(-1)).toContain("new");
    expect(bars(WAVING, 60, PLAIN).at(-1)).not.toContain("new");
  });
});

describe("words", () => {
  test("what is said goes with how sure it is", () => {
    expect(say(WAVING)).toBe("I see wave, half done. I expect it to end in half a second.");
    expect(say(momentOf([belief("wave", 0.4), belief("bow", 0.35)]))).toBe("I am not sure yet: wave, or bow.");
    expect(say(momentOf([belief("wave", 0.3)]))).toMatch(/could be wave/);
    expect(say(momentOf([belief("wave", 0.05)]))).toMatch(/none of the acts I know/);
    expect(say(momentOf([belief("wave", 0.05)], { novelty: { score: 1, novel: true } }))).toMatch(/new to me/);
    expect(say(momentOf([]))).toMatch(/no act yet/);
  });

  test("tempo and phase in words and dials, in order", () => {
    expect([0.5, 0.7, 0.9, 1, 1.15, 1.4, 2].map(tempoWords)).toEqual([
      "very slow",
      "slow",
      "a bit slow",
      "as learned",
      "a bit fast",
      "fast",
      "very fast",
    ]);
    expect([0, 0.25, 0.5, 0.75, 1].map(gauge).join("")).toBe("○◔◑◕●");
  });

  test("an event says when, what, how surely and after how long", () => {
    const event = { kind: "recognised", act: "wave", time: 12.4, since: 11.6, probability: 0.931 } as const;
    expect(eventLine(event).trim()).toBe("12.4 s  recognised: wave 0.93 after 0.8 s");
  });
});

describe("canvas and figures", () => {
  test("each of the eight dots of a cell is its own bit", () => {
    const seen = new Set<string>();
    for (let x = 0; x < 2; x++)
      for (let y = 0; y < 4; y++) {
        const canvas = createCanvas(1, 1);
        dot(canvas, x, y);
        seen.add(canvasLines(canvas)[0]);
      }
    expect(seen.size).toBe(8);
    const full = createCanvas(1, 1);
    for (let x = 0; x < 2; x++) line(full, x, 0, x, 3);
    expect(canvasLines(full)).toEqual(["⣿"]);
  });

  test("drawing outside, or nowhere, leaves the canvas alone", () => {
    const canvas = createCanvas(4, 2);
    line(canvas, 100, 100, 200, 300);
    line(canvas, NaN, 0, 3, 3);
    dot(canvas, -1, -1);
    expect(inked(canvasLines(canvas))).toBe(0);
  });

  test("a raised hand is drawn higher than a hanging one, on the person's own left", () => {
    const up = [...restSeen()];
    const at = seenAt("lUpperArm");
    for (const bone of [at, at + 3, at + 6]) up.splice(bone, 3, 0.3, 0.95, 0);
    const size = { columns: 20, rows: 14 };
    const resting = figure([...restSeen()], size);
    const raised = figure(up, size);
    const top = (lines: readonly string[]): number => lines.findIndex((text) => text.trim() !== "");
    expect(top(raised)).toBeLessThan(top(resting));
    // Facing us, their left hand is to our right.
    expect(raised[top(raised)].search(/\S/)).toBeGreaterThan(10);
  });

  test("an uncertain expectation is drawn with fewer dots", () => {
    const seen = [...restSeen()];
    const size = { columns: 20, rows: 14 };
    const sure = inked(
      figure(
        seen,
        size,
        seen.map(() => 0),
      ),
    );
    const unsure = inked(
      figure(
        seen,
        size,
        seen.map(() => 1),
      ),
    );
    expect(unsure).toBeLessThan(0.6 * sure);
    expect(unsure).toBeGreaterThan(0.1 * sure);
  });

  test("where nothing in particular is expected, what is seen stays", () => {
    expect(expectedOr([1, 2, null], [null, 5, null])).toEqual([1, 5, null]);
    expect(expectedOr([1, 2], undefined)).toEqual([1, 2]);
  });

  test("nothing seen is nothing drawn", () => {
    expect(
      inked(
        figure(
          SEEN_NAMES.map(() => null),
          { columns: 10, rows: 5 },
        ),
      ),
    ).toBe(0);
  });
});

describe("traces", () => {
  const circle: Past[] = Array.from({ length: 31 }, (_, t) => ({
    time: t / 30,
    seen: [Math.cos((2 * Math.PI * t) / 30), Math.sin((2 * Math.PI * t) / 30)],
  }));

  test("planes are found by their names", () => {
    expect(planes(["x", "y"])).toEqual([[0, 1]]);
    expect(planes(["pen.x", "pen.y", "pressure"])).toEqual([[0, 1]]);
    expect(planes(["accX", "gyro", "accY"])).toEqual([[0, 2]]);
    expect(planes(["grip"])).toEqual([]);
  });

  test("a circle leaves the middle empty and touches four sides alike", () => {
    const lines = trace(["x", "y"], circle, undefined, { columns: 20, rows: 10 });
    expect(lines).toHaveLength(10);
    expect(lines.every((text) => text.length === 20)).toBe(true);
    expect(lines[5].slice(8, 12)).toBe("    ");
    expect(inked(lines)).toBeGreaterThan(40);
  });

  test("the expected way on adds dots", () => {
    const next = {
      ahead: [0.1, 0.2],
      mean: [
        [1.1, 0.3],
        [1.1, 0.6],
      ],
      sd: [
        [0, 0],
        [0, 0],
      ],
    };
    const size = { columns: 20, rows: 10 };
    expect(inked(trace(["x", "y"], circle, next, size))).toBeGreaterThan(
      inked(trace(["x", "y"], circle, undefined, size)),
    );
  });

  test("a rising channel is a rising line", () => {
    const past = Array.from({ length: 121 }, (_, t) => ({ time: t / 30, seen: [t] }));
    const [text] = sparklines(["grip"], past, undefined, { columns: 40, rows: 3 });
    const course = text.slice(5).trim();
    expect([...course].toSorted().join("")).toBe(course);
    expect(course.startsWith("▁") && course.endsWith("█")).toBe(true);
  });
});

describe("screen", () => {
  test("no line is wider and no view higher than the terminal, with or without colours", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 }), (columns, rows) => {
        for (const paint of [PLAIN, COLOURS]) {
          const lines = screen(viewOf(WAVING), { columns, rows }, paint);
          expect(lines.length).toBeLessThanOrEqual(rows);
          for (const text of lines) expect(width(text)).toBeLessThanOrEqual(columns);
        }
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  test("at 80 x 24 both figures, the top act, what is said and the last event are there", () => {
    const text = screen(viewOf(WAVING), { columns: 80, rows: 24 }, PLAIN).join("\n");
    for (const part of [
      "walk.bvh",
      "30 Hz",
      "seen",
      "expected in",
      "wave",
      "◑",
      "none of these",
      "I see wave",
      "recognised: wave",
      "q to stop",
    ])
      expect(text).toContain(part);
    expect(/[\u2801-\u28ff]/.test(text)).toBe(true);
  });

  test("narrower than 70 columns the figures go and the rest stays", () => {
    const text = screen(viewOf(WAVING), { columns: 60, rows: 24 }, PLAIN).join("\n");
    expect(/[\u2801-\u28ff]/.test(text)).toBe(false);
    for (const part of ["wave", "none of these", "I see wave", "recognised: wave"]) expect(text).toContain(part);
  });

  test("only the last events are shown, the newest last", () => {
    const events = Array.from({ length: 50 }, (_, k) => `event ${k}`);
    const lines = screen(viewOf(WAVING, { events }), { columns: 80, rows: 24 }, PLAIN).map((text) => text.trim());
    const shown = lines.filter((text) => text.startsWith("event"));
    expect(shown.at(-1)).toBe("event 49");
    expect(shown.length).toBeLessThan(10);
    expect(lines).not.toContain("event 0");
  });
});
