import * as fc from "fast-check";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  annotationFormatOfName,
  areAnnotations,
  FormatError,
  openAnnotations,
  openRecording,
  writeAnnotations,
  type Annotation,
  type AnnotationFormat,
} from "./index.ts";
import { bytesOf, chunked, damage, textOf } from "./testing.ts";

const fixture = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url), "utf8");
const eaf = fixture("session.eaf");
const turns = fixture("turns.csv");
const read = (text: string, size?: number) => openAnnotations(chunked(text, size));
const rows = (annotations: readonly Annotation[]) =>
  annotations.map(({ tier, start, end, label }) => [tier, start, end, label]);

test("EAF: seconds, tier after tier; unaligned and referring annotations share spans evenly", async () => {
  const { annotations, report } = await read(eaf, 10);
  expect(rows(annotations)).toEqual([
    ["comment", 3, 4.25, "smiles & nods"],
    ["mother", 0.5, 1.5, "reach"],
    ["mother", 1.5, 2.5, "grasp"],
    ["mother", 3, 4.25, "talk"],
    ["words", 3, 3.625, "hello"],
    ["words", 3.625, 4.25, "you"],
  ]);
  expect(report).toEqual({ frames: 6, dropped: {}, warnings: [] });
  await expect(openRecording(chunked(eaf))).rejects.toThrow(/ELAN's annotations came, a recording was wanted/);
});

test("a table without names, as ELAN exports it: seconds, the tier first, the label last", async () => {
  const { annotations } = await read(turns);
  expect(rows(annotations)).toEqual([
    ["mother", 0.5, 1.25, "vocal"],
    ["baby", 1.5, 3, "smile"],
    ["mother", 2, 2.5, "vocal"],
  ]);
});

test.each([
  ["our own names", "tier,start,end,label\na,0.5,1,x\n"],
  ["a duration", "label\tduration\tonset\ttier\nx\t0.5\t0.5\ta\n"],
  ["milliseconds by name", "Tier;Begin Time - msec;End Time - msec;Annotation\na;500;1000;x\n"],
  ["hours and minutes", "tier,begin,end,value\na,00:00:00.500,0:01,x\n"],
  ["decimal commas", "tier;start_s;stop_s;label\na;0,5;1,0;x\n"],
  ["other columns between", "subject,behavior,note,start,stop\na,x,?,0.5,1\n"],
])("columns are told by name: %s", async (_, text) => {
  expect(await areAnnotations(chunked(text)[0])).toBe(true);
  expect(rows((await read(text)).annotations)).toEqual([["a", 0.5, 1, "x"]]);
});

test("movement is no annotation, and annotations are told from it packed, too", async () => {
  expect(await areAnnotations(chunked("time,hand_x,hand_y\n0,1,2\n")[0])).toBe(false);
  expect(await areAnnotations(chunked("a,1,2,3,4\n")[0])).toBe(false);
  expect(await areAnnotations(chunked("ann,0.5,0.1,wave\n")[0])).toBe(false);
  expect(await areAnnotations(Uint8Array.from(gzipSync(eaf)))).toBe(true);
  expect(await areAnnotations(chunked(turns)[0])).toBe(true);
});

test("names of files", () => {
  expect(annotationFormatOfName("a.b.EAF")).toEqual({ format: "eaf", gzip: false });
  expect(annotationFormatOfName("a.txt.gz")).toEqual({ format: "tsv", gzip: true });
  expect(annotationFormatOfName("a.bvh")).toEqual({ format: undefined, gzip: false });
});

test.each(["eaf", "csv", "tsv"] as const)(
  "any annotations, written as %s and read again, are the same",
  async (format) => {
    const text = fc.string({ unit: "grapheme", maxLength: 12 }).map((s) => s.replace(/[\p{C}\s]+/gu, " ").trim());
    const annotation = fc.record({
      tier: text.map((s) => `t${s}`),
      start: fc.nat(10_000).map((ms) => ms / 1000),
      end: fc.integer({ min: 1, max: 500 }),
      label: text,
    });
    // One after the other, as ELAN wants them in a tier.
    const list = fc.array(annotation, { minLength: 1, maxLength: 20 }).map((all) => {
      let time = 0;
      return all.map(({ end, ...rest }): Annotation => ({
        ...rest,
        start: time,
        end: (time = (Math.round(time * 1000) + end) / 1000),
      }));
    });
    await fc.assert(
      fc.asyncProperty(list, fc.boolean(), async (annotations, gzip) => {
        const out = writeAnnotations(format, annotations, { gzip });
        const bytes = await bytesOf(out);
        const again = await openAnnotations([bytes]);
        const order = (list: readonly Annotation[]) => rows(list.toSorted((a, b) => a.start - b.start));
        expect(order(again.annotations)).toEqual(order(annotations));
        expect([...out.report.warnings, ...again.report.warnings]).toEqual([]);
      }),
      { seed: 21, numRuns: 200 },
    );
  },
);

test("what ELAN cannot hold is moved or told: overlaps, no length, control characters", async () => {
  const list: Annotation[] = [
    { tier: 'a"<', start: 0, end: 2, label: "one\ntwo\t&" },
    { tier: 'a"<', start: 1, end: 1, label: "in\u0001side" },
  ];
  const out = writeAnnotations("eaf", list);
  const { annotations } = await read(await textOf(out));
  expect(rows(annotations)).toEqual([
    ['a"<', 0, 2, "one\ntwo\t&"],
    ['a"< (2)', 1, 1.001, "in\uFFFDside"],
  ]);
  expect(out.report.warnings).toHaveLength(3);
  expect(() => writeAnnotations("eaf", [{ tier: "a", start: -1, end: 0, label: "" }])).toThrow(
    /at -1 s came, 0 s or later/,
  );
  expect(() => writeAnnotations("csv", [{ tier: "a", start: 1, end: 0, label: "" }])).toThrow(/from 1 s to 0 s came/);
});

test.each([
  ["XML cut", eaf.slice(0, 900), /no whole XML: .* \(line \d+\)/],
  ["other XML", "<html/>", /<html> came, ELAN's <ANNOTATION_DOCUMENT> was wanted \(line 1\)/],
  ["a slot without a name", eaf.replace('TIME_SLOT_ID="ts2"', ""), /<TIME_SLOT> without TIME_SLOT_ID came \(line 10\)/],
  ["a time that is none", eaf.replace('"2500"', '"soon"'), /TIME_VALUE "soon" came, a number was wanted \(line 11\)/],
  ["an id twice", eaf.replace('"a2"', '"a1"'), /ANNOTATION_ID "a1" came twice.*\(line 29\)/],
  ["units of time", eaf.replace('"milliseconds"', '"days"'), /TIME_UNITS "days" came.*\(line 5\)/],
  ["a table of something else", "a,b\n1,2\n", /"a,b" came, names of columns.*\(line 1\)/],
  ["times that fall", "tier,start,end,label\na,2,1,x\n", /no annotation could be read: line 2 .* from "2" to "1" came/],
  ["nothing", "", /empty file/],
])("%s is an error", async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message);
});

