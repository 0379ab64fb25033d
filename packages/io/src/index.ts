// Recordings of human movement: bytes to plain data and back, streaming, in constant memory.

export { FormatError } from "./errors.ts";
export type { ReadReport } from "./report.ts";
export type { Chunks } from "./bytes.ts";
export type { Frames, Recording, Written } from "./recording.ts";
export { checkSkeleton, parseHeader, type HeaderHints } from "./header.ts";

// Any format.
export {
  formatOfName,
  openRecording,
  type Format,
  type OpenOptions,
  type WriteFormat,
  writeFormatOfName,
} from "./open.ts";
export { convert, writeRecording, type ConvertOptions, type Converted, type WriteOptions } from "./convert.ts";
export { gzip } from "./gzip.ts";

// One format each.
export { readNative, writeNative } from "./native.ts";
export { readBvh, type BvhOptions } from "./bvh-read.ts";
export { writeBvh, type WriteBvhOptions } from "./bvh-write.ts";
export { FACE_SETS } from "./face-sets.ts";
export { readOpenFace } from "./openface-read.ts";
export { writeOpenFace } from "./openface-write.ts";
export { readOpenPose } from "./openpose.ts";
export { readMediaPipe } from "./mediapipe.ts";
export { readNtu } from "./ntu.ts";
export { readLiveLink } from "./livelink.ts";
export { readMotionEnergy } from "./motion-energy.ts";
export { writeGlb, type WriteGlbOptions } from "./glb-write.ts";
export { readCsv, readTable, type Table } from "./csv-read.ts";
export type { CsvMap } from "./csv-columns.ts";
export { csvMap, writeCsv, type WriteCsvOptions } from "./csv-write.ts";

// Sets with labels, by random access.
export { openSet, setByteLength, type RecordingSet, type SetItem } from "./set.ts";
export { itemFrames, readSetItem, setHeader, setItem, type ItemOptions, type SetRecording } from "./set-frames.ts";

// Annotations: labels with times.
export {
  annotationFormatOfName,
  areAnnotations,
  openAnnotations,
  writeAnnotations,
  type Annotation,
  type AnnotationFormat,
  type Annotations,
} from "./annotations.ts";

// Chains of acts with their goals.
export { chainsOfAnnotations, chainsOfSet, isChainHead, readChainTable } from "./chains.ts";
