// Words: learned from what goes on while they are heard, said, and obeyed.

export {
  ATTENTIVE,
  KINDS,
  PERSON_LIKE,
  createLexicon,
  forget,
  hearWords,
  renameReferent,
  type Learner,
  type Lexicon,
  type Referent,
  type ReferentKind,
  type Seen,
} from "./associate.ts";
export { choose, meaningOf, meaningsOf, namesOf, primeActs, primedBy, type Meanings } from "./meanings.ts";
export { LATELY, actsLately, remember } from "./lately.ts";
export { loadLexicon, saveLexicon } from "./store.ts";
export { comesBefore, listen, makePhrase, parsePhrase, type Phrase, type PhraseParse } from "./phrases.ts";
export { NO_WORD, sayableOf, speakEnglish, speakOwn, type OwnWords, type Sayable } from "./speak.ts";
export { understand, type CanDo, type Order, type Question } from "./obey.ts";
export { normalWord, wordsIn } from "./text.ts";