test("references to nothing and in circles are left out, counted", async () => {
  const circle = eaf
    .replace('ANNOTATION_REF="a3">', 'ANNOTATION_REF="a6">')
    .replace('ANNOTATION_REF="a3">', 'ANNOTATION_REF="a5">');
  const { annotations, report } = await read(circle.replace('REF2="ts5"', 'REF2="ts9"'));
  expect(annotations.map(({ label }) => label)).toEqual(["reach", "grasp"]);
  expect(report.dropped).toEqual({ "annotations without a time": 4 });
  expect(report.warnings).toEqual([
    '"a5" in line 17 has no time and is left out: its slots or the one it refers to are missing',
  ]);
});

test("bad rows of a table are counted, with the line of the first", async () => {
  const { annotations, report } = await read("tier,start,end,label\na,1,2,x\na,1\nb,now,2,y\n");
  expect(annotations).toHaveLength(1);
  expect(report.dropped).toEqual({ "bad rows": 2 });
  expect(report.warnings).toEqual(["line 3 and others like it are left out: 2 cells came, 4 were wanted"]);
});

async function check(bytes: Uint8Array, size: number): Promise<void> {
  try {
    const { annotations, report } = await openAnnotations(chunked(bytes, size));
    expect(report.frames).toBe(annotations.length);
    for (const { start, end } of annotations) expect(start <= end && Number.isFinite(end - start)).toBe(true);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.message).not.toContain("\n");
  }
}

test.each([
  ["EAF", eaf],
  ["a table", turns],
])("damaged %s, and any bytes: FormatError or an honest report", async (_, text) => {
  const bytes = chunked(text)[0];
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const edits = fc.array(fc.tuple(fc.nat(3), unit, fc.nat(255)), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(edits, unit, fc.uint8Array({ maxLength: 200 }), async (edits, keep, junk) => {
      await check(damage(bytes, edits, 1), 13);
      await check(damage(bytes, edits, keep), 4096);
      await check(junk, 1);
      await check(Uint8Array.from([...chunked("<ANNOTATION_DOCUMENT>")[0], ...junk]), 7);
    }),
    { seed: 22, numRuns: 300 },
  );
});

test("long chains and deep files are read in one pass", async () => {
  const n = 50_000;
  const chain = Array.from(
    { length: n },
    (_, k) => `<REF_ANNOTATION ANNOTATION_ID="r${k}" ANNOTATION_REF="r${k + 1}"/>`,
  );
  const root = '<ALIGNABLE_ANNOTATION ANNOTATION_ID="rN" TIME_SLOT_REF1="a" TIME_SLOT_REF2="b"/>'.replace(
    "rN",
    `r${n}`,
  );
  const slots = '<TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="0"/><TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="1000"/>';
  const text = `<ANNOTATION_DOCUMENT>${slots}${chain.join("\n")}${root}</ANNOTATION_DOCUMENT>`;
  const { annotations } = await read(text);
  expect(annotations).toHaveLength(n + 1);
  for (const text of ["<a>", "<ANNOTATION_DOCUMENT>", '<ANNOTATION_DOCUMENT a="', "<!--", "a;b;", "<!DOCTYPE ["])
    await check(chunked(text.repeat(2_000_000 / text.length))[0], 65_536);
});

const formats: AnnotationFormat[] = ["eaf", "csv", "tsv"];
test.each(formats)("no annotations as %s is a file that says so", async (format) => {
  const { annotations, report } = await openAnnotations(writeAnnotations(format, []));
  expect(annotations).toEqual([]);
  expect(report.warnings).toEqual(["the file has no annotations"]);
});
