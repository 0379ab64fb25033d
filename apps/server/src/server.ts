// One process on loopback: it owns the store, serves the Studio, and answers whoever else needs the store.

import { MODELS, type ModelFacts } from "@attune/perception";
import type { FastifyInstance } from "fastify";
import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { isErrno, StoreFailure } from "./failure.ts";
import { dataFolder, prepareFolder } from "./home.ts";
import { createApp } from "./http/app.ts";
import { openShelf, type Shelf } from "./models/shelf.ts";
import { owned, type OwnedStore } from "./store/open.ts";

export const DEFAULT_PORT = 4747;
export const VERSION = "0.1.0";
/** How far to look for a free port. */
const PORTS = 100;
/** How long requests under way may take when the server closes, ms. */
const GRACE_MS = 5000;

export interface ServerOptions {
  /** Exactly this port (0: any free one). */
  readonly port?: number | undefined;
  /** Else the first free one from here; default 4747. */
  readonly firstPort?: number | undefined;
  /** The built Studio; without it there is the API alone. */
  readonly studioDir?: string | undefined;
  /** The data folder; default `dataFolder()`. */
  readonly home?: string | undefined;
  /** A person's own folder of models, trusted as it is; default ATTUNE_MODELS. */
  readonly modelsDir?: string | undefined;
  readonly log?: (line: string) => void;
  /** By which models are fetched. */
  readonly fetch?: typeof fetch;
  readonly models?: readonly ModelFacts[];
  readonly now?: () => Date;
}

export interface Server {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  /** Lets requests under way end, closes the store, gives it back. */
  close(): Promise<void>;
}

/** Another server has the data folder. */
export class AlreadyRunning extends Error {
  readonly url: string;
  constructor(url: string) {
    super(`Attune is running at ${url}`);
    this.name = "AlreadyRunning";
    this.url = url;
  }
}

/**
 * @throws AlreadyRunning
 * @throws StoreFailure "unusable" where the data folder or the port cannot be had
 */
export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const { studioDir, log = () => undefined, now = () => new Date(), models = MODELS } = options;
  if (studioDir !== undefined && !existsSync(join(studioDir, "index.html")))
    throw new StoreFailure("unusable", `there is no built Studio in "${studioDir}" (no index.html); build it first`);
  const home = await prepareFolder(options.home ?? dataFolder());
  const taken = await owned(home, now);
  if ("url" in taken) throw new AlreadyRunning(taken.url);
  let app: FastifyInstance | undefined;
  let shelf: Shelf | undefined;
  try {
    shelf = await openShelf({
      models,
      cache: join(home, "models"),
      folder: options.modelsDir ?? (process.env["ATTUNE_MODELS"] || undefined),
      fetch: options.fetch ?? globalThis.fetch,
    });
    app = await createApp({ store: taken.store, shelf, studioDir, version: VERSION, log });
    const url = await listen(app, options);
    await taken.ownership.publish(url);
    const running = { app, shelf };
    let closing: Promise<void> | undefined;
    return { url, close: () => (closing ??= shutDown(running.app, running.shelf, taken)) };
  } catch (error) {
    await shutDown(app, shelf, taken);
    throw error;
  }
}

async function shutDown(app: FastifyInstance | undefined, shelf: Shelf | undefined, taken: OwnedStore): Promise<void> {
  const impatient = setTimeout(() => app?.server.closeAllConnections(), GRACE_MS);
  await shelf?.close();
  await app?.close();
  clearTimeout(impatient);
  await taken.store.close();
  await taken.ownership.release();
}

async function listen(app: FastifyInstance, { port, firstPort = DEFAULT_PORT }: ServerOptions): Promise<string> {
  const first = port ?? firstPort;
  const last = port === undefined ? first + PORTS : first;
  for (let tried = first; ; tried++) {
    try {
      // Loopback alone, whatever else this machine is called.
      await app.listen({ port: tried, host: "127.0.0.1" });
      return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
    } catch (error) {
      if (!isErrno(error, "EADDRINUSE", "EACCES")) throw error;
      if (isErrno(error, "EADDRINUSE") && tried < last) continue;
      throw new StoreFailure(
        "unusable",
        isErrno(error, "EACCES")
          ? `port ${tried} may not be opened by this user; name one above 1023 with PORT or --port`
          : port === undefined
            ? `the ports ${first} to ${last} are all taken; name a free one with PORT or --port`
            : `port ${port} is taken by another program; end that, or name another port with PORT or --port`,
      );
    }
  }
}
