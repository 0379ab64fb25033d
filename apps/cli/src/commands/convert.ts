// attune convert: from one format to another, frame by frame; annotations likewise, as a whole. The name of the new file
// says its format.

import { SKELETON_NAMES, skeletonNamed, type RecordingHeader, type Skeleton } from "@attune/core";
import {
  annotationFormatOfName,
  openAnnotations,
  writeAnnotations,
  writeFormatOfName,
  writeRecording,
} from "@attune/io";
import { print, progress, warn } from "../console.ts";
import { about, UserError } from "../fail.ts";
import { openSource, writeChunks } from "../files.ts";
import { holdsAnnotations, labelOf, openInput, troubles, type InputOptions } from "../recordings.ts";
import { checkReplaces } from "../repertoire-file.ts";

export async function convertCommand(
  from: string,
  to: string,
  options: InputOptions & { json: boolean },
): Promise<void> {
  await checkReplaces(to, "recording", [from]);
  if (annotationFormatOfName(to).format === "eaf" || (await holdsAnnotations(from))) {
    for (const option of ["item", "person", "who", "columns", "rate", "up"] as const)
      if (options[option] !== undefined)
        throw new UserError(`--${option} came, but annotations have no movement to read with it; leave it out`);
    if (!(await holdsAnnotations(from)))
      throw new UserError(
        `${labelOf(from)} holds no annotations, which "${to}" is for; of a recording .ndjson, .csv, .bvh or .glb can be made`,
      );
    await convertAnnotations(from, to, options.json);
    return;
  }
  const { format, gzip } = writeFormatOfName(to);
  if (format === undefined)
    throw new UserError(
      `"${to}" came, a name ending in .ndjson, .csv, .bvh, .glb or .openface.csv (and .gz) was wanted`,
    );
  const input = await openInput(from, options);
  const skeleton = wholeSkeleton(input.header);
  const bar = progress(`converting ${input.label}`, "frames");
  let frames = 0;
  async function* counted() {
    for await (const frame of input.frames) {
      bar.update(++frames, input.progress());
      yield frame;
    }
    if (frames === 0) throw new UserError("it holds no frame to convert; nothing is written");
  }
  try {
    const out = writeRecording(format, input.header, counted(), {
      gzip,
      ...(skeleton === undefined ? {} : { skeleton }),
    });
    await writeChunks(to, out);
    bar.end();
    if (options.json) await print(JSON.stringify({ from, to, format, frames }));
    else await print(`${frames} frames of ${input.label} are in ${to}`);
    warn([...troubles(input.report), ...troubles(out.report)]);
  } catch (error) {
    bar.end();
    throw about(input.label, error);
  }
}

async function convertAnnotations(from: string, to: string, json: boolean): Promise<void> {
  const { format, gzip } = annotationFormatOfName(to);
  if (format === undefined)
    throw new UserError(`"${to}" came, for annotations a name ending in .eaf, .csv or .tsv (and .gz) was wanted`);
  const label = labelOf(from);
  try {
    const { annotations, report } = await openAnnotations((await openSource(from)).chunks);
    const out = writeAnnotations(format, annotations, { gzip });
    await writeChunks(to, out);
    if (json) await print(JSON.stringify({ from, to, format, annotations: annotations.length }));
    else await print(`${annotations.length} annotations of ${label} are in ${to}`);
    warn([...troubles(report), ...troubles(out.report)]);
  } catch (error) {
    throw about(label, error);
  }
}

/** The recording's skeleton, with the hierarchy of the known one that has the same joints where it brings none. */
function wholeSkeleton({ skeleton }: RecordingHeader): Skeleton | undefined {
  if (skeleton === undefined) return undefined;
  if (typeof skeleton === "string") return SKELETON_NAMES.includes(skeleton) ? skeletonNamed(skeleton) : undefined;
  if (skeleton.parents !== undefined) return undefined;
  const like = SKELETON_NAMES.map(skeletonNamed).find(
    ({ joints, dims }) => dims === skeleton.dims && joints.join() === skeleton.joints.join(),
  );
  return like?.parents === undefined ? undefined : { ...skeleton, parents: like.parents };
}
