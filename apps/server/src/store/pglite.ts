// PGlite, PostgreSQL compiled to WebAssembly, on a folder. As it comes it never calls fsync: it is started with -F, and
// its file system has none. Both are put right here, so that what was acknowledged outlives a power cut as well as a
// killed process.

import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import fs from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { StoreFailure } from "../failure.ts";
import type { Database, Sql } from "./database.ts";

/** The format of the files, as PostgreSQL counts it. */
const PG_VERSION = "18";
/** WASI's number for a failed read or write. */
const EIO = 29;

/**
 * Opens the database in `folder`, making it where there is none. This process must own it.
 *
 * @throws StoreFailure "unusable" where the folder holds another engine's files
 */
export async function openPglite(folder: string): Promise<Database> {
  if (!fs.existsSync(folder)) await create(folder);
  const found = (await readFile(join(folder, "PG_VERSION"), "utf8").catch(() => "none")).trim();
  if (found !== PG_VERSION)
    throw new StoreFailure(
      "unusable",
      `"${folder}" holds a store of format ${found}, this Attune reads format ${PG_VERSION}; use the Attune that wrote it, or name another data folder with ATTUNE_HOME`,
    );
  return databaseOn(await start(folder));
}

/** Made beside and renamed when it is whole: a start that is killed leaves nothing half made behind. */
async function create(folder: string): Promise<void> {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  await (await start(draft)).close();
  await syncTree(draft);
  await rename(draft, folder);
  syncFolder(dirname(folder));
}

async function start(folder: string): Promise<PGlite> {
  const params = PGlite.defaultStartParams.filter((param) => param !== "-F");
  // fdatasync, the default, does nothing in Emscripten.
  const pglite = new PGlite({ fs: new DurableFS(folder), startParams: [...params, "-c", "wal_sync_method=fsync"] });
  await pglite.waitReady;
  const { rows } = await pglite.query<{ fsync: string }>("show fsync");
  if (rows[0]?.fsync !== "on") throw new Error(`PGlite says fsync is ${rows[0]?.fsync}, on was wanted`);
  return pglite;
}

interface OpenFile {
  /** Descriptor; folders have none. */
  readonly nfd?: number;
  readonly node: object;
}

interface EmscriptenModule {
  readonly NODEFS?: {
    readonly stream_ops: { fsync?: (file: OpenFile) => number };
    readonly realPath: (node: object) => string;
  };
}

class DurableFS extends NodeFS {
  override async init(...args: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(...args);
    const addFsync = (module: EmscriptenModule): void => {
      const { NODEFS } = module;
      if (!NODEFS) throw new Error("PGlite's module has no NODEFS to add fsync to");
      NODEFS.stream_ops.fsync = ({ nfd, node }) => {
        try {
          if (nfd === undefined) syncFolder(NODEFS.realPath(node));
          else fs.fsyncSync(nfd);
          return 0;
        } catch {
          return EIO;
        }
      };
    };
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

/** So that a new file's name is on disk, too. */
function syncFolder(path: string): void {
  if (process.platform === "win32") return;
  const descriptor = fs.openSync(path, "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

function databaseOn(pglite: PGlite): Database {
  const sql = (on: Pick<PGlite, "query">): Sql => ({
    query: async <Row>(text: string, params: readonly unknown[] = []) => (await on.query<Row>(text, [...params])).rows,
  });
  return {
    ...sql(pglite),
    transaction: (run) => pglite.transaction((tx) => run(sql(tx as unknown as Pick<PGlite, "query">))),
    close: () => pglite.close(),
  };
}

async function syncTree(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await syncTree(path);
    else if (entry.isFile()) await syncFile(path);
  }
  syncFolder(folder);
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
