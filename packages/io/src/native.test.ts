import type { Frame, RecordingHeader } from "@attune/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { float32ToText } from "./decimal.ts";
import { FormatError, gzip, readNative, writeNative } from "./index.ts";
import { all, bytesOf, chunked, textOf } from "./testing.ts";

const header: RecordingHeader = {
  format: "attune-recording",
  version: 1,
  skeleton: { name: "arm", joints: ["r-shoulder", "r-wrist"], dims: 3, parents: [-1, 0] },
  units: "m",
  up: "y",
  faceSet: "ARKit-52",
  channels: ["pen"],
  rate: 30,
  source: "test",
  consent: "given",
};
const head = JSON.stringify(header);
const line = (time: number, more = "") => `{"time":${time},"channels":[1]${more}}`;
const lines = (n: number) => Array.from({ length: n }, (_, i) => line(i / 30));
const read = (text: string) => all(readNative(chunked(text)));
const atTimes = (times: number[]) => `${head}\n${times.map((t) => line(t)).join("\n")}\n`;

const full: Frame = {
  time: 1.25,
  who: "ann",
  body: Float32Array.of(0.1, NaN, -0, 1e-30, 3.4e38, 1 / 3),
  bodyConfidence: Float32Array.of(0, 1),
  face: Float32Array.of(0.5, NaN),
  faceConfidence: Float32Array.of(1, 0.25),
  gaze: Float32Array.of(0, 0, 1),
  head: Float32Array.of(1, 0, 0, 0, 0.1, 0.2, 0.3),
  voice: { pitchHz: NaN, loudness: 0.2, speaking: false },
  channels: Float32Array.of(7),
  sounds: ["laugh"],
  words: ["NaN", 'say "hi"', "日本"],
  objects: [{ kind: "cup", position: [0.1, 0.2, NaN], role: "target" }],
};

test("every field of a frame survives writing and reading", async () => {
  const frames = [{ ...full, time: 1 }, full, { time: 2 }];
  const back = await all(readNative(writeNative(header, frames)));
  expect(back.header).toEqual(header);
  expect(back.frames).toEqual(frames);
  expect(back.report).toEqual({ frames: 3, dropped: {}, warnings: [] });
});

test("float32 values come back bit for bit, in at most nine digits", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), async (values) => {
      const channels = Float32Array.from(values);
      const names = values.map((_, i) => `c${i}`);
      const written = await textOf(writeNative({ ...header, channels: names }, [{ time: 0, channels }]));
      for (const number of written.split("\n")[1].match(/[\d.]+(?=e|,|\])/g) ?? [])
        expect(number.replace(/^[0.]+|\D/g, "").replace(/0+$/, "").length).toBeLessThanOrEqual(9);
      const back = await read(written);
      expect(new Uint32Array((back.frames[0].channels as Float32Array).buffer)).toEqual(
        new Uint32Array(channels.buffer),
      );
    }),
    { seed: 1, numRuns: 300 },
  );
});

test("no shorter decimal than the one written reads back as the same float32", () => {
  fc.assert(
    fc.property(
      fc.float({ noNaN: true, noDefaultInfinity: true, min: Math.fround(1e-30), max: Math.fround(1e30) }),
      (value) => {
        const digits = float32ToText(value)
          .replace(/e.*/, "")
          .replace(/\D/g, "")
          .replace(/^0+|0+$/g, "").length;
        if (digits > 6) expect(Math.fround(Number(value.toPrecision(digits - 1)))).not.toBe(value);
      },
    ),
    { seed: 2, numRuns: 2000 },
  );
});

test("simple values are written simply", async () => {
  const channels = Float32Array.of(0.1, 1, -2.5, NaN, 1e-10, 16777216, 0.30000001192092896);
  const names = Array.from(channels, (_, i) => `c${i}`);
  const text = await textOf(writeNative({ ...header, channels: names }, [{ time: 0.1, channels }]));
  expect(text.split("\n")[1]).toBe('{"time":0.1,"channels":[0.1,1,-2.5,null,1e-10,16777216,0.3]}');
});

