// The repertoire room: acts learned from demonstrations, conditioned, performed, mixed, kept and stored.

export {
  MAX_DEVIATIONS,
  PRIOR_STRENGTH,
  copyAct,
  covarianceTimesRow,
  deviationRows,
  durationOf,
  durationSpread,
  shrinkage,
  type Act,
  type Space,
  type Variant,
} from "./act.ts";
export { BASIS, FIT_SAMPLES, basisAt, basisSlopeAt, fitSpline, smoothness, splineAt, splineSlopeAt } from "./basis.ts";
export {
  chiSquare99,
  condition,
  conditionOn,
  conditionSample,
  covarianceAfter,
  covarianceOf,
  distanceAlone,
  varianceAfter,
  type Conditioned,
  type CovarianceTimesRow,
  type Row,
} from "./condition.ts";
export { chooseVariant, logEvidence, rowsOf, warningsFor, type Condition } from "./conditions.ts";
export { resample, retime, type Demonstration, type Resampled } from "./demonstration.ts";
export { conditionOnFrames, type Explained } from "./frames.ts";
export {
  generate,
  plan,
  poseAt,
  varianceAt,
  velocityAt,
  type GenerateOptions,
  type Motion,
  type Plan,
  type PlanOptions,
} from "./generate.ts";
export { curveOf, relativeDistance, type Curve, type Distance } from "./grouping.ts";
export { VARIANT_DISTANCE, createAct, learnInto, learnResampled, type LearnOptions } from "./learn.ts";
export { blend, type BlendOptions, type BlendPart } from "./blend.ts";
export { chain, type ChainOptions, type ChainPart, type ChainedMotion } from "./chain.ts";
export {
  actNamed,
  addAct,
  createRepertoire,
  exportActs,
  forgetAct,
  importActs,
  mergeActs,
  renameAct,
  type Repertoire,
} from "./repertoire.ts";
export { loadRepertoire, saveRepertoire } from "./store.ts";
