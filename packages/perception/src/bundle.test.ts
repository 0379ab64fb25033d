import { deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { checkModel, entriesOf } from "./bundle.ts";

/** A zip archive as bundles are: a little padding, then stored entries. */
function zip(files: Readonly<Record<string, Uint8Array>>, compress = false): Uint8Array {
  const parts: Buffer[] = [Buffer.alloc(2)],
    directory: Buffer[] = [];
  let at = 2;
  for (const [name, plain] of Object.entries(files)) {
    const bytes = compress ? deflateRawSync(plain) : Buffer.from(plain);
    const local = Buffer.alloc(30 + name.length),
      entry = Buffer.alloc(46 + name.length);
    for (const [record, sign, shift] of [
      [local, 0x04034b50, 0],
      [entry, 0x02014b50, 2],
    ] as const) {
      record.writeUInt32LE(sign, 0);
      record.writeUInt16LE(compress ? 8 : 0, 8 + shift);
      record.writeUInt32LE(crc(plain), 14 + shift);
      record.writeUInt32LE(bytes.length, 18 + shift);
      record.writeUInt32LE(plain.length, 22 + shift);
      record.writeUInt16LE(name.length, 26 + shift);
      record.write(name, record.length - name.length, "latin1");
    }
    entry.writeUInt32LE(at, 42);
    parts.push(local, bytes);
    directory.push(entry);
    at += local.length + bytes.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(directory.length, 10);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

/** Bit by bit, as the definition has it. */
function crc(bytes: Uint8Array): number {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return (c ^ 0xffffffff) >>> 0;
}

const POSE = {
  "pose_detector.tflite": Buffer.from("detector"),
  "pose_landmarks_detector.tflite": Buffer.from("landmarks"),
};

test("a bundle's entries are read where they are", () => {
  const bytes = zip(POSE);
  expect(entriesOf(bytes).map(({ name, bytes }) => [name, Buffer.from(bytes).toString()])).toEqual([
    ["pose_detector.tflite", "detector"],
    ["pose_landmarks_detector.tflite", "landmarks"],
  ]);
  expect(checkModel("pose", bytes).length).toBe(2);
  expect(crc(Buffer.from("123456789"))).toBe(0xcbf43926);
});

test("what is no model says what it is and what was wanted", () => {
  expect(() => checkModel("face", new Uint8Array(0))).toThrow(/face model: an empty file came.*face_landmarker\.task/);
  expect(() => checkModel("face", Buffer.from("<!doctype html><title>Not here</title>"))).toThrow(
    /38 bytes beginning with "<!doctype html><" came, which is no zip/,
  );
  expect(() => checkModel("face", zip(POSE))).toThrow(/a zip with pose_detector\.tflite.* came/);
  expect(() => checkModel("pose", zip(POSE, true))).toThrow(/"pose_detector\.tflite" is compressed/);
});

test("a bundle that is cut off or changed in one bit is refused", () => {
  const whole = zip(POSE);
  expect(() => checkModel("pose", whole.subarray(0, whole.length - 30))).toThrow(/no zip archive/);
  expect(() => checkModel("pose", whole.subarray(40))).toThrow(/cut off or damaged/);
  const changed = Uint8Array.from(whole);
  changed[55] ^= 4;
  expect(() => checkModel("pose", changed)).toThrow(/"pose_detector\.tflite" is damaged/);
});
