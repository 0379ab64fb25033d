// The HIERARCHY part of a BVH file, read line by line. Joint names may hold spaces ("Bip01 L Thigh"),
// braces may stand on any line, keywords may be in any case: exporters differ in all of these.

import type { Skeleton } from "@attune/core";
import { FormatError, quote } from "./errors.ts";
import { MAX_NAMES } from "./header.ts";

/** 0-2: position along x, y, z; 3-5: rotation about x, y, z. */
export type Channel = 0 | 1 | 2 | 3 | 4 | 5;

export interface BvhJoint {
  name: string;
  /** Index of the parent, -1 for a root. Parents come before their children. */
  parent: number;
  /** From the parent, in the file's units. */
  offset: [number, number, number];
  /** In the order of the numbers of a motion line. */
  channels: Channel[];
}

export interface HierarchyReader {
  /**
   * Takes one line.
   *
   * @returns true at MOTION, when the hierarchy is complete
   * @throws FormatError for anything that is no hierarchy
   */
  line(text: string, number: number): boolean;
  readonly joints: BvhJoint[];
}

const CHANNELS = ["xposition", "yposition", "zposition", "xrotation", "yrotation", "zrotation"];

export function createHierarchyReader(): HierarchyReader {
  const joints: BvhJoint[] = [];
  const taken = new Set<string>();
  /** Joints whose braces are open, innermost last. */
  const open: BvhJoint[] = [];
  let pending: BvhJoint | undefined;
  let started = false;
  const ends = new Set<BvhJoint>();

  const begin = (name: string, parent: BvhJoint | undefined, place: { line: number }): BvhJoint => {
    if (pending) throw new FormatError(`"{" was wanted after the name ${quote(pending.name)}`, place);
    if (joints.length >= MAX_NAMES) throw new FormatError(`more than ${MAX_NAMES} joints came`, place);
    let unique = name;
    for (let k = 2; taken.has(unique); k++) unique = `${name}_${k}`;
    taken.add(unique);
    const joint: BvhJoint = {
      name: unique,
      parent: parent ? joints.indexOf(parent) : -1,
      offset: [0, 0, 0],
      channels: [],
    };
    joints.push(joint);
    pending = joint;
    return joint;
  };

  const statement = (text: string, place: { line: number }): boolean => {
    const [word, ...rest] = text.split(/\s+/);
    const keyword = word.toUpperCase();
    const current = open.at(-1);
    if (!started) {
      if (keyword !== "HIERARCHY") throw new FormatError(`${quote(text)} came, HIERARCHY was wanted`, place);
      started = true;
    } else if (text === "{") {
      if (!pending) throw new FormatError(`"{" came, ROOT, JOINT or End Site was wanted before it`, place);
      open.push(pending);
      pending = undefined;
    } else if (text === "}") {
      if (!current || pending) throw new FormatError(`"}" came where no joint is open`, place);
      open.pop();
      // An End Site of no length marks a leaf, not another place of the body.
      if (ends.has(current) && current.offset.every((v) => v === 0)) {
        joints.pop();
        taken.delete(current.name);
      }
    } else if (keyword === "ROOT" || keyword === "JOINT") {
      if ((keyword === "ROOT") !== (current === undefined))
        throw new FormatError(`${keyword} came ${current ? "inside" : "outside"} of a joint`, place);
      if (current && ends.has(current)) throw new FormatError("JOINT came inside of an End Site", place);
      begin(rest.join(" ") || `joint ${joints.length}`, current, place);
    } else if (keyword === "END") {
      if (!current || ends.has(current)) throw new FormatError("End Site came outside of a joint", place);
      ends.add(begin(`${current.name}_end`, current, place));
    } else if (keyword === "OFFSET") {
      const offset = rest.map(Number);
      if (!current || offset.length !== 3 || !offset.every(Number.isFinite))
        throw new FormatError(`${quote(text)} came, OFFSET with three numbers inside of a joint was wanted`, place);
      current.offset = [offset[0], offset[1], offset[2]];
    } else if (keyword === "CHANNELS") {
      const channels = rest.slice(1).map((name) => CHANNELS.indexOf(name.toLowerCase()) as Channel | -1);
      if (!current || ends.has(current) || channels.includes(-1) || Number(rest[0]) !== channels.length)
        throw new FormatError(`${quote(text)} came, CHANNELS with a count and as many channel names was wanted`, place);
      current.channels = channels as Channel[];
    } else if (keyword === "MOTION") {
      if (open.length > 0 || pending || joints.length === 0)
        throw new FormatError(
          `MOTION came while ${current ? quote(current.name) : "the hierarchy"} is not closed`,
          place,
        );
      return true;
    } else {
      throw new FormatError(`${quote(text)} came inside of HIERARCHY: no word of a BVH file`, place);
    }
    return false;
  };

  const line = (text: string, number: number): boolean => {
    for (const piece of text.split(/([{}])/)) {
      const trimmed = piece.trim();
      if (trimmed !== "" && statement(trimmed, { line: number })) return true;
    }
    return false;
  };
  return { line, joints };
}

/** The hierarchy as a skeleton that a header can carry. */
export function skeletonOf(joints: readonly BvhJoint[]): Skeleton {
  return {
    name: "bvh",
    joints: joints.map((joint) => joint.name),
    dims: 3,
    parents: joints.map((joint) => joint.parent),
    offsets: joints.flatMap((joint) => joint.offset),
  };
}
