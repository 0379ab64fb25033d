// From what a camera's models find to frames that Attune can watch.

export { BLENDSHAPES, LANDMARKS, POINT } from "./mesh.ts";
export { MEASURES, measure } from "./measures.ts";
export { type OneEuro, type OneEuroSpec, createOneEuro, smooth } from "./one-euro.ts";
export { FACE_SET, SIGNALS, VISIBILITY, unitsOf } from "./units.ts";
export { type Neutral, createNeutral, followRest, retake } from "./neutral.ts";
export { HEAD, anglesOf, gazeOf, headOf } from "./head.ts";
export { type Sign, type Signs, createSigns, watchSigns } from "./signs.ts";
export { type FaceDetection, type FaceReader, createFaceReader, readFace } from "./face.ts";
export { type Clock, type PerceptionSource, type Stop, playback } from "./source.ts";
export { POSE, type PoseDetection, type PoseReader, createPoseReader, readPose } from "./pose.ts";
export { QUIET, type VoiceReader, type VoiceReading, createVoice, hear } from "./voice.ts";
export { type Company, createCompany, noteFaces, searchDue } from "./company.ts";
export { type Pace, type PaceSpec, createPace, notePicture, poseNext } from "./pace.ts";
export { type Newest, createNewest, createRhythm, isFresh, notePeriod, type Rhythm } from "./newest.ts";
export { type BundleEntry, type ModelKind, checkModel, entriesOf } from "./bundle.ts";
export { type ModelFacts, MODELS } from "./models.ts";