test("what is written is valid against docs/schema/recording.schema.json", async () => {
  const file = new URL("../../../docs/schema/recording.schema.json", import.meta.url);
  const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
  ajv.addSchema(JSON.parse(readFileSync(file, "utf8")), "recording");
  const isHeader = ajv.getSchema("recording#/$defs/header");
  const isFrame = ajv.getSchema("recording#/$defs/frame");
  const isLine = ajv.getSchema("recording");
  if (!isHeader || !isFrame || !isLine) throw new Error("the schema has no header or frame");
  const [first, ...rest] = (await textOf(writeNative(header, [full, { time: 2 }]))).trim().split("\n");
  expect(isHeader(JSON.parse(first)), JSON.stringify(isHeader.errors)).toBe(true);
  for (const text of rest) expect(isFrame(JSON.parse(text)), JSON.stringify(isFrame.errors)).toBe(true);
  for (const text of [first, ...rest]) expect(isLine(JSON.parse(text))).toBe(true);

  expect(isHeader({ ...header, version: 2 })).toBe(false);
  expect(isHeader({ ...header, units: "inch" })).toBe(false);
  expect(isFrame({ time: 0, gaze: [1] })).toBe(false);
  expect(isFrame({ body: [] })).toBe(false);
});

test("chunk borders, CRLF, a byte order mark and blank lines change nothing", async () => {
  const text = `${head}\n${lines(5).join("\n")}\n`;
  const wanted = await read(text);
  const odd = `\uFEFF${text.replaceAll("\n", "\r\n")}\r\n\r\n`;
  for (const size of [1, 2, 3, 7, 64]) {
    const { frames, report } = await all(readNative(chunked(odd, size)));
    expect(frames).toEqual(wanted.frames);
    expect(report).toEqual({ frames: 5, dropped: {}, warnings: [] });
  }
});

test("gzip: round trip, our packing is what zlib unpacks, and the same bytes give the same file", async () => {
  const frames = Array.from({ length: 3000 }, (_, i): Frame => ({
    time: i / 30,
    channels: Float32Array.of(Math.sin(i)),
  }));
  const plain = await bytesOf(writeNative(header, frames));
  const packed = await bytesOf(gzip([plain]));
  expect(Uint8Array.from(gunzipSync(packed))).toEqual(plain);
  expect(await bytesOf(gzip(chunked(plain)))).toEqual(packed);
  for (const size of [7, 1000, Infinity]) {
    const back = await all(readNative(chunked(packed, size)));
    expect(back.frames).toEqual(frames);
    expect(back.report.warnings).toEqual([]);
  }
});

test("gzip in several members, and bytes after the end", async () => {
  const members = [`${head}\n`, `${line(0)}\n`, `${line(1 / 30)}\n`].map((text) => gzipSync(text));
  const joined = Uint8Array.from(members.flatMap((member) => [...member]));
  for (const size of [1, 5, Infinity]) {
    const whole = await all(readNative(chunked(joined, size)));
    expect(whole.report).toEqual({ frames: 2, dropped: {}, warnings: [] });
    const padded = await all(readNative(chunked(Uint8Array.from([...joined, ...new Uint8Array(100)]), size)));
    expect(padded.frames).toEqual(whole.frames);
    expect(padded.report.warnings).toEqual(["bytes after the end of the gzip data are left out"]);
  }
});

test("gzip cut anywhere delivers whole frames only, with one warning", async () => {
  const text = `${head}\n${Array.from({ length: 400 }, (_, i) => line(i / 30, `,"words":["w${(i * 7919) % 1000}"]`)).join("\n")}\n`;
  const packed = Uint8Array.from(gzipSync(text));
  const whole = await read(text);
  for (let end = 300; end < packed.length - 8; end += 97) {
    const { frames, report } = await all(readNative(chunked(packed.subarray(0, end), 256)));
    expect(frames).toEqual(whole.frames.slice(0, frames.length));
    expect(report.warnings.filter((w) => w.includes("stops before the end of its gzip data"))).toHaveLength(1);
    expect(report.warnings.length).toBe(frames.length > 0 ? 1 : 2);
    expect(frames.length / 400).toBeGreaterThan(end / packed.length - 0.25);
  }
});

test("gzip with a wrong checksum says so", async () => {
  const packed = Uint8Array.from(gzipSync(`${head}\n${line(0)}\n`));
  packed[packed.length - 6] ^= 1;
  const { report } = await all(readNative([packed]));
  expect(report.warnings).toEqual([expect.stringContaining("checksum")]);
});

test("a newer version is refused with the way out", async () => {
  const newer = `${JSON.stringify({ ...header, version: 2 })}\n`;
  await expect(readNative(chunked(newer))).rejects.toThrow(
    /version 2 came, this program reads version 1: update it.*line 1/,
  );
});

