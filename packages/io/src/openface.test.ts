import type { Frame, RecordingHeader } from "@attune/core";
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { convert, FACE_SETS, openRecording, readOpenFace, writeOpenFace } from "./index.ts";
import { all, chunked, textOf } from "./testing.ts";

const golden = readFileSync(new URL("fixtures/face.openface.csv", import.meta.url), "utf8");
const unit = (name: string) => (FACE_SETS["facs-17"] as readonly string[]).indexOf(name);
const near = (values: number[]) => values.map((v) => (Number.isNaN(v) ? NaN : expect.closeTo(v, 5)));
const read = (text: string) => all(readOpenFace(chunked(text)));

test("OpenFace: units 0..1, camera axes in mm, a face that was not found is missing", async () => {
  const { header, frames, report } = await all(openRecording(chunked(golden, 7)));
  expect(header).toEqual({
    format: "attune-recording",
    version: 1,
    units: "mm",
    up: "-y",
    faceSet: "facs-17",
    channels: ["AU12_c", "AU28_c"],
  });
  expect(frames.map(({ time, who }) => [time, who])).toEqual([
    [0, "0"],
    [0, "1"],
    [0.04, "0"],
    [0.04, "1"],
  ]);
  const [first, , third, lost] = frames;
  expect([first.face?.[unit("AU12")], first.face?.[unit("AU06")], first.face?.[unit("AU01")]]).toEqual([0.5, 1, 0]);
  expect(first.faceConfidence?.[3]).toBeCloseTo(0.98, 6);
  expect([...(first.gaze ?? [])]).toEqual([0.6, 0, -0.8].map((v) => expect.closeTo(v, 6)));
  // The mean of eyes that look 0.2 to either side looks straight ahead.
  expect([...(third.gaze ?? [])]).toEqual([0, 0, -1]);
  expect([...(first.head ?? [])].slice(4)).toEqual([10, -20, 500]);
  expect([...(first.channels ?? [])]).toEqual([1, 0]);
  for (const values of [lost.face, lost.gaze, lost.head, lost.channels]) expect(values?.every(Number.isNaN)).toBe(true);
  expect(lost.faceConfidence?.[0]).toBe(0.125);
  expect(report.dropped).toEqual({});
  expect(report.warnings).toEqual(["2 columns are left out (landmarks and the like): x_0, ..."]);
});

test("the head's rotation is Rx · Ry · Rz of its angles in radians", async () => {
  const head = (await read(golden)).frames[0].head ?? new Float32Array();
  // (cos x/2 + i sin x/2)(cos y/2 + j sin y/2)(cos z/2 + k sin z/2) for 0.1, 0.2, 0.3.
  const [cx, sx, cy, sy, cz, sz] = [0.05, 0.1, 0.15].flatMap((a) => [Math.cos(a), Math.sin(a)]);
  const wanted = [
    cx * cy * cz - sx * sy * sz,
    sx * cy * cz + cx * sy * sz,
    cx * sy * cz - sx * cy * sz,
    cx * cy * sz + sx * sy * cz,
  ];
  expect([...head].slice(0, 4)).toEqual(wanted.map((v) => expect.closeTo(v, 6)));
});

test("reading, writing and reading again changes nothing", async () => {
  const first = await read(golden);
  const { chunks } = await convert(chunked(golden), { to: { format: "openface" } });
  const text = await textOf(chunks);
  expect(text.split("\n", 1)[0]).toMatch(/^frame,face_id,timestamp,confidence,success,gaze_0_x,.*pose_Rz,AU01_r,/);
  const again = await read(text);
  expect(again.header).toEqual(first.header);
  expect(again.report.warnings).toEqual([]);
  for (const [i, frame] of again.frames.entries())
    for (const field of ["face", "faceConfidence", "gaze", "head", "channels"] as const)
      expect([...(frame[field] ?? [])]).toEqual(near([...(first.frames[i][field] ?? [])]));
});

