// One way of looking at any recording. Its header decides how: a whole person in 3-D is seen as a body like the own
// one, other joints as points, a face alone by its action units, anything else that moves as plain channels.

import type { Frame, RecordingHeader, Skeleton } from "../frame.ts";
import { SEEN_NAMES } from "./layout.ts";
import { createPoints, seePoints, type Points } from "./points.ts";
import { canSeeBody } from "./roles.ts";
import { type FaceSight, createFaceSight, seeFace } from "./face-eye.ts";
import { createSight, see, type Sight, type SightOptions } from "./sight.ts";
import { skeletonNamed } from "./skeletons.ts";
import { VISAGE, VISAGE_NAMES } from "./visage.ts";

export type EyeKind = "person" | "points" | "channels" | "face";

export interface EyeOptions extends SightOptions {
  /** See it this way, whatever the header suggests. */
  readonly kind?: EyeKind | undefined;
}

interface Eyed {
  /** Length of what `look` writes. */
  readonly dims: number;
  /** What each entry is. */
  readonly names: readonly string[];
}

/** A way of looking and what it has adapted to; plain data. */
export type Eye =
  | (Eyed & { readonly kind: "person"; readonly sight: Sight })
  | (Eyed & { readonly kind: "points"; readonly points: Points })
  | (Eyed & { readonly kind: "face"; readonly face: FaceSight })
  | (Eyed & { readonly kind: "channels" });

/**
 * @throws RangeError if the header names neither a skeleton nor channels, or not what the asked kind needs
 */
export function createEye(header: RecordingHeader, options: EyeOptions = {}): Eye {
  const skeleton: Skeleton | undefined =
    typeof header.skeleton === "string" ? skeletonNamed(header.skeleton) : header.skeleton;
  const { channels } = header;
  const kind = options.kind ?? usualKind(header, skeleton);
  if (kind === "face") return { kind, dims: VISAGE, names: [...VISAGE_NAMES], face: createFaceSight(header) };
  if (kind === "channels") {
    if (channels === undefined || channels.length === 0)
      throw new RangeError(
        `createEye: the header names no channels${skeleton === undefined ? " and no skeleton" : ""}; ` +
          `wanted "skeleton" (a known name or { name, joints, dims }), "channels" (their names) or "faceSet"`,
      );
    return { kind, dims: channels.length, names: [...channels] };
  }
  if (skeleton === undefined)
    throw new RangeError(
      `createEye: kind "${kind}" needs a skeleton in the header; it names ${channels?.length ?? 0} channels`,
    );
  const full = { ...options, up: options.up ?? header.up, rate: options.rate ?? header.rate };
  if (kind === "person")
    return { kind, dims: SEEN_NAMES.length, names: [...SEEN_NAMES], sight: createSight(skeleton, full) };
  const points = createPoints(skeleton, full);
  return { kind, dims: points.names.length, names: points.names, points };
}

/** Whole people before points, what moves otherwise before a face. */
function usualKind({ channels, faceSet }: RecordingHeader, skeleton: Skeleton | undefined): EyeKind {
  if (skeleton !== undefined) return canSeeBody(skeleton) ? "person" : "points";
  return faceSet !== undefined && !channels?.length ? "face" : "channels";
}

/**
 * Looks at one frame of the recording the eye was made for.
 *
 * @param out what is seen, shape [eye.dims]; NaN where nothing is
 * @param quality confidence of each entry, 0..1, same shape
 * @returns whether anything was seen
 * @throws RangeError if the frame does not fit the header or an output has the wrong length
 */
export function look(eye: Eye, frame: Frame, out: Float64Array, quality: Float64Array): boolean {
  if (eye.kind === "person") return see(eye.sight, frame, out, quality);
  if (eye.kind === "points") return seePoints(eye.points, frame, out, quality);
  if (eye.kind === "face") return seeFace(eye.face, frame, out, quality);
  if (out.length !== eye.dims || quality.length !== eye.dims)
    throw new RangeError(
      `look: out has ${out.length} and quality ${quality.length} entries, expected ${eye.dims} each`,
    );
  out.fill(NaN);
  quality.fill(0);
  const { channels } = frame;
  if (channels === undefined) return false;
  if (channels.length !== eye.dims)
    throw new RangeError(
      `look: ${channels.length} channels came, expected ${eye.dims} (${eye.names.slice(0, 4).join(", ")}${eye.dims > 4 ? ", ..." : ""}); ` +
        `does the recording's header name them all?`,
    );
  let any = false;
  for (let k = 0; k < channels.length; k++) {
    if (!Number.isFinite(channels[k])) continue;
    out[k] = channels[k];
    quality[k] = 1;
    any = true;
  }
  return any;
}

/** What the eye had to assume, in sentences; grows as it looks. */
export function notesOf(eye: Eye): readonly string[] {
  return eye.kind === "person" ? eye.sight.notes : eye.kind === "points" ? eye.points.notes : [];
}
