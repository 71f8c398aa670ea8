/** A file on disk as a source of bytes. */

import { createHash } from "node:crypto";
import type { ByteRange, ByteSource } from "./byte_source.ts";

const digestChunkBytes = 1 << 20;

/** Up to so many bytes are read without waiting for another thread, which takes far longer than a row of a matrix. */
const mostBytesAtOnce = 1 << 16;

/** Bytes between two ranges that are read and left out sooner than asking twice. */
const widestGap = 1 << 13;

/** Digests by what a file was when it was read: an unchanged file is opened many times a run, and read once for this. */
const digests = new Map<string, Promise<string>>();

/**
 * Open a file to read ranges of it; no handle is held between reads. Every later read throws if the
 * file is no longer the one that was opened.
 *
 * @throws {Error} if there is no such file.
 */
export async function openLocalFile(path: string): Promise<ByteSource> {
  const opened = await statFile(path);
  const identity = [path, opened.size, opened.mtime?.getTime(), opened.ino].join("\0");
  return {
    source: path,
    size: opened.size,
    read: (ranges, into) => readRanges(path, opened, ranges, into),
    async digest() {
      checkUnchanged(path, opened, await statFile(path));
      let digest = digests.get(identity);
      if (digest === undefined) {
        digest = computeDigest(path, opened);
        digests.set(identity, digest);
        // A file that could not be read whole has no digest to keep.
        digest.catch(() => digests.delete(identity));
      }
      return await digest;
    },
  };
}

async function readRanges(
  path: string,
  opened: Deno.FileInfo,
  ranges: readonly ByteRange[],
  into?: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array[]> {
  using file = await openUnchanged(path, opened);
  for (const { start, end } of ranges) {
    if (0 <= start && start <= end && end <= opened.size) continue;
    throw new Error(`bytes ${start} to ${end} of ${path} do not exist; it has ${opened.size}`);
  }
  const parts: Uint8Array[] = [];
  for (let next = 0; next < ranges.length;) {
    const { start, end, count } = readTogether(ranges, next);
    const fits = into && ranges.length === 1 && into.length >= end - start;
    const bytes = fits ? into.subarray(0, end - start) : new Uint8Array(end - start);
    await fill(bytes, file, path, start);
    if (count === 1) parts.push(bytes);
    else {
      for (const range of ranges.slice(next, next + count)) {
        parts.push(bytes.slice(range.start - start, range.end - start));
      }
    }
    next += count;
  }
  checkUnchanged(path, opened, await file.stat());
  return parts;
}

/** The ranges from `next` on that one read fetches: those that follow each other with short gaps. */
function readTogether(ranges: readonly ByteRange[], next: number) {
  const { start } = ranges[next]!;
  let { end } = ranges[next]!, count = 1;
  for (; next + count < ranges.length; count++) {
    const range = ranges[next + count]!;
    if (range.start < end || range.start - end > widestGap) break;
    if (range.end - start > mostBytesAtOnce) break;
    end = range.end;
  }
  return { start, end, count };
}

async function computeDigest(path: string, opened: Deno.FileInfo): Promise<string> {
  using file = await openUnchanged(path, opened);
  const hash = createHash("sha256");
  const chunk = new Uint8Array(Math.min(opened.size, digestChunkBytes));
  for (let position = 0; position < opened.size; position += chunk.length) {
    const part = chunk.subarray(0, opened.size - position);
    await fill(part, file, path, position);
    hash.update(part);
  }
  checkUnchanged(path, opened, await file.stat());
  return hash.digest("hex");
}

async function statFile(path: string): Promise<Deno.FileInfo> {
  const info = await Deno.stat(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) throw new Error(`${path} does not exist`);
    throw error;
  });
  if (info.isFile) return info;
  throw new Error(`${path} is no file; pass the path of a file with weights`);
}

/** Open the file that `opened` describes; the caller checks again after reading. */
async function openUnchanged(path: string, opened: Deno.FileInfo): Promise<Deno.FsFile> {
  checkUnchanged(path, opened, await statFile(path));
  return await Deno.open(path);
}

function checkUnchanged(path: string, opened: Deno.FileInfo, { size, mtime, ino }: Deno.FileInfo) {
  if (size === opened.size && mtime?.getTime() === opened.mtime?.getTime() && ino === opened.ino) {
    return;
  }
  throw new Error(`${path} changed after it was opened; run again when it is complete`);
}

async function fill(bytes: Uint8Array, file: Deno.FsFile, path: string, position: number) {
  file.seekSync(position, Deno.SeekMode.Start);
  const few = bytes.length <= mostBytesAtOnce;
  for (let filled = 0; filled < bytes.length;) {
    const rest = bytes.subarray(filled);
    const count = few ? file.readSync(rest) : await file.read(rest);
    if (count === null) {
      throw new Error(
        `${path} ended at byte ${
          position + filled
        } while it was read; run again when it is complete`,
      );
    }
    filled += count;
  }
}
