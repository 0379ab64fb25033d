// The body room: seen coordinates <-> own motor coordinates, and the skeletons in between.

export { askFor, bendArm, shouldersOf, wristAt } from "./arm.ts";
export { createEye, look, notesOf, type Eye, type EyeKind, type EyeOptions } from "./eye.ts";
export {
  BONES,
  BONE_ENDS,
  LIMBS,
  MOTOR,
  MOTOR_AXES,
  MOTOR_MIRROR,
  MOTOR_NAMES,
  SEEN,
  SEEN_MIRROR,
  SEEN_NAMES,
  restMotor,
  seenAt,
  type BoneName,
  type Limb,
  type LimbName,
  type MirrorTable,
  type MotorAxis,
} from "./layout.ts";
export { forward, forwardLimb, limbFeatures, mirrorMotor, mirrorSeen, restSeen } from "./own.ts";
export { createPoints, seePoints, type Points } from "./points.ts";
export {
  createPostureScratch,
  solvePosture,
  type ForwardLimb,
  type PostureOptions,
  type PostureScratch,
} from "./posture.ts";
export { canSeeBody, rolesOf } from "./roles.ts";
export { PROPORTIONS, createShow, pose, type Show, type ShowOptions } from "./show.ts";
export { createSight, see, type Sight, type SightOptions } from "./sight.ts";
export { ROLE_NAMES, SKELETON_NAMES, skeletonNamed, type RoleName, type Roles } from "./skeletons.ts";
export { FACE, FACE_UNITS, FACE_UNIT_WORDS, mirrorFace } from "./face.ts";
export { FACE_SET_NAMES, faceSetNamed, type FaceSet } from "./face-sets.ts";
export { showTurns, turnsOf } from "./turns.ts";
export { HEAD_AT, TURNS, VISAGE, VISAGE_NAMES, turnHead, visageOf } from "./visage.ts";
