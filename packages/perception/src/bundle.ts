// The models' files: MediaPipe's .task bundles, zip archives whose entries are stored uncompressed. Read here so that a wrong
// or broken file is told apart by what is in it, before a runtime fails on it with a number.

export type ModelKind = "face" | "pose";

/** One file in a bundle, as it is stored. */
export interface BundleEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly crc: number;
}

interface Wanted {
  readonly file: string;
  readonly entries: readonly string[];
}

const WANTED: Readonly<Record<ModelKind, Wanted>> = {
  face: {
    file: "face_landmarker.task",
    entries: ["face_detector.tflite", "face_landmarks_detector.tflite", "face_blendshapes.tflite"],
  },
  pose: {
    file: "pose_landmarker_lite.task (or full, or heavy)",
    entries: ["pose_detector.tflite", "pose_landmarks_detector.tflite"],
  },
};

const END = 0x06054b50,
  ENTRY = 0x02014b50,
  LOCAL = 0x04034b50;
/** Bytes of the fixed part of each record. */
const END_SIZE = 22,
  ENTRY_SIZE = 46,
  LOCAL_SIZE = 30;

/**
 * What is in a bundle; the bytes are views, nothing is copied.
 *
 * @throws RangeError where the bytes are no zip archive, are cut off, or are compressed
 */
export function entriesOf(bytes: Uint8Array): BundleEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  if (end < 0) throw new RangeError(`${described(bytes)} came, which is no zip archive`);
  const count = view.getUint16(end + 10, true);
  const out: BundleEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let n = 0; n < count; n++) {
    if (at + ENTRY_SIZE > bytes.length || view.getUint32(at, true) !== ENTRY) throw new RangeError(CUT);
    const method = view.getUint16(at + 10, true),
      size = view.getUint32(at + 20, true),
      nameLength = view.getUint16(at + 28, true);
    const name = text(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength));
    if (method !== 0) throw new RangeError(`its "${name}" is compressed, and bundles of models are stored as they are`);
    const local = view.getUint32(at + 42, true);
    if (local + LOCAL_SIZE > bytes.length || view.getUint32(local, true) !== LOCAL) throw new RangeError(CUT);
    const from = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (from + size > bytes.length) throw new RangeError(CUT);
    out.push({ name, bytes: bytes.subarray(from, from + size), crc: view.getUint32(at + 16, true) });
    at += ENTRY_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return out;
}

/**
 * Makes sure that these bytes are the bundle wanted, whole and unchanged.
 *
 * @returns its entries
 * @throws RangeError saying what came and what was wanted
 */
export function checkModel(kind: ModelKind, bytes: Uint8Array): BundleEntry[] {
  const { file, entries } = WANTED[kind];
  const refuse = (why: string): RangeError =>
    new RangeError(
      `${kind} model: ${why}; wanted was MediaPipe's ${file}, a zip with ${entries.join(", ")}: get it anew from its official address`,
    );
  let found: BundleEntry[];
  try {
    found = entriesOf(bytes);
  } catch (error) {
    throw refuse(error instanceof RangeError ? error.message : String(error));
  }
  const missing = entries.filter((name) => !found.some((entry) => entry.name === name));
  if (missing.length > 0)
    throw refuse(`a zip with ${found.map(({ name }) => name).join(", ") || "nothing in it"} came`);
  const broken = found.find(({ bytes, crc }) => crc32(bytes) !== crc);
  if (broken) throw refuse(`its "${broken.name}" is damaged (the checksum does not match)`);
  return found;
}

const CUT = "a zip archive came that is cut off or damaged";

/** Where the end record starts, -1 where there is none; an archive's comment, which may follow, is at most 64 kB long. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - END_SIZE; at >= Math.max(0, view.byteLength - END_SIZE - 0xffff); at--)
    if (view.getUint32(at, true) === END) return at;
  return -1;
}

function described(bytes: Uint8Array): string {
  if (bytes.length === 0) return "an empty file";
  const start = text(bytes.subarray(0, 16)).replace(/[^\x20-\x7e]+/g, ".");
  return `${bytes.length} bytes beginning with "${start}"`;
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** CRC-32 as zip has it (polynomial 0xedb88320). */
function crc32(bytes: Uint8Array): number {
  const table = new Int32Array(256);
  for (let n = 0; n < 256; n++) {
    let c = n;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    table[n] = c;
  }
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ table[(crc ^ bytes[i]) & 0xff];
  return (crc ^ -1) >>> 0;
}
