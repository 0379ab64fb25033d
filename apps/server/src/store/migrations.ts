// The tables, and how they came to be. A migration that has been released is never edited: a new one is added.

import { StoreFailure } from "../failure.ts";
import type { Database, Sql } from "./database.ts";

export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Number n is at index n - 1. */
export const MIGRATIONS: readonly Migration[] = [
  {
    name: "repertoires, examples, settings, consent",
    statements: [
      `create table repertoire (
        id integer generated always as identity primary key,
        name text not null unique,
        newest integer not null
      )`,
      // An act's text, shared by all versions of its repertoire that hold it unchanged.
      `create table part (
        repertoire integer not null references repertoire on delete cascade,
        hash text not null,
        body text not null,
        primary key (repertoire, hash)
      )`,
      // frame: the repertoire without its acts; parts: JSON, hashes of the acts; acts: JSON, [{id, name}].
      `create table version (
        repertoire integer not null references repertoire on delete cascade,
        version integer not null,
        saved_at timestamp with time zone not null,
        note text not null,
        acts text not null,
        frame text not null,
        parts text not null,
        primary key (repertoire, version)
      )`,
      // act_id: the act's id in the repertoire, by which it is found again under a new name.
      `create table example (
        id integer generated always as identity primary key,
        repertoire integer not null references repertoire on delete cascade,
        act text not null,
        act_id integer not null,
        taught_at timestamp with time zone not null,
        frames integer not null,
        seconds double precision not null,
        recording text not null
      )`,
      `create index example_of on example (repertoire)`,
      `create table setting (key text primary key, value text not null)`,
      `create table consent (
        id integer generated always as identity primary key,
        what text not null,
        given boolean not null,
        at timestamp with time zone not null,
        words text not null
      )`,
    ],
  },
];

/**
 * Brings the tables up to date, each step in a transaction of its own.
 *
 * @throws StoreFailure "unusable" where a newer Attune wrote the store; nothing is changed then
 */
export async function migrate(
  database: Database,
  now: () => Date,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<void> {
  for (;;) {
    const done = await database.transaction(async (sql) => {
      const number = await appliedTo(sql);
      if (number > migrations.length)
        throw new StoreFailure(
          "unusable",
          `the store is of version ${number}, this Attune knows up to ${migrations.length}; update Attune, or name another data folder with ATTUNE_HOME`,
        );
      const next = migrations[number];
      if (next === undefined) return true;
      if (number === 0)
        await sql.query(
          "create table migration (number integer primary key, name text not null, applied_at timestamp with time zone not null)",
        );
      for (const statement of next.statements) await sql.query(statement);
      await sql.query("insert into migration (number, name, applied_at) values ($1, $2, $3)", [
        number + 1,
        next.name,
        now(),
      ]);
      return false;
    });
    if (done) return;
  }
}

async function appliedTo(sql: Sql): Promise<number> {
  const tables = await sql.query(
    "select 1 from information_schema.tables where table_name = 'migration' and table_schema = current_schema",
  );
  if (tables.length === 0) return 0;
  const rows = await sql.query<{ number: number | null }>("select max(number) as number from migration");
  return rows[0]?.number ?? 0;
}
