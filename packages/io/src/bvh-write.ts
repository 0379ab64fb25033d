// Frames of joint positions -> BVH. Offsets and root positions are in the recording's units, which BVH
// cannot name; axes are left as they are, and most programs take y as up. Angles are degrees in the
// order Z X Y. BVH bones are rigid: bodies whose bone lengths vary come back with constant ones. The
// file needs its frame count up front, so frames are collected before the first byte is written.

import type { Frame, RecordingHeader, Skeleton } from "@attune/core";
import { createPose, createRig, poseTo, type Rig } from "./bvh-pose.ts";
import { FormatError } from "./errors.ts";
import { checkSkeleton } from "./header.ts";
import { checkTime, encode, written, type Frames, type Written } from "./recording.ts";
import { createReporter, reportLost, type Reporter } from "./report.ts";
import { resampleBodies } from "./resample.ts";
import { eulerZxy, type Vec } from "./rotation.ts";

export interface WriteBvhOptions {
  /** The skeleton that the header names but does not bring. */
  readonly skeleton?: Skeleton;
  /** Whose frames to write, where a recording has several people. */
  readonly who?: string;
}

const KEPT = new Set(["time", "who", "body"]);

/**
 * Writes frames as BVH at a steady rate, the header's or else that of the median interval; the first
 * frame is time 0. Joints that are not seen hold their last rotation, counted in the report.
 *
 * @throws FormatError when the skeleton is unknown, flat or has no parents, or frames are of several people
 */
export function writeBvh(header: RecordingHeader, frames: Frames, options: WriteBvhOptions = {}): Written {
  const reporter = createReporter();
  const skeleton = options.skeleton ?? header.skeleton;
  if (typeof skeleton !== "object") {
    const came = skeleton === undefined ? "no skeleton" : `the skeleton's name "${skeleton}"`;
    throw new FormatError(
      `${came} came, a skeleton with joints and parents was wanted: name a known skeleton that has one`,
    );
  }
  checkSkeleton(skeleton);
  if (skeleton.dims !== 3)
    throw new FormatError(`the flat skeleton "${skeleton.name}" came, BVH wants 3 coordinates: write CSV or native`);
  const { parents } = skeleton;
  if (!parents)
    throw new FormatError(
      `the skeleton "${skeleton.name}" has no parents, BVH wants a hierarchy: name a known skeleton that has one`,
    );

  async function* text(): AsyncGenerator<string, void, undefined> {
    const collected = await collect(frames, options.who, skeleton as Skeleton, reporter);
    const even = resampleBodies(collected, header.rate, reporter);
    const rig = createRig(skeleton as Skeleton, parents as readonly number[], even.bodies);
    const decimals = decimalsFor(rig);
    const roots = rig.order.filter((j) => rig.parents[j] < 0);
    yield `HIERARCHY\n${roots.map((j) => jointText(rig, j, "", decimals)).join("")}`;
    yield `MOTION\nFrames: ${even.bodies.length}\nFrame Time: ${(1 / even.rate).toFixed(10)}\n`;
    yield* motion(rig, even.bodies, decimals, reporter);
  }
  return written(encode(text()), reporter.report);
}

async function collect(
  frames: Frames,
  who: string | undefined,
  skeleton: Skeleton,
  reporter: Reporter,
): Promise<Frame[]> {
  const wanted = skeleton.joints.length * 3;
  const out: Frame[] = [];
  for await (const frame of frames) {
    checkTime(frame);
    if (who !== undefined && frame.who !== who) continue;
    if (out.length > 0 && frame.who !== out[0].who) {
      const came = `frames of "${out[0].who}" and "${frame.who}" came`;
      throw new FormatError(`${came}, BVH holds one person: choose whose to write ("who")`);
    }
    const last = out.at(-1)?.time ?? -Infinity;
    if (frame.time <= last) {
      reporter.drop("times not increasing", `time goes from ${last} s to ${frame.time} s: such frames are left out`);
      continue;
    }
    if (frame.body && frame.body.length !== wanted)
      throw new FormatError(
        `a body of ${frame.body.length} numbers came, ${wanted} were wanted for "${skeleton.name}"`,
      );
    reportLost(frame, KEPT, "BVH", reporter);
    out.push(frame);
  }
  if (out.length === 0)
    throw new FormatError(`no frames${who === undefined ? "" : ` of "${who}"`} came, at least one was wanted`);
  return out;
}

/** The decimals that resolve a ten-millionth of the body. */
function decimalsFor({ offsets }: Rig): number {
  const size = offsets.reduce((sum, offset) => sum + Math.hypot(...offset), 0) || 1;
  return Math.min(20, Math.max(0, 7 - Math.floor(Math.log10(size))));
}

function jointText(rig: Rig, joint: number, indent: string, decimals: number): string {
  const { parents, children, offsets, skeleton } = rig;
  const inner = `${indent}\t`;
  const name = skeleton.joints[joint];
  const offset = `OFFSET ${offsets[joint].map((v) => v.toFixed(decimals)).join(" ")}`;
  if (isEndSite(rig, joint)) return `${indent}End Site\n${indent}{\n${inner}${offset}\n${indent}}\n`;
  const root = parents[joint] < 0;
  const channels = root ? "6 Xposition Yposition Zposition" : "3";
  const below = children[joint].map((child) => jointText(rig, child, inner, decimals)).join("");
  // Readers want an end below every leaf; one of no length adds no place.
  const end = `${inner}End Site\n${inner}{\n${inner}\tOFFSET 0 0 0\n${inner}}\n`;
  const head = `${indent}${root ? "ROOT" : "JOINT"} ${name}\n${indent}{\n${inner}${offset}\n`;
  return `${head}${inner}CHANNELS ${channels} Zrotation Xrotation Yrotation\n${below || end}${indent}}\n`;
}

/** A leaf named as the reader names End Sites, and the only child of its parent. */
function isEndSite({ parents, children, skeleton, offsets }: Rig, joint: number): boolean {
  const parent = parents[joint];
  if (parent < 0 || children[joint].length > 0 || children[parent].length > 1) return false;
  return skeleton.joints[joint] === `${skeleton.joints[parent]}_end` && Math.hypot(...offsets[joint]) > 0;
}

function* motion(
  rig: Rig,
  bodies: readonly (Float32Array | undefined)[],
  decimals: number,
  reporter: Reporter,
): Generator<string, void, undefined> {
  const pose = createPose(rig, bodies);
  const angles = rig.parents.map((): Vec => [0, 0, 0]);
  const turning = rig.order.filter((j) => !isEndSite(rig, j));
  for (const body of bodies) {
    poseTo(rig, body, pose, reporter);
    const cells: string[] = [];
    for (const j of turning) {
      if (rig.parents[j] < 0) cells.push(...pose.places[j].map((v) => v.toFixed(decimals)));
      angles[j] = eulerZxy(pose.local, 9 * j, angles[j]);
      cells.push(...angles[j].map((angle) => ((angle * 180) / Math.PI).toFixed(6)));
    }
    reporter.report.frames++;
    yield `${cells.join(" ")}\n`;
  }
}
