// Bytes in from files and standard input, bytes out to files. A file that is replaced is never half written: the new
// one is complete beside it before it takes the name.

import { randomBytes } from "node:crypto";
import { createReadStream, createWriteStream, type Stats } from "node:fs";
import { open, readdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { UserError } from "./fail.ts";
import { didYouMean } from "./nearest.ts";

/** Chunks of a file (or "-" for standard input, or a folder) with what is known of its length. */
export interface Source {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes in all; undefined for a pipe. */
  readonly size: number | undefined;
  /** Bytes read so far. */
  read(): number;
}

/**
 * A folder stands for the files of key points in it (a file a frame, as OpenPose writes them), joined in order of name.
 *
 * @throws UserError when there is no such file, naming one that is spelled like it
 */
export async function openSource(path: string): Promise<Source> {
  const parts = path === "-" ? undefined : await keypointFiles(path);
  let size: number | undefined;
  if (path !== "-" && parts === undefined) {
    const found: Stats = await statOf(path);
    size = found.isFile() ? found.size : undefined;
  }
  let read = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const part of parts ?? [path]) {
      const stream = part === "-" ? process.stdin : createReadStream(part, { highWaterMark: 65_536 });
      for await (const chunk of stream) {
        read += (chunk as Uint8Array).length;
        yield chunk as Uint8Array;
      }
      if (parts) yield Uint8Array.of(10);
    }
  }
  return { chunks: counted(), size, read: () => read };
}

/** The files ending in keypoints.json of a folder, in order of name; undefined for anything else. */
async function keypointFiles(path: string): Promise<string[] | undefined> {
  if (!(await stat(path).catch(() => undefined))?.isDirectory()) return undefined;
  const names = (await readdir(path)).filter((name) => name.endsWith("keypoints.json"));
  return names.length === 0 ? undefined : names.sort().map((name) => join(path, name));
}

async function statOf(path: string): Promise<Stats> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new UserError(`"${path}" is a folder, a recording was wanted; name a file in it`);
    return found;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    const beside = await readdir(dirname(path)).catch(() => []);
    throw new UserError(`there is no file "${path}"${didYouMean(basename(path), beside) || "; check the path"}`);
  }
}

/** The first bytes of a file. */
export async function headOf(path: string, bytes: number): Promise<string> {
  await statOf(path);
  return Buffer.from(await bytesAt(path, 0, bytes)).toString("utf8");
}

/** Up to `length` bytes from `position`. */
export async function bytesAt(path: string, position: number, length: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const out = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(out, filled, length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return out.subarray(0, filled);
  } finally {
    await file.close();
  }
}

/** Writes a text so that readers see the old file or the new one, never a part. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await replacing(path, (temporary) => writeFile(temporary, text));
}

/** Writes chunks likewise. */
export async function writeChunks(path: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  await replacing(path, (temporary) => pipeline(Readable.from(chunks), createWriteStream(temporary)));
}

async function replacing(named: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const path = await realpath(named).catch(() => named);
  // A pipe or a device has no half-written state, and must not be replaced by a file.
  const there = await stat(path).catch(() => undefined);
  if (there !== undefined && !there.isFile() && !there.isDirectory()) return write(path);
  // In the same folder, because a rename is atomic only within a file system.
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}-${randomBytes(4).toString("hex")}.part`);
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && (error as NodeJS.ErrnoException).path === temporary)
      throw new UserError(`"${path}" cannot be written: there is no folder "${dirname(path)}"; make it first`);
    if (code === "EISDIR") throw new UserError(`"${path}" is a folder, the name of a file was wanted`);
    throw error;
  }
}