test.each([
  ["an empty file", "", /empty file/],
  ["blank lines only", "\n\r\n  \n", /empty file/],
  ["no JSON", "time,x\n", /a header in one line of JSON was wanted/],
  ["another JSON", '{"a":1}\n', /"format"/],
  ["unknown units", `${JSON.stringify({ ...header, units: "inch" })}\n`, /"units" "inch" came, one of m, cm/],
  ["rate 0", `${JSON.stringify({ ...header, rate: 0 })}\n`, /"rate" 0 came/],
  [
    "a circle of parents",
    `${JSON.stringify({ ...header, skeleton: { name: "o", joints: ["a", "b"], dims: 3, parents: [1, 0] } })}\n`,
    /circle/,
  ],
  [
    "a joint twice",
    `${JSON.stringify({ ...header, skeleton: { name: "o", joints: ["a", "a"], dims: 3 } })}\n`,
    /"a" twice/,
  ],
  ["UTF-16", "\u00ff\u00fe", /UTF-16/],
])("%s is an error in one line", async (_, text, message) => {
  const bytes = text === "\u00ff\u00fe" ? Uint8Array.of(0xff, 0xfe, 0x7b, 0) : undefined;
  const failure = await readNative(bytes ? [bytes] : chunked(text)).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(FormatError);
  expect((failure as Error).message).toMatch(message);
  expect((failure as Error).message).not.toContain("\n");
});

test("only rows that cannot be read, and only missing values, are errors at the end", async () => {
  await expect(read(`${head}\nnonsense\n{}\n`)).rejects.toThrow(/no frame could be read: 2 rows came, line 2/);
  const missing = '{"time":0,"channels":[null],"body":[null,null,null,null,null,null]}';
  await expect(read(`${head}\n${missing}\n`)).rejects.toThrow(/nothing but missing values came in 1 frame/);
});

test("a header alone is a recording without frames", async () => {
  const { frames, report } = await read(head);
  expect(frames).toEqual([]);
  expect(report.warnings).toEqual(["the file has no frames"]);
});

test("a frame of NaN among others is delivered", async () => {
  const { frames } = await read(`${head}\n{"time":0,"channels":[null]}\n${line(1)}\n`);
  expect(frames.map((frame) => frame.channels?.[0])).toEqual([NaN, 1]);
});

test("non-finite numbers become NaN, also those other programs write bare", async () => {
  const text = `${head}\n{"time":0,"channels":[NaN],"words":["NaN"]}\n{"time":0.1,"channels":[-Infinity]}\n{"time":0.2,"channels":[1e300]}\n${line(0.3)}\n`;
  const { frames, report } = await read(text);
  expect(frames.map((frame) => frame.channels?.[0])).toEqual([NaN, NaN, NaN, 1]);
  expect(frames[0].words).toEqual(["NaN"]);
  expect(report.dropped).toEqual({});
});

test("bad rows are counted and named once, with the first line's number", async () => {
  const bad = [
    "{",
    "[]",
    "7",
    '{"time":"1"}',
    '{"time":null}',
    line(9, ',"gaze":[1]'),
    line(9, ',"body":[1]'),
    line(9, ',"face":{}'),
  ];
  const { frames, report } = await read(`${head}\n${line(0)}\n${bad.join("\n")}\n${line(10)}\n`);
  expect(frames.map((frame) => frame.time)).toEqual([0, 10]);
  expect(report.dropped).toEqual({ "bad rows": bad.length });
  expect(report.warnings).toEqual([expect.stringMatching(/^line 3 and others like it are left out: not JSON/)]);
});

test("where the header does not say how long an array is, the first frame does", async () => {
  const named = '{"format":"attune-recording","version":1,"skeleton":"coco-17"}';
  const rows = ['{"time":0,"body":[1,2]}', '{"time":1,"body":[1,2,3]}', '{"time":2,"body":[3,4],"face":[1]}'];
  const { frames, report } = await read(`${named}\n${rows.join("\n")}\n{"time":3,"face":[]}\n`);
  expect(frames.map((frame) => frame.time)).toEqual([0, 2]);
  expect(report.dropped).toEqual({ "bad rows": 2 });
});

