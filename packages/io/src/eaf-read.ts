// ELAN's .eaf: XML with a list of time slots and tiers of annotations. An annotation stands between two
// slots, or refers to one of another tier and has its times. Slots may lack a time: such annotations share
// the span between their neighbours evenly, as ELAN shows them, and so do several that refer to the same
// one.

import { SaxesParser, type SaxesTagPlain } from "saxes";
import type { Annotation, Annotations } from "./annotations.ts";
import type { Chunks } from "./bytes.ts";
import { FormatError, quote } from "./errors.ts";
import { maybeGunzip } from "./gzip.ts";
import { lines } from "./lines.ts";
import { createReporter, type Reporter } from "./report.ts";

type Parser = SaxesParser<{ position: true; xmlns: false }>;

/** As it stands in the file. */
interface Entry {
  readonly tier: string;
  /** Line of the file. */
  readonly line: number;
  readonly slots?: readonly [string, string];
  /** The annotation it refers to. */
  readonly parent?: string;
  label: string;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Document {
  /** Of time, units a second. */
  unit: number;
  readonly slots: Map<string, number>;
  readonly entries: Map<string, Entry>;
}

/** Units a second. */
const UNITS: Readonly<Record<string, number>> = { milliseconds: 1000, "PAL-frames": 25, "NTSC-frames": 30_000 / 1001 };

/**
 * Reads an EAF file, gzipped or not, tier after tier as in the file. Annotations whose slots or parents are
 * not there are left out and counted; languages, vocabularies and media are not read.
 *
 * @throws FormatError when it is no XML or no EAF, with the line
 */
export async function readEaf(chunks: Chunks): Promise<Annotations> {
  const reporter = createReporter();
  const document: Document = { unit: 1000, slots: new Map(), entries: new Map() };
  const parser = createParser(document);
  let last = 0;
  for await (const line of lines(await maybeGunzip(chunks, reporter), reporter)) {
    parser.write(`${line.text}\n`);
    last = line.number;
  }
  if (last === 0) throw new FormatError("an empty file came, an EAF file was wanted");
  parser.close();
  const annotations = resolve(document, reporter);
  reporter.report.frames = annotations.length;
  if (annotations.length === 0) {
    const why = reporter.report.warnings.join("; ");
    if (document.entries.size > 0) throw new FormatError(`no annotation could be read: ${why}`);
    reporter.warn("none", "the file has no annotations");
  }
  return { annotations, report: reporter.report };
}

function createParser(document: Document): Parser {
  const parser: Parser = new SaxesParser({ position: true, xmlns: false });
  let root = true;
  let tier = "";
  let open: Entry | undefined;
  let inValue = false;
  const fail = (message: string): never => {
    throw new FormatError(message, { line: parser.line });
  };
  const need = ({ name, attributes }: SaxesTagPlain, attribute: string): string =>
    attributes[attribute] ?? fail(`<${name}> without ${attribute} came`);

  parser.on("error", ({ message }) => fail(`no whole XML: ${message.replace(/^\d+:\d+:\s*/, "")}`));
  parser.on("opentag", (tag) => {
    const { name, attributes } = tag;
    if (root && name !== "ANNOTATION_DOCUMENT") fail(`<${name}> came, ELAN's <ANNOTATION_DOCUMENT> was wanted`);
    root = false;
    if (name === "HEADER") {
      const unit = attributes["TIME_UNITS"] ?? "milliseconds";
      document.unit = UNITS[unit] ?? fail(`TIME_UNITS ${quote(unit)} came, ${Object.keys(UNITS).join(", ")} are known`);
    } else if (name === "TIME_SLOT") {
      const value = attributes["TIME_VALUE"];
      const time = value === undefined ? NaN : /^\d{1,15}$/.test(value) ? Number(value) : undefined;
      document.slots.set(
        need(tag, "TIME_SLOT_ID"),
        time ?? fail(`TIME_VALUE ${quote(value)} came, a number was wanted`),
      );
    } else if (name === "TIER") tier = need(tag, "TIER_ID");
    else if (name === "ALIGNABLE_ANNOTATION" || name === "REF_ANNOTATION") {
      const how: Pick<Entry, "slots" | "parent"> =
        name === "REF_ANNOTATION"
          ? { parent: need(tag, "ANNOTATION_REF") }
          : { slots: [need(tag, "TIME_SLOT_REF1"), need(tag, "TIME_SLOT_REF2")] };
      const id = need(tag, "ANNOTATION_ID");
      if (document.entries.has(id)) fail(`ANNOTATION_ID ${quote(id)} came twice, each once was wanted`);
      open = { tier, line: parser.line, ...how, label: "" };
      document.entries.set(id, open);
    } else if (name === "ANNOTATION_VALUE") inValue = true;
  });
  parser.on("text", (text) => {
    if (inValue && open) open.label += text;
  });
  parser.on("cdata", (text) => {
    if (inValue && open) open.label += text;
  });
  parser.on("closetag", ({ name }) => {
    if (name === "ANNOTATION_VALUE") inValue = false;
  });
  return parser;
}

function resolve({ unit, slots, entries }: Document, reporter: Reporter): Annotation[] {
  const spans = new Map<string, Span>();
  alignedSpans(slots, entries, spans);
  // Who refers to whom, by parent, then by tier: those of one tier share the parent's span in order.
  const families = new Map<string, Map<string, string[]>>();
  for (const [id, { tier, parent }] of entries) {
    if (parent === undefined) continue;
    const family = families.get(parent) ?? new Map<string, string[]>();
    const siblings = family.get(tier) ?? [];
    siblings.push(id);
    families.set(parent, family.set(tier, siblings));
  }
  // Grows while it is walked. What refers to nothing, or in a circle, is never reached.
  const placed = [...spans.keys()];
  for (const parent of placed) {
    const { start, end } = spans.get(parent) as Span;
    for (const children of families.get(parent)?.values() ?? []) {
      const part = (end - start) / children.length;
      for (const [k, id] of children.entries()) spans.set(id, { start: start + k * part, end: start + (k + 1) * part });
      for (const id of children) placed.push(id);
    }
  }
  return [...entries].flatMap(([id, { tier, label, line }]): Annotation[] => {
    const span = spans.get(id);
    if (span && span.start <= span.end) return [{ tier, start: span.start / unit, end: span.end / unit, label }];
    const why = span ? "it ends before it begins" : "its slots or the one it refers to are missing";
    reporter.drop("annotations without a time", `${quote(id)} in line ${line} has no time and is left out: ${why}`);
    return [];
  });
}

/** Spans of annotations between slots; runs of them over slots without a time share their span evenly. */
function alignedSpans(
  slots: ReadonlyMap<string, number>,
  entries: ReadonlyMap<string, Entry>,
  spans: Map<string, Span>,
): void {
  let run: string[] = [];
  let from = NaN;
  let joint: string | undefined;
  for (const [id, { slots: pair }] of entries) {
    if (!pair) continue;
    const [start, end] = pair;
    if (start !== joint || run.length === 0) {
      run = [];
      from = slots.get(start) ?? NaN;
    }
    run.push(id);
    joint = end;
    const to = slots.get(end) ?? NaN;
    if (Number.isNaN(to)) continue;
    const part = (to - from) / run.length;
    if (!Number.isNaN(part))
      for (const [k, one] of run.entries()) spans.set(one, { start: from + k * part, end: from + (k + 1) * part });
    run = [];
  }
}
