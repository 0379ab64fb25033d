export { type Changes, type Response, type Responses, type Would, responseOf, whatIf } from "./answer.ts";
export {
  type Backchannel,
  type Listener,
  type Voice,
  type Yoked,
  createListener,
  createYoked,
  hear,
  hearYoked,
} from "./backchannel.ts";
export { EVENTS, type EventName, SEEN_CUES } from "./cues.ts";
export { POLICY } from "./default-policy.ts";
export {
  CHANNELS,
  type Channel,
  GAINS,
  type GainName,
  type Policy,
  type Row as PolicyRow,
  channelOf,
  checkPolicy,
  readPolicy,
} from "./policy.ts";
export {
  type Book,
  EXPERIENCES,
  type Experience,
  RELATIONS,
  type RelationName,
  bondOf,
  createBook,
  endMeeting,
  forgetPerson,
  learnRelation,
  loadRelations,
  nearestRelation,
  relationTo,
  rememberPerson,
  saveRelations,
} from "./relation.ts";
export { respond } from "./respond.ts";
export { type Asked, type Context, type Scene, type SeenAct, createScene } from "./scene.ts";
export {
  type Answer,
  type Gains,
  type Loser,
  type Social,
  type SocialOptions,
  createSocial,
  setGains,
  setPolicy,
} from "./social-state.ts";
export {
  STEP,
  type StepPhase,
  type StepSpec,
  createStepPhase,
  followRhythm,
  phaseApart,
  stepPhase,
} from "./step-phase.ts";
export { UTTERANCES, type UtteranceKind } from "./utterances.ts";
