// What is kept, and how to ask for it. Two implementations: on a database this process owns (`sql-store.ts`), and
// through the server that owns it (`remote.ts`); one test runs over both. Times are ISO 8601, UTC.

/** One save. Versions of a repertoire count from 1. */
export interface Saved {
  readonly version: number;
  readonly savedAt: string;
}

export interface Version extends Saved {
  readonly note: string;
  /** Names of the acts. */
  readonly acts: readonly string[];
}

/** The newest version of a repertoire. */
export interface RepertoireSummary extends Saved {
  readonly name: string;
  readonly acts: readonly string[];
}

export interface StoredRepertoire extends Saved {
  readonly name: string;
  readonly note: string;
  /** As `saveRepertoire` of @attune/core wrote it, byte for byte. */
  readonly repertoire: string;
}

/** What somebody showed to teach an act: a native recording in pieces. Features only, never images or sound. */
export interface NewExample {
  readonly act: string;
  /** Header of a native recording. */
  readonly header: object;
  /** Frames as JSON: arrays of numbers, missing ones null. */
  readonly frames: readonly object[];
}

export interface NewVersion {
  readonly repertoire: string;
  /** The version this one was made from; null where the repertoire is new. */
  readonly base: number | null;
  readonly note: string;
  readonly examples?: readonly NewExample[];
}

export interface ExampleSummary {
  readonly id: number;
  /** What the act is called now; what it was called when it was taught, if it was forgotten since. */
  readonly act: string;
  readonly taughtAt: string;
  readonly frames: number;
  /** From the first frame to the last. */
  readonly seconds: number;
}

export const CONSENT_TO = ["camera", "microphone", "read faces", "keep examples"] as const;

export interface NewConsent {
  readonly what: (typeof CONSENT_TO)[number];
  readonly given: boolean;
  /** What the person was shown. */
  readonly words: string;
}

export interface Consent extends NewConsent {
  readonly at: string;
}

/**
 * Everything written is on disk when its promise resolves.
 *
 * @throws StoreFailure from every function: "not found", "conflict" (somebody saved in between), "invalid"
 */
export interface Store {
  listRepertoires(): Promise<RepertoireSummary[]>;
  /** The newest version, or the one named. */
  readRepertoire(name: string, version?: number): Promise<StoredRepertoire>;
  /** A new version and its examples, both or neither. */
  saveRepertoire(name: string, save: NewVersion): Promise<Saved>;
  /** Newest first. */
  history(name: string): Promise<Version[]>;
  /** Makes an old version the newest one, as a version of its own. */
  restore(name: string, version: number): Promise<Saved>;
  /** With history and examples. */
  removeRepertoire(name: string): Promise<void>;
  /** In the order they were taught. */
  listExamples(name: string): Promise<ExampleSummary[]>;
  /** A native recording, NDJSON. */
  readExample(id: number): Promise<string>;
  readSettings(): Promise<Record<string, unknown>>;
  writeSetting(key: string, value: unknown): Promise<void>;
  /** In the order they were given. */
  listConsent(): Promise<Consent[]>;
  addConsent(consent: NewConsent): Promise<Consent>;
  /** One JSON text in pieces. */
  exportAll(): AsyncIterable<string>;
  /** All of it, history too. */
  removeEverything(): Promise<void>;
  close(): Promise<void>;
}
