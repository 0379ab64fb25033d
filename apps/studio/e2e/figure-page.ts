// One empty Chromium page with a bundle of the Studio's modules, the models and their wasm, all from this machine.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Page, chromium } from "playwright-core";
import { build } from "vite";

export interface FigurePage {
  readonly page: Page;
  /** Calls what the module exports, in the page; what goes in and out is copied. */
  call<In, Out>(name: string, given: In): Promise<Out>;
  close(): Promise<void>;
}

/**
 * @param entry a module of the Studio, from this folder; what it exports can be called in the page
 * @param modelsDir folder of models, served under /models; without it there are none
 * @throws Error where the module cannot be bundled or Chromium cannot be started
 */
export async function openFigurePage(chromiumPath: string, entry: string, modelsDir?: string): Promise<FigurePage> {
  const code = await bundle(fileURLToPath(new URL(entry, import.meta.url)));
  const wasm = join(dirname(createRequire(import.meta.url).resolve("@mediapipe/tasks-vision")), "wasm");
  const server = createServer((request, response) => {
    const path = (request.url ?? "/").split("?")[0] ?? "/";
    const folder = path.startsWith("/wasm/") ? wasm : path.startsWith("/models/") ? modelsDir : undefined;
    const file = join(folder ?? "", basename(path));
    response.setHeader("content-type", TYPES[path.slice(path.lastIndexOf(".") + 1)] ?? "application/octet-stream");
    if (path === "/" || path === "/page.html") {
      response.setHeader("content-type", "text/html");
      response.end(
        '<!doctype html><title>figure</title><link rel=icon href=data:,><script type=module>import * as entry from "/entry.js"; globalThis.entry = entry;</script>',
      );
    } else if (path === "/entry.js") response.end(code);
    else if (folder !== undefined && statSync(file, { throwIfNoEntry: false })?.isFile())
      createReadStream(file).pipe(response);
    else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const browser = await chromium
    .launch({
      executablePath: chromiumPath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
    })
    .catch((error: unknown) => {
      server.close();
      throw error;
    });
  const close = async (): Promise<void> => {
    await browser.close();
    server.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/page.html`);
    await page.waitForFunction(() => "entry" in globalThis);
    return {
      page,
      close,
      call: <In, Out>(name: string, given: In): Promise<Out> =>
        page.evaluate(
          ([called, argument]) =>
            (globalThis as unknown as { entry: Record<string, (argument: In) => Promise<Out>> }).entry[called](
              argument as never,
            ),
          [name, given] as [string, In],
        ) as Promise<Out>,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const TYPES: Readonly<Record<string, string>> = { js: "text/javascript", wasm: "application/wasm" };

async function bundle(entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "error",
    publicDir: false,
    build: { write: false, minify: false, target: "es2023", lib: { entry, formats: ["es"], fileName: "entry" } },
  });
  const [output] = Array.isArray(made) ? made : [made];
  if (output === undefined || !("output" in output)) throw new Error(`openFigurePage: ${entry} gave no bundle`);
  return output.output[0].code;
}
