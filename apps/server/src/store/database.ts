// The seam to the engine: SQL as PostgreSQL understands it, with $1 parameters, and nothing only one engine has.

export interface Sql {
  query<Row>(text: string, params?: readonly unknown[]): Promise<Row[]>;
}

export interface Database extends Sql {
  /** Commits when `run` resolves, and is on disk then; rolls back when it throws. */
  transaction<T>(run: (sql: Sql) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
