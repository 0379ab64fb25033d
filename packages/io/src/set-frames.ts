// One item of a set -> header and frames. The header of a set is read by set.ts.

import type { Frame, RecordingHeader } from "@attune/core";
import { FormatError } from "./errors.ts";
import { setByteLength, type RecordingSet, type SetItem } from "./set.ts";

export interface ItemOptions {
  /** Whose body to give, from 1, in a set of several people. Default there: everybody's values as channels. */
  readonly person?: number;
}

/** An item read: its frames, and what else the set says of it. */
export interface SetRecording extends Omit<SetItem, "frames"> {
  readonly header: RecordingHeader;
  readonly frames: readonly Frame[];
  /** The name of class `y`. */
  readonly label?: string;
}

/** The item at `index`. @throws FormatError when the set has no such item */
export function setItem(set: RecordingSet, index: number): SetItem {
  const item = set.items[index];
  if (item === undefined)
    throw new FormatError(`set "${set.name}": item ${index} was asked for, it has items 0 to ${set.items.length - 1}`);
  return item;
}

/** How to read the frames of `itemFrames` called with the same options. */
export function setHeader(set: RecordingSet, options: ItemOptions = {}): RecordingHeader {
  const person = bodyPerson(set, options);
  return {
    format: "attune-recording",
    version: 1,
    ...(person !== undefined && set.skeleton ? { skeleton: set.skeleton } : { channels: set.dimsNames }),
    units: set.units,
    ...(set.up !== undefined && { up: set.up }),
    rate: set.rate,
    source: set.source === undefined ? set.name : `${set.name}: ${set.source}`,
  };
}

/**
 * Frames of one item. Joints that were not found are NaN: those without a finite coordinate, those of
 * confidence 0, and those at 0, 0 where the set says so.
 *
 * @param floats the item's own values, [item.frames, set.dims]
 */
export function itemFrames(set: RecordingSet, floats: Float32Array, item: SetItem, options: ItemOptions = {}): Frame[] {
  const { dims, rate, skeleton, confidence } = set;
  if (floats.length !== item.frames * dims) {
    const wanted = `${item.frames} rows of ${dims} = ${item.frames * dims} were wanted`;
    throw new FormatError(`set "${set.name}": ${floats.length} floats came for item ${item.index}, ${wanted}`);
  }
  const person = bodyPerson(set, options);
  const frames: Frame[] = [];
  for (let t = 0; t < item.frames; t++) {
    const row = floats.slice(t * dims, (t + 1) * dims).map((v) => (Number.isFinite(v) ? v : NaN));
    const frame: Frame = { time: item.times ? item.times[t] : t / rate };
    if (!skeleton) frame.channels = row;
    else {
      blankUnfound(row, set);
      if (person === undefined) frame.channels = row;
      else splitBody(frame, row, { person, joints: skeleton.joints.length, dims: skeleton.dims, confidence });
    }
    frames.push(frame);
  }
  return frames;
}

/**
 * One item with everything the set says of it.
 *
 * @param data the whole binary file, as bytes or floats
 * @throws FormatError when the file is shorter than the header says, or there is no such item
 */
export function readSetItem(
  set: RecordingSet,
  data: Uint8Array | Float32Array,
  index: number,
  options: ItemOptions = {},
): SetRecording {
  const item = setItem(set, index);
  const wanted = setByteLength(set);
  if (data.byteLength !== wanted)
    throw new FormatError(`set "${set.name}": ${data.byteLength} bytes came, ${wanted} were wanted by its items`);
  const { offset, y } = item;
  const end = offset + item.frames * set.dims;
  const floats = data instanceof Float32Array ? data.subarray(offset, end) : littleEndian(data, offset, end);
  const frames = itemFrames(set, floats, item, options);
  return { ...item, header: setHeader(set, options), frames, ...(y !== undefined && { label: set.classes[y] }) };
}

/** Floats `start` to `end` of little-endian bytes, whatever this machine's order and their alignment. */
function littleEndian(bytes: Uint8Array, start: number, end: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: end - start }, (_, i) => view.getFloat32(4 * (start + i), true));
}

/** Whose body to give, from 0; undefined where values stay channels. */
function bodyPerson(set: RecordingSet, { person }: ItemOptions): number | undefined {
  if (person !== undefined && !(set.skeleton && Number.isInteger(person) && person >= 1 && person <= set.persons)) {
    const has = set.skeleton ? `it has persons 1 to ${set.persons}` : "it has no skeleton";
    throw new FormatError(`set "${set.name}": the body of person ${person} was asked for, ${has}`);
  }
  if (!set.skeleton) return undefined;
  return person !== undefined ? person - 1 : set.persons === 1 ? 0 : undefined;
}

function blankUnfound(row: Float32Array, { skeleton, confidence, zeroIsMissing }: RecordingSet): void {
  const axes = skeleton?.dims ?? 0;
  const stride = axes + (confidence ? 1 : 0);
  for (let at = 0; at < row.length; at += stride) {
    const zero = zeroIsMissing && row.subarray(at, at + axes).every((v) => v === 0);
    const distrusted = confidence && row[at + axes] === 0;
    const broken = row.subarray(at, at + axes).some(Number.isNaN);
    if (zero || distrusted || broken) row.fill(NaN, at, at + axes);
  }
}

function splitBody(
  frame: Frame,
  row: Float32Array,
  { person, joints, dims, confidence }: { person: number; joints: number; dims: number; confidence: boolean },
): void {
  const stride = dims + (confidence ? 1 : 0);
  const own = row.subarray(person * joints * stride, (person + 1) * joints * stride);
  if (!confidence) {
    frame.body = own.slice();
    return;
  }
  const body = (frame.body = new Float32Array(joints * dims));
  const trust = (frame.bodyConfidence = new Float32Array(joints));
  for (let j = 0; j < joints; j++) {
    body.set(own.subarray(j * stride, j * stride + dims), j * dims);
    trust[j] = own[j * stride + dims];
  }
}
