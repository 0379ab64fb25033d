// The store on a database that this process owns. All checks of what may be kept are made here, so that the command
// line and the HTTP API refuse the same things in the same words.

import { StoreFailure } from "../failure.ts";
import type { Database } from "./database.ts";
import { exportPieces } from "./export.ts";
import { recordingOf } from "./example-recording.ts";
import { checkKey, checkName, checkNote, checkText } from "./names.ts";
import { type ActName, takeApart } from "./repertoire-parts.ts";
import { CONSENT_TO, type Consent, type Store } from "./store.ts";
import {
  find,
  names,
  nextVersion,
  noVersion,
  readVersion,
  saved,
  unknown,
  type VersionRow,
  writeParts,
} from "./versions.ts";

/** @param database with its tables up to date: see `migrate` */
export function createStore(database: Database, now: () => Date): Store {
  return {
    async listRepertoires() {
      const rows = await database.query<VersionRow & { name: string }>(
        `select r.name, v.version, v.saved_at, v.acts from repertoire r
         join version v on v.repertoire = r.id and v.version = r.newest order by r.name`,
      );
      return rows.map((row) => ({ name: row.name, ...saved(row), acts: names(row.acts) }));
    },

    readRepertoire: (name, version) => database.transaction((sql) => readVersion(sql, name, version)),

    async saveRepertoire(name, { repertoire, base, note, examples = [] }) {
      checkName(name);
      checkNote(note);
      const taken = takeApart(repertoire);
      const recordings = await Promise.all(examples.map(recordingOf));
      const ids = new Map(taken.acts.map((act) => [act.name, act.id]));
      for (const { act } of recordings) {
        checkText("the letters of an act's name", act);
        if (!ids.has(act))
          throw new StoreFailure("invalid", `an example of "${act}" came, but the repertoire holds no such act`);
      }
      return database.transaction(async (sql) => {
        const { id, version } = await nextVersion(sql, name, base);
        const at = now();
        await writeParts(sql, id, taken.parts);
        const hashes = JSON.stringify(taken.parts.map(({ hash }) => hash));
        await sql.query(
          `insert into version (repertoire, version, saved_at, note, acts, frame, parts)
           values ($1, $2, $3, $4, $5, $6, $7)`,
          [id, version, at, note, JSON.stringify(taken.acts), taken.frame, hashes],
        );
        for (const { act, frames, seconds, recording } of recordings)
          await sql.query(
            `insert into example (repertoire, act, act_id, taught_at, frames, seconds, recording)
             values ($1, $2, $3, $4, $5, $6, $7)`,
            [id, act, ids.get(act), at, frames, seconds, recording],
          );
        return { version, savedAt: at.toISOString() };
      });
    },

    async history(name) {
      const rows = await database.query<VersionRow>(
        `select v.version, v.saved_at, v.note, v.acts from version v
         join repertoire r on v.repertoire = r.id where r.name = $1 order by v.version desc`,
        [name],
      );
      if (rows.length === 0) throw unknown(name);
      return rows.map((row) => ({ ...saved(row), note: row.note, acts: names(row.acts) }));
    },

    restore: (name, version) =>
      database.transaction(async (sql) => {
        const [moved] = await sql.query<{ id: number; newest: number }>(
          "update repertoire set newest = newest + 1 where name = $1 returning id, newest",
          [name],
        );
        if (moved === undefined) throw unknown(name);
        const at = now();
        const copied = await sql.query(
          `insert into version (repertoire, version, saved_at, note, acts, frame, parts)
           select repertoire, $3, $4, $5, acts, frame, parts from version where repertoire = $1 and version = $2
           returning version`,
          [moved.id, version, moved.newest, at, `version ${version} restored`],
        );
        if (copied.length === 0) throw noVersion(name, version, moved.newest - 1);
        return { version: moved.newest, savedAt: at.toISOString() };
      }),

    async removeRepertoire(name) {
      // Versions, parts and examples go with it.
      const rows = await database.query("delete from repertoire where name = $1 returning id", [name]);
      if (rows.length === 0) throw unknown(name);
    },

    listExamples: (name) =>
      database.transaction(async (sql) => {
        const { id, acts } = await find(sql, name);
        const called = new Map((JSON.parse(acts) as ActName[]).map((act) => [act.id, act.name]));
        const rows = await sql.query<{
          id: number;
          act: string;
          act_id: number;
          taught_at: Date;
          frames: number;
          seconds: number;
        }>("select id, act, act_id, taught_at, frames, seconds from example where repertoire = $1 order by id", [id]);
        return rows.map((row) => ({
          id: row.id,
          act: called.get(row.act_id) ?? row.act,
          taughtAt: row.taught_at.toISOString(),
          frames: row.frames,
          seconds: row.seconds,
        }));
      }),

    async readExample(id) {
      const [row] = await database.query<{ recording: string }>("select recording from example where id = $1", [id]);
      if (row === undefined) throw new StoreFailure("not found", `there is no example ${id}; it may have been deleted`);
      return row.recording;
    },

    async readSettings() {
      const rows = await database.query<{ key: string; value: string }>("select key, value from setting order by key");
      return Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value) as unknown]));
    },

    async writeSetting(key, value) {
      checkKey(key);
      const text = JSON.stringify(value) as string | undefined;
      if (text === undefined)
        throw new StoreFailure("invalid", `no value came for the setting "${key}", JSON was wanted`);
      await database.query(
        "insert into setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
        [key, text],
      );
    },

    async listConsent() {
      const rows = await database.query<Omit<Consent, "at"> & { at: Date }>(
        "select what, given, at, words from consent order by id",
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },

    async addConsent({ what, given, words }) {
      if (!CONSENT_TO.includes(what))
        throw new StoreFailure("invalid", `consent to "${what}" came, one of ${CONSENT_TO.join(", ")} was wanted`);
      checkText("the words of a consent", words);
      const at = now();
      await database.query("insert into consent (what, given, at, words) values ($1, $2, $3, $4)", [
        what,
        given,
        at,
        words,
      ]);
      return { what, given, at: at.toISOString(), words };
    },

    exportAll: () => exportPieces(database, now()),

    async removeEverything() {
      // Numbers of examples go on, so that an address never comes to mean something else.
      await database.query("truncate table repertoire, version, part, example, setting, consent");
    },

    close: () => database.close(),
  };
}
