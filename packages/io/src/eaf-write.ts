// Annotations -> ELAN's .eaf (version 3.0). Times are rounded to milliseconds, as ELAN counts. Annotations
// of one tier may not overlap there: those that do go to a tier "NAME (2)", and so on.

import type { Annotation } from "./annotations.ts";
import { FormatError } from "./errors.ts";
import { encode, written, type Written } from "./recording.ts";
import { createReporter, type Reporter } from "./report.ts";

interface Placed {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

// No time of day: the same annotations always give the same file.
const DATE = "1970-01-01T00:00:00+00:00";
const SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd";

/** @throws FormatError for an annotation before time 0, which ELAN cannot show */
export function writeEaf(annotations: readonly Annotation[]): Written {
  const reporter = createReporter();
  const tiers = tiersOf(annotations, reporter);

  async function* text(): AsyncGenerator<string, void, undefined> {
    const namespace = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="${SCHEMA}"`;
    yield '<?xml version="1.0" encoding="UTF-8"?>\n';
    yield `<ANNOTATION_DOCUMENT AUTHOR="" DATE="${DATE}" FORMAT="3.0" VERSION="3.0" ${namespace}>\n`;
    yield '    <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds"/>\n    <TIME_ORDER>\n';
    // Two slots for each annotation, numbered in order of time.
    const ends = [...tiers.values()].flat().flatMap((placed) => [
      { placed, time: placed.start, last: false },
      { placed, time: placed.end, last: true },
    ]);
    ends.sort((a, b) => a.time - b.time);
    const slots = new Map<Placed, [string, string]>();
    for (const [k, { placed, time, last }] of ends.entries()) {
      const pair = slots.get(placed) ?? ["", ""];
      pair[last ? 1 : 0] = `ts${k + 1}`;
      slots.set(placed, pair);
      yield `        <TIME_SLOT TIME_SLOT_ID="ts${k + 1}" TIME_VALUE="${time}"/>\n`;
    }
    yield "    </TIME_ORDER>\n";
    let count = 0;
    for (const [tier, list] of tiers) {
      yield `    <TIER LINGUISTIC_TYPE_REF="default-lt" TIER_ID="${escape(tier, reporter)}">\n`;
      for (const placed of list) {
        const [first, last] = slots.get(placed) ?? ["", ""];
        reporter.report.frames++;
        yield `        <ANNOTATION>\n            <ALIGNABLE_ANNOTATION ANNOTATION_ID="a${++count}" TIME_SLOT_REF1="${first}" TIME_SLOT_REF2="${last}">\n`;
        yield `                <ANNOTATION_VALUE>${escape(placed.label, reporter)}</ANNOTATION_VALUE>\n`;
        yield "            </ALIGNABLE_ANNOTATION>\n        </ANNOTATION>\n";
      }
      yield "    </TIER>\n";
    }
    yield '    <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>\n';
    yield "</ANNOTATION_DOCUMENT>\n";
  }
  return written(encode(text()), reporter.report);
}

/** Annotations by tier, ms, in order of time and without overlaps. */
function tiersOf(annotations: readonly Annotation[], reporter: Reporter): Map<string, Placed[]> {
  const tiers = new Map<string, Placed[]>();
  for (const { tier } of annotations) tiers.set(tier, []);
  for (const { tier, start, end, label } of annotations.toSorted((a, b) => a.start - b.start)) {
    if (start < 0) throw new FormatError(`an annotation at ${start} s came, 0 s or later was wanted by ELAN`);
    const from = Math.round(start * 1000);
    const to = Math.max(from + 1, Math.round(end * 1000));
    if (Math.round(end * 1000) <= from)
      reporter.warn("short", `an annotation at ${start} s has no length: such ones are given a millisecond`);
    let name = tier;
    for (let k = 2; ; k++) {
      const list = tiers.get(name) ?? [];
      if ((list.at(-1)?.end ?? 0) <= from) {
        list.push({ start: from, end: to, label });
        tiers.set(name, list);
        break;
      }
      name = `${tier} (${k})`;
      reporter.warn("overlap", `annotations of "${tier}" overlap at ${start} s: such ones go to "${name}", ...`);
    }
  }
  return tiers;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

function escape(text: string, reporter: Reporter): string {
  // What XML 1.0 cannot say at all: most control characters, halves of surrogate pairs.
  const plain = text.replace(/[\p{Surrogate}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/gu, (c) =>
    c < "\x7F" || c > "\x9F" ? "\uFFFD" : c,
  );
  if (plain !== text) reporter.warn("characters", "characters that XML cannot hold are replaced");
  return plain.replace(/[&<>"\t\n\r]/g, (c) => ESCAPES[c]);
}