test("a half last line is left out; a whole one without a line end is read", async () => {
  const cut = await read(`${head}\n${line(0)}\n${line(1).slice(0, -4)}`);
  expect(cut.frames).toHaveLength(1);
  expect(cut.report.dropped).toEqual({ "half lines": 1 });
  const whole = await read(`${head}\n${line(0)}\n${line(1)}`);
  expect(whole.frames).toHaveLength(2);
});

test("frames not later than the one before are left out, person by person", async () => {
  const times = [0, 1, 1, 0.5, 2];
  const one = await read(`${head}\n${times.map((t) => line(t)).join("\n")}\n`);
  expect(one.frames.map((frame) => frame.time)).toEqual([0, 1, 2]);
  expect(one.report.dropped).toEqual({ "times not increasing": 2 });
  expect(one.report.warnings).toHaveLength(1);
  const two = await read(
    `${head}\n${[0, 1, 2].flatMap((t) => ["a", "b"].map((who) => line(t, `,"who":"${who}"`))).join("\n")}\n`,
  );
  expect(two.frames).toHaveLength(6);
  expect(two.report.dropped).toEqual({});
  const back = [0, 1, 0.5].flatMap((t) => ["a", "b"].map((who) => line(t, `,"who":"${who}"`)));
  expect((await read(`${head}\n${back.join("\n")}\n`)).report.dropped).toEqual({ "times not increasing": 2 });
});

test("a rate that changes is told once, with the time; jitter and lost frames are no change", async () => {
  const change = [...Array.from({ length: 60 }, (_, i) => i / 30), ...Array.from({ length: 60 }, (_, i) => 2 + i / 15)];
  const changed = await read(atTimes(change));
  expect(changed.frames.map((frame) => frame.time)).toEqual(change);
  expect(changed.report.warnings).toEqual([
    "the rate changes from 30 to 15 frames a second at 2 s: frames keep their own times",
  ]);
  const shaky = Array.from({ length: 120 }, (_, i) => Math.round((i / 30) * 1000) / 1000).filter(
    (_, i) => i % 10 !== 7,
  );
  expect((await read(atTimes(shaky))).report.warnings).toEqual([]);
});

test("fields of a later version are left out and named", async () => {
  const text = `${JSON.stringify({ ...header, lens: "50mm" })}\n${line(0, ',"smell":1')}\n${line(1, ',"smell":1')}\n`;
  const { frames, header: back, report } = await read(text);
  expect(back).toEqual(header);
  expect(frames).toHaveLength(2);
  expect(report.dropped).toEqual({ "unknown fields": 3 });
});

test("a line of more than 16 MB is an error, not a growing memory", async () => {
  let given = 0;
  function* endless() {
    yield chunked(`${head}\n`)[0];
    for (;;) {
      given++;
      yield new Uint8Array(1 << 20).fill(32);
    }
  }
  await expect(all(readNative(endless()))).rejects.toThrow(/more than 16777216 bytes came.*line 2/);
  expect(given).toBeLessThan(20);
});

test("200 000 lines: never more than one chunk is ahead of the frames delivered, and the source is closed", async () => {
  const total = 200_000;
  const perChunk = 50;
  let made = 0;
  let closed = false;
  async function* source() {
    try {
      yield chunked(`${head}\n`)[0];
      while (made < total) {
        const from = made;
        made += perChunk;
        yield chunked(Array.from({ length: perChunk }, (_, i) => `${line((from + i) / 30)}\n`).join(""))[0];
      }
    } finally {
      closed = true;
    }
  }
  const { frames, report } = await readNative(source());
  let seen = 0;
  let ahead = 0;
  for await (const _ of frames) {
    ahead = Math.max(ahead, made - seen);
    seen++;
  }
  expect(seen).toBe(total);
  expect(report.frames).toBe(total);
  expect(ahead).toBeLessThanOrEqual(2 * perChunk);
  expect(closed).toBe(true);

  made = 0;
  closed = false;
  const again = await readNative(source());
  for await (const _ of again.frames) break;
  expect(closed).toBe(true);
  made = 0;
  closed = false;
  await expect(
    readNative(
      (async function* () {
        try {
          yield chunked("no header\n")[0];
        } finally {
          closed = true;
        }
      })(),
    ),
  ).rejects.toThrow(FormatError);
  expect(closed).toBe(true);
});

test("what cannot be read back is not written", async () => {
  expect(() => writeNative({ ...header, rate: -1 }, [])).toThrow(FormatError);
  await expect(textOf(writeNative(header, [{ time: NaN }]))).rejects.toThrow(/time NaN came/);
});
