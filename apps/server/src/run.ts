// The server as a program: what it prints, and how it ends.

import { AlreadyRunning, startServer, type Server, type ServerOptions } from "./server.ts";

export interface RunOptions extends Omit<ServerOptions, "port"> {
  /** What --port said. */
  readonly port?: number | undefined;
  /** Called with lines for standard output; the address comes on a line of its own. */
  readonly print: (line: string) => Promise<void> | void;
  /** Called once the address is known, of a server that was there before, too. */
  readonly opened?: (url: string) => void;
}

/**
 * Runs until SIGINT or SIGTERM, or not at all where a server has the data folder already.
 *
 * @throws StoreFailure
 */
export async function runServer({ print, opened, ...options }: RunOptions): Promise<void> {
  let server: Server;
  try {
    server = await startServer(options);
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error;
    await print("Attune is running already:");
    await print(error.url);
    opened?.(error.url);
    return;
  }
  // Before the address is told: whoever reads it may stop the server at once.
  const stopped = stopSignal();
  await print(server.url);
  opened?.(server.url);
  await stopped;
  await server.close();
}

/** A second signal ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      process.off("SIGINT", stop).off("SIGTERM", stop);
      resolve();
    };
    process.on("SIGINT", stop).on("SIGTERM", stop);
  });
}
