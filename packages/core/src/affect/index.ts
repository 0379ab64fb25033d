// The room of feeling: what there is to use of it.

export { createNoise, nextGaussian, nextUniform } from "./noise.ts";
export {
  ORDINARY,
  PRESETS,
  TEMPERAMENT_LIMITS,
  presetNamed,
  temperament,
  type PresetName,
  type Temperament,
} from "./temperament.ts";
export {
  SIGMA,
  TAU_AROUSAL,
  TAU_FADE,
  TAU_MOOD,
  TAU_VALENCE,
  addSource,
  createCoreAffect,
  stepCoreAffect,
  type CoreAffect,
  type Dynamics,
  type Source,
} from "./core-affect.ts";
export {
  DISPLAY_RULE,
  amountOf,
  createDisplay,
  faceValence,
  ordinarilyShown,
  stepDisplay,
  type Display,
} from "./display.ts";
export {
  EMOTIONS,
  EMOTION_NAMES,
  appraise,
  goodnessOf,
  shareIn,
  type Appraised,
  type EmotionName,
} from "./appraisal.ts";
export { STRANGER, concernOf, distinctionOf, distressOf, gateOf } from "./gate.ts";
export {
  PRIOR_VARIANCE,
  confidenceOf,
  createEstimate,
  stepEstimate,
  stirConfidenceOf,
  type Estimate,
} from "./others.ts";
export {
  OPERATORS,
  chooseStrategy,
  regulationConstants,
  selectSituation,
  type Constant,
  type Measure,
  type NamedConstant,
  type Operator,
  type Situation,
  type SituationChoice,
  type Target,
} from "./regulation.ts";
export { STRAIN_AROUSAL, dueOf, shownOf, strainOf } from "./strain.ts";
export { createPercept, type Percept, type SeenOther } from "./percept.ts";
export {
  ETA,
  KAPPA,
  LESIONS,
  createHeart,
  feel,
  lesionHeart,
  retune,
  type Heart,
  type HeartOptions,
  type Lesion,
} from "./heart.ts";
export { forgetOther, otherNamed, type Other } from "./company.ts";
export { explain, feelingOf, type Feeling, type FeltEmotion, type FeltOther, type FeltPart } from "./heart-report.ts";
export { HEART_VERSION, loadHeart, saveHeart, type SavedHeart } from "./heart-save.ts";
export {
  STRATEGIES,
  type Affect,
  type Fortune,
  type Happening,
  type Reading,
  type Relation,
  type SourceKind,
  type Strategy,
  type Violation,
} from "./types.ts";
export { EXPRESSIONS, EXPRESSION_NAMES, expressionNamed, type Expression } from "./expressions.ts";
export { type Manner, createFace, performExpression, teachExpressions } from "./face-acts.ts";
export { BASIC, READ, READING_RULES, type ReadingRule } from "./weights.ts";
export {
  FACE_PARTS,
  FEATURES,
  FEATURE_NAMES,
  LOPSIDED,
  featureOfUnit,
  featuresOfRow,
  toldByTable,
} from "./features.ts";
export {
  COLLECTION_COLUMNS,
  LABEL_COLUMNS,
  PERSON_COLUMNS,
  createUnitRange,
  expressionOfLabel,
  fullScale,
  meetUnit,
  unitColumns,
  unitOfCell,
  type UnitColumn,
  type UnitRange,
} from "./face-columns.ts";
export { type FaceReading, createReading, likeliest, readFeatures, readVisage, readingWords } from "./reading.ts";
export {
  type LabelledFace,
  type Learned,
  type LearnedReading,
  learnReading,
  openLearned,
  readLearned,
  readLearnedFace,
} from "./learned-reading.ts";
export { AFFDEX_FULL, TRACKER_TRUST, affdexUnit } from "./trackers.ts";
export { FUSION, type FusionExponents, conclude, fitExponents, fuse, mix, tempered } from "./fusion.ts";
export { type RestingFace, createRestingFace, lessRest, watchRest } from "./baseline.ts";
export {
  type VoiceBaseline,
  type VoiceImpression,
  createVoiceBaseline,
  createVoiceImpression,
  hearVoice,
  readVoice,
} from "./voice-reading.ts";
export { type PostureImpression, createPostureImpression, readPosture } from "./posture-reading.ts";
