import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FACE_SETS, openRecording, readLiveLink } from "./index.ts";
import { all, chunked } from "./testing.ts";

const golden = readFileSync(new URL("fixtures/take.livelink.csv", import.meta.url), "utf8");
const read = (text: string, hints = {}) => all(readLiveLink(chunked(text), hints));
const shape = (name: string) => (FACE_SETS["arkit-52"] as readonly string[]).indexOf(name);

test("Live Link Face: shapes 0..1, timecodes as seconds from the first, over midnight, no face is missing", async () => {
  const { header, frames, report } = await all(openRecording(chunked(golden, 50)));
  expect(header).toEqual({
    format: "attune-recording",
    version: 1,
    faceSet: "arkit-52",
    channels:
      "HeadYaw HeadPitch HeadRoll LeftEyeYaw LeftEyePitch LeftEyeRoll RightEyeYaw RightEyePitch RightEyeRoll".split(
        " ",
      ),
    rate: 30,
  });
  expect(frames.map(({ time }) => time)).toEqual([0, 1, 2, 3, 4].map((k) => expect.closeTo(k / 30, 6)));
  const [first, lost, third] = frames;
  expect(first.face).toHaveLength(52);
  expect([third.face?.[shape("eyeBlinkLeft")], third.face?.[shape("jawOpen")]]).toEqual([0.25, 0.5]);
  expect(third.face?.[shape("tongueOut")]).toBe(1);
  expect([...(first.channels ?? [])].slice(0, 3)).toEqual([0.1, -0.2, 0.3].map((v) => Math.fround(v)));
  expect(lost.face?.every(Number.isNaN)).toBe(true);
  expect(report).toEqual({ frames: 5, dropped: {}, warnings: [] });
});

test("frames a second: the caller's, else what the frame numbers show, else 60, told", async () => {
  const take = (codes: string[]) =>
    `Timecode,BlendShapeCount,eyeBlinkLeft\n${codes.map((code) => `${code},52,0.5\n`).join("")}`;
  const second = (rate: number) =>
    Array.from({ length: rate + 5 }, (_, i) => `01:00:0${Math.floor(i / rate)}:${i % rate}`);
  for (const rate of [24, 25, 30, 60]) expect((await read(take(second(rate)))).header.rate).toBe(rate);
  const short = await read(take(["01:00:00:00", "01:00:00:06.5"]));
  expect(short.frames.map(({ time }) => time)).toEqual([0, expect.closeTo(6.5 / 60, 9)]);
  expect(short.report.warnings).toEqual(["timecodes are taken to count 60 frames a second, for want of a rate"]);
  // At 29.97 a second, as NTSC counts.
  expect((await read(take(second(30)), { rate: 29.97 })).report.dropped).toEqual({});
});

test.each([
  [
    "no shapes",
    "Timecode,BlendshapeCount,Nose\n00:00:00:00,0,1\n",
    /columns "Timecode, BlendshapeCount, Nose" came.*\(line 1\)/,
  ],
  [
    "no timecode",
    "Timecode,BlendshapeCount,JawOpen\n0.5,52,1\n",
    /"0.5" came, a timecode hh:mm:ss:ff.fff was wanted \(line 2\)/,
  ],
  ["nothing", "", /empty file/],
])("%s is an error", async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test("damaged rows and cells are counted, with the line of the first", async () => {
  const rows = ["00:00:00:59,52,1", "00:00:01:00,52,wide", "now,52,1", "00:00:01:02,52", "00:00:01:03,52,0"];
  const { frames, report } = await read(`Timecode,BlendshapeCount,JawOpen\n${rows.join("\n")}\n`);
  expect(frames.map(({ face }) => face?.[shape("jawOpen")])).toEqual([1, NaN, 0]);
  expect(report.dropped).toEqual({ "bad rows": 2, "bad values": 1 });
  expect(report.warnings).toContain('"wide" in line 3 is no number: such cells are read as missing');
});