test("any face, gaze and head come back as they were", async () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const some = fc.double({ min: -1, max: 1, noNaN: true });
  const list = (of: fc.Arbitrary<number>, n: number) => fc.array(of, { minLength: n, maxLength: n });
  const unit = (values: number[]) => values.map((v) => v / Math.hypot(...values));
  const direction = (n: number) =>
    list(some, n)
      .filter((v) => Math.hypot(...v) > 0.1)
      .map(unit);
  await fc.assert(
    fc.asyncProperty(
      list(share, 17),
      share,
      direction(3),
      direction(4),
      list(some, 3),
      async (face, trust, gaze, turn, place) => {
        const header: RecordingHeader = {
          format: "attune-recording",
          version: 1,
          units: "mm",
          up: "-y",
          faceSet: "facs-17",
        };
        const frame: Frame = {
          time: 0,
          who: "3",
          face: Float32Array.from(face),
          faceConfidence: new Float32Array(17).fill(trust),
          gaze: Float32Array.from(gaze),
          head: Float32Array.from([...turn, ...place.map((v) => 1000 * v)]),
        };
        const { frames } = await read(await textOf(writeOpenFace(header, [frame])));
        expect(frames[0].who).toBe("3");
        const back = frames[0];
        // q and -q are one rotation.
        const half = [...(back.head ?? [])].slice(0, 4).reduce((sum, v, k) => sum + v * turn[k], 0) < 0 ? -1 : 1;
        const head = back.head?.map((v, k) => (k < 4 ? half * v : v)) ?? [];
        const pairs = [
          [frame.face, back.face],
          [frame.faceConfidence, back.faceConfidence],
          [frame.gaze, back.gaze],
          [frame.head, head],
        ];
        for (const [one = [], other = []] of pairs)
          for (const [k, v] of one.entries()) expect(Math.abs(other[k] - v)).toBeLessThan(1e-3);
      },
    ),
    { seed: 32, numRuns: 200 },
  );
});

test("metres with y up become OpenFace's millimetres with y down, and what has no place is counted", async () => {
  const header: RecordingHeader = { format: "attune-recording", version: 1, units: "m", up: "y", faceSet: "facs-17" };
  // A quarter turn about z: seen with y and z turned round it is one the other way.
  const head = Float32Array.of(Math.SQRT1_2, 0, 0, Math.SQRT1_2, 0.1, 0.2, -0.5);
  const face = new Float32Array(17).fill(0.2);
  const frame: Frame = { time: 1, who: "ada", face, head, gaze: Float32Array.of(0, 0.6, 0.8), words: ["hm"] };
  const out = writeOpenFace(header, [frame]);
  const { frames } = await read(await textOf(out));
  expect(frames[0].who).toBe("0");
  expect([...(frames[0].head ?? [])]).toEqual(
    [Math.SQRT1_2, 0, 0, -Math.SQRT1_2, 100, -200, 500].map((v) => expect.closeTo(v, 4)),
  );
  expect([...(frames[0].gaze ?? [])]).toEqual([0, -0.6, -0.8].map((v) => expect.closeTo(v, 6)));
  expect(out.report.dropped).toEqual({ "fields the format cannot hold": 1 });
});

test.each([
  ["images", "confidence, success, AU01_r\n1,1,2\n", /no column "timestamp" came.*FeatureExtraction.*\(line 1\)/],
  ["no face", "timestamp,confidence,success\n0,1,1\n", /no action units, gaze or pose came.*\(line 1\)/],
  ["nothing", "", /empty file/],
])("%s is an error", async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test("damaged rows and cells are counted, with the line of the first", async () => {
  const text = "timestamp,confidence,success,AU01_r\n0,1,1,2\n0.1,1,1\n0.2,1,1,x\n0.3,1,1,9\n0.4,1,1,1\n";
  const { frames, report } = await read(text);
  expect(frames.map(({ face }) => face?.[0])).toEqual([0.4, NaN, NaN, 0.2].map((v) => Math.fround(v)));
  expect(report.dropped).toEqual({ "bad rows": 1, "bad values": 2 });
  expect(report.warnings).toEqual([
    "line 3 and others like it are left out: 3 cells came, 4 were wanted",
    '"x" in line 4 is no number: such cells are read as missing',
  ]);
});

test.each([
  [{ faceSet: "arkit-52" }, { face: new Float32Array(52) }, /"arkit-52" came, OpenFace holds "facs-17"/],
  [{ units: "px" }, { head: new Float32Array(7) }, /positions in "px" came, m, cm or mm/],
  [{ up: "z" }, { gaze: new Float32Array(3) }, /up "z" came/],
  [{}, { body: new Float32Array(3) }, /without face, gaze or head/],
] as [Partial<RecordingHeader>, Partial<Frame>, RegExp][])(
  "what it cannot hold is an error",
  async (odd, fields, message) => {
    const header: RecordingHeader = { format: "attune-recording", version: 1, ...odd };
    await expect(textOf(writeOpenFace(header, [{ time: 0, ...fields }]))).rejects.toThrow(message);
  },
);
