import { describe, expect, test } from "vitest";
import { UserError } from "./fail.ts";
import { columns, coordinates, count, positive, segment, speed, via } from "./options.ts";

describe("what can be typed after an option", () => {
  test("segments, open at either end", () => {
    expect(segment("1.2:2.9")).toEqual({ from: 1.2, to: 2.9 });
    expect(segment(":2.9")).toEqual({ from: -Infinity, to: 2.9 });
    expect(segment("1.2:")).toEqual({ from: 1.2, to: Infinity });
    for (const bad of ["", ":", "1", "1:2:3", "a:b", "2:1", "1:1", "NaN:2", "1,2:2"])
      expect(() => segment(bad)).toThrow(UserError);
  });

  test("speed is real time, a factor or max", () => {
    expect(speed("1")).toBe(1);
    expect(speed("0.5")).toBe(0.5);
    expect(speed("max")).toBe("max");
    for (const bad of ["0", "-1", "fast", "Infinity", ""]) expect(() => speed(bad)).toThrow(UserError);
  });

  test("numbers are refused rather than guessed", () => {
    expect(coordinates("--to", "0.2,-.1,9e-1")).toEqual([0.2, -0.1, 0.9]);
    expect(() => coordinates("--to", "0.2,,1")).toThrow(/--to/);
    expect(() => coordinates("--to", "0x10,1,1")).toThrow(UserError);
    expect(positive("--rate", "29.97", "")).toBe(29.97);
    for (const bad of ["0", "-3", "1e999", "30 Hz"]) expect(() => positive("--rate", bad, "Hz")).toThrow(UserError);
    for (const bad of ["-1", "1.5", "one", ""]) expect(() => count("--item", bad)).toThrow(UserError);
  });

  test("a via-point has a phase, a place and perhaps a hand", () => {
    expect(via("0.5:0.2,0.1,0.9")).toEqual({ phase: 0.5, at: [0.2, 0.1, 0.9] });
    expect(via("0.5:0.2,0.1,0.9@left")).toEqual({ phase: 0.5, at: [0.2, 0.1, 0.9], hand: "left" });
    for (const bad of ["0.5", "1.5:0,0,0", "x:0,0,0", "0.5:0,0,0@foot", "0.5:a,b,c", ":1,2,3"])
      expect(() => via(bad)).toThrow(UserError);
  });

  test("columns become the map of a CSV file", () => {
    expect(columns("time=t,wrist=wx/wy/wz,who=name,pressure")).toEqual({
      time: "t",
      who: "name",
      joints: { wrist: ["wx", "wy", "wz"] },
      channels: ["pressure"],
    });
    expect(columns("time_ms=stamp,pen=x/y")).toEqual({ time: "stamp", timeUnit: "ms", joints: { pen: ["x", "y"] } });
    expect(columns("hand=a/b/c/p").confidence).toEqual({ hand: "p" });
    for (const bad of ["grip=g", "wrist=a/b/c/d/e", "=x", "wrist=a//c", ""])
      expect(() => columns(bad)).toThrow(UserError);
  });
});
