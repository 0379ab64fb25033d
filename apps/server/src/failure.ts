// What can go wrong in a way the person or the caller can do something about. The kind decides the status code of a
// response, and comes back as the same failure on the other side.

export type FailureKind =
  | "not found"
  | "conflict"
  | "invalid"
  | "forbidden"
  | "unusable"
  /** Nobody listens where the owner of the store said it would. */
  | "gone";

/** One sentence: what came, what was wanted, the way out. */
export class StoreFailure extends Error {
  readonly kind: FailureKind;
  /** With "conflict": the newest version, null where there is none. */
  readonly version: number | null;

  constructor(kind: FailureKind, message: string, version: number | null = null) {
    super(message);
    this.name = "StoreFailure";
    this.kind = kind;
    this.version = version;
  }
}

export function isErrno(error: unknown, ...codes: readonly string[]): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}
