// The server and the store it owns.

export { StoreFailure, type FailureKind } from "./failure.ts";
export { dataFolder } from "./home.ts";
export { AlreadyRunning, DEFAULT_PORT, startServer, type Server, type ServerOptions } from "./server.ts";
export { runServer, type RunOptions } from "./run.ts";
export { precompress } from "./precompress.ts";
export { CONTENT_SECURITY_POLICY } from "./http/guard.ts";

// What is kept.
export { openStore, type OpenedStore } from "./store/open.ts";
export {
  CONSENT_TO,
  type Consent,
  type ExampleSummary,
  type NewConsent,
  type NewExample,
  type NewVersion,
  type RepertoireSummary,
  type Saved,
  type Store,
  type StoredRepertoire,
  type Version,
} from "./store/store.ts";

export type { ModelState } from "./models/shelf.ts";
