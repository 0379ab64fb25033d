// Compressed copies of a built Studio's files beside them, made once a build and served as they are.

import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const TEXT = /\.(?:js|mjs|css|html|svg|json|webmanifest|wasm|txt|ttf)$/;
/** Below this a copy saves nothing. */
const SMALLEST = 1024;

/** Writes FILE.br and FILE.gz where they are missing or older than FILE. */
export async function precompress(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !TEXT.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    const { size, mtimeMs } = await stat(path);
    if (size < SMALLEST) continue;
    if ((await isNewer(`${path}.br`, mtimeMs)) && (await isNewer(`${path}.gz`, mtimeMs))) continue;
    const bytes = await readFile(path);
    // 11, the default, takes ten times as long for a few percent.
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: size };
    await writeFile(`${path}.br`, await promisify(brotliCompress)(bytes, { params }));
    await writeFile(`${path}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
}

async function isNewer(path: string, mtimeMs: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.mtimeMs >= mtimeMs;
}
