// Goals: chains of acts and what surrounds them, inferred from what the mirror sees.

export type { ChainAct, ChainExample, SceneContext, SceneObject } from "./types.ts";
export {
  type Chains,
  addExample,
  checkExample,
  createChains,
  pairSound,
  removeExample,
  soundLikelihood,
} from "./chains.ts";
export { type Discovery, discoverGoals, goalOf } from "./discover.ts";
export { type Dwell, type Onset, dwellOf } from "./dwell.ts";
export { type ChainStep, chainTree } from "./chain-tree.ts";
export { GOALS_VERSION, type SavedChains, loadChains, saveChains } from "./save.ts";
export {
  type Hand,
  type RememberedObject,
  type SceneMemory,
  aimOf,
  createSceneMemory,
  forgetObject,
  seeObjects,
} from "./context.ts";
export {
  type Beginning,
  type ActCandidate,
  type WatchOptions,
  aimAt,
  beginAct,
  createGoalWatch,
  endAct,
  hearAct,
  hideActor,
  restartWatch,
  reviseAct,
  seeScene,
  showActor,
} from "./watch.ts";
export { type GoalWatch, type PastAct, objectsMeant } from "./belief.ts";
export { type ActStream, type MirrorBelief, createActStream, seeActs } from "./act-stream.ts";
export {
  type Expected,
  type Progress,
  WITHIN,
  createExpected,
  expectNext,
  minimumJerkPhase,
  phaseFromPace,
  progressTo,
} from "./landing.ts";
export { type ActInChain, type Intent, type NextAct, SOMETHING_ELSE, intentOf } from "./intent.ts";
export { type Gaze, type GazeCue, createGaze, lookAhead } from "./gaze.ts";
export {
  type Choice,
  type Complement,
  type JointAct,
  type Need,
  type OwnAct,
  type OwnSituation,
  chooseAct,
  complementAct,
  createChoice,
  creditAct,
  desirability,
  executability,
  performChain,
} from "./choose.ts";
export { type Explanation, type Reason, doingWords, explainGoal, intentSentence } from "./explain.ts";
