// attune act: a known act performed by the own body, written as a recording that other programs read.

import {
  SKELETON_NAMES,
  act,
  createMind,
  createShow,
  pose,
  skeletonNamed,
  type Frame,
  type Performance,
  type RecordingHeader,
  type Skeleton,
} from "@attune/core";
import { writeFormatOfName, writeRecording, type WriteFormat } from "@attune/io";
import { print, warn } from "../console.ts";
import { UserError } from "../fail.ts";
import { writeChunks } from "../files.ts";
import { didYouMean } from "../nearest.ts";
import type { Hand, via } from "../options.ts";
import { troubles } from "../recordings.ts";
import { checkKnown, checkReplaces, readRepertoire } from "../repertoire-file.ts";

export interface ActCommandOptions {
  readonly repertoire: string | undefined;
  readonly out: string;
  readonly to: readonly number[] | undefined;
  readonly hand: Hand | undefined;
  readonly via: readonly ReturnType<typeof via>[];
  readonly duration: number | undefined;
  readonly rate: number;
  readonly skeleton: string | undefined;
  readonly sample: boolean;
  readonly seed: number | undefined;
  readonly json: boolean;
}

const DEFAULT_SKELETON = "attune-20";

export async function actCommand(name: string, options: ActCommandOptions): Promise<void> {
  const { format, gzip } = writeFormatOfName(options.out);
  if (format === undefined || format === "openface")
    throw new UserError(`--out ${options.out} came, a name ending in .glb, .bvh, .csv or .ndjson was wanted`);
  if (options.seed !== undefined && !options.sample)
    throw new UserError(`--seed ${options.seed} says which sample, and none was asked for; add --sample`);
  if (options.hand !== undefined && options.to === undefined)
    throw new UserError(`--hand ${options.hand} says which hand --to means, and no --to came; add --to x,y,z`);
  const repertoire = await readRepertoire(options.repertoire, "must be there");
  if (repertoire === undefined) return;
  checkKnown(repertoire, name);
  const person = repertoire.body === "person";
  if (format === "bvh" && !person)
    throw new UserError(
      `"${name}" is an act of ${repertoire.body}, which BVH cannot hold; write it as .csv or .ndjson`,
    );
  if (!person && options.skeleton !== undefined)
    throw new UserError(
      `--skeleton ${options.skeleton} came, but "${name}" is an act of ${repertoire.body}; leave it out`,
    );
  const skeleton = person ? skeletonCalled(options.skeleton ?? DEFAULT_SKELETON, format) : undefined;
  const mind = createMind({ repertoire, rate: options.rate });
  const performance = act(mind, name, {
    rate: options.rate,
    via: options.via,
    sample: options.sample,
    ...(options.to === undefined ? {} : { to: options.to }),
    ...(options.hand === undefined ? {} : { hand: options.hand }),
    ...(options.duration === undefined ? {} : { duration: options.duration }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  const { header, frames } = recordingOf(performance, skeleton, repertoire.body === "points");
  const out = writeRecording(format, header, frames, { gzip, ...(skeleton === undefined ? {} : { skeleton }) });
  await checkReplaces(options.out, "recording");
  await writeChunks(options.out, out);
  const seconds = performance.times.at(-1) ?? 0;
  if (options.json)
    await print(
      JSON.stringify({
        act: name,
        out: options.out,
        format,
        frames: frames.length,
        seconds,
        warnings: performance.warnings,
      }),
    );
  else await print(`I did "${name}" in ${seconds.toFixed(1)} s: ${frames.length} frames in ${options.out}`);
  warn([...performance.warnings, ...troubles(out.report)]);
}

function skeletonCalled(name: string, format: WriteFormat): Skeleton {
  if (!SKELETON_NAMES.includes(name))
    throw new UserError(
      `--skeleton ${name} came, one of ${SKELETON_NAMES.join(", ")} was wanted${didYouMean(name, SKELETON_NAMES)}`,
    );
  const skeleton = skeletonNamed(name);
  if (format === "bvh" && (skeleton.parents === undefined || skeleton.dims !== 3)) {
    const fitting = SKELETON_NAMES.filter((n) => skeletonNamed(n).parents !== undefined && skeletonNamed(n).dims === 3);
    throw new UserError(
      `--skeleton ${name} has no 3-D hierarchy, which BVH wants; take one of ${fitting.join(", ")}, or write .csv or .ndjson`,
    );
  }
  return skeleton;
}

/** A performance as a recording: joint positions for a person, else the coordinates themselves. */
export function recordingOf(
  { name, times, seen, seenNames }: Performance,
  skeleton: Skeleton | undefined,
  points: boolean,
): { header: RecordingHeader; frames: Frame[] } {
  const rate =
    times.length > 1 ? Number(((times.length - 1) / (times[times.length - 1] - times[0])).toPrecision(6)) : 30;
  const base = { format: "attune-recording", version: 1, rate, source: `attune act ${name}` } as const;
  const S = seenNames.length;
  const row = (t: number): Float64Array => seen.subarray(t * S, (t + 1) * S);
  if (skeleton !== undefined) {
    const show = createShow(skeleton);
    const frames = Array.from(times, (time, t) => {
      const body = new Float32Array(skeleton.joints.length * skeleton.dims);
      pose(show, row(t), body);
      return { time, body };
    });
    return { header: { ...base, skeleton: skeleton.name, units: "m", up: "y" }, frames };
  }
  if (points) {
    const dims = seenNames.some((coordinate) => coordinate.endsWith(".z")) ? 3 : 2;
    const joints = seenNames.filter((_, s) => s % dims === 0).map((coordinate) => coordinate.replace(/\.x$/, ""));
    const followed: Skeleton = { name: "points", joints, dims };
    const frames = Array.from(times, (time, t) => ({ time, body: Float32Array.from(row(t)) }));
    return { header: { ...base, skeleton: followed, units: "other", up: "y" }, frames };
  }
  const frames = Array.from(times, (time, t) => ({ time, channels: Float32Array.from(row(t)) }));
  return { header: { ...base, channels: [...seenNames] }, frames };
}
