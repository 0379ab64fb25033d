// What an adult brings along, and somebody to watch: the starter repertoire and the generated person.

export type { Key, Place, StarterAct, Swing, Way } from "./act.ts";
export { STARTER_NAMES, starterActs } from "./acts.ts";
export { STRANGE_NAMES, strangeActs } from "./strange.ts";
export { performAct, performStarter, type Style } from "./perform.ts";
export { drawCarriage, type Carriage } from "./score.ts";
export { CAMERA, GENERATED, GUESSED, examplesOf, teachStarter, type TeachOptions } from "./teach.ts";
export {
  createPerson,
  playScript,
  type Line,
  type Person,
  type PersonSpec,
  type Segment,
  type Take,
} from "./person.ts";
export type { CameraSpec } from "./camera.ts";
export { along, minimumJerk, passage, type Passage } from "./minimum-jerk.ts";
export { swingAt, type Rounds } from "./swing.ts";
export { wander } from "./wander.ts";
