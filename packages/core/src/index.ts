// The whole public API on a page. Read mind.ts next: the loop.

export type { Frame, RecordingHeader, Skeleton, UpAxis } from "./frame.ts";
export {
  PERSON,
  VISIBLE_FACE,
  attend,
  bodyOf,
  createMind,
  ownNames,
  step,
  type BodySpec,
  type Mind,
  type MindOptions,
  type MindSpec,
} from "./mind.ts";
export { learn, learnSet, practise, practiseSet, type Demo, type Lesson } from "./lessons.ts";
export { act, type ActOptions, type Performance, type Reach } from "./perform.ts";
export { answerBy, giveHeart, setStance, tune, type HeartedOptions, type Stance } from "./give-heart.ts";
export { empathize, tell, type Empathy } from "./empathy.ts";
export { HORIZON, moment, unitsDoing } from "./report.ts";
export { createReenactment, reenact, type Reenactment } from "./reenact.ts";
export { eventLine, gauge, isLive, phaseWords, say, tempoWords } from "./words/say.ts";
export { foresee } from "./foresee.ts";
export { LONGEST_HOLD, MOVING, bout, movingAbove, stir, type Stir } from "./bout.ts";
export type {
  ActBelief,
  Expectation,
  FeelingMoment,
  Looks,
  MindEvent,
  MindEventKind,
  Moment,
  MomentPart,
  UnitRates,
} from "./moment.ts";
export { raise, type Upbringing } from "./neurons/raise.ts";
export type { BodyImage } from "./neurons/image.ts";
export { UNITS_PER_ACT, lesion, type Population } from "./neurons/population.ts";
export { rebuild } from "./rebuild.ts";
export type { Perception } from "./perception.ts";
export * from "./body/index.ts";
export * from "./repertoire/index.ts";
export { createRepertoire, type Repertoire } from "./repertoire/repertoire.ts";
export * from "./affect/index.ts";
export * from "./social/index.ts";
export { createRng, gaussian, type Rng } from "./rng.ts";
export * from "./words/index.ts";
export * from "./goals/index.ts";
