/** A file on disk as a source of bytes. */

import { createHash } from "node:crypto";
import type { ByteRange, ByteSource } from "./byte_source.ts";
import { readingNow } from "../files/system_fault.ts";

const DIGEST_CHUNK_BYTES = 1 << 20;

/**
 * Up to so many bytes are read without waiting for another thread, and files are opened and looked at without: handing such a
 * call over took 20 to 40 times as long as the call (93 µs and 4 µs for opening on an AMD EPYC, Zen 5).
 */
const MOST_BYTES_AT_ONCE = 1 << 18;

/** Bytes between two ranges that are read and left out sooner than asking twice. */
const WIDEST_GAP = 1 << 13;

/** Until a file has stood for so long, another of the same size can take its place within a tick of its clock. */
const SETTLED_AFTER_MILLISECONDS = 1000;

/** Digests by what a file was when it was read: an unchanged file is opened many times a run, and read once for this. */
const digests = new Map<string, Promise<string>>();

/**
 * Open a file to read ranges of it; no handle is held between reads. Every later read throws if the
 * file is no longer the one that was opened.
 *
 * @throws {Error} if there is no such file.
 */
export function openLocalFile(path: string): ByteSource {
  const opened = existing(path, Deno.statSync);
  if (!opened.isFile) throw new Error(`${path} is no file; pass the path of a file with weights`);
  const identity = [path, opened.size, opened.mtime?.getTime(), opened.ino].join("\0");
  return {
    source: path,
    size: opened.size,
    read: (ranges, into) => readRanges(path, opened, ranges, into),
    async digest() {
      checkUnchanged(path, opened, existing(path, Deno.statSync));
      const age = Date.now() - (opened.mtime?.getTime() ?? 0);
      if (age < SETTLED_AFTER_MILLISECONDS) return await computeDigest(path, opened);
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
  using file = openUnchanged(path, opened);
  let size = 0;
  for (const { start, end } of ranges) {
    if (!(0 <= start && start <= end && end <= opened.size)) {
      throw new Error(`bytes ${start} to ${end} of ${path} do not exist; it has ${opened.size}`);
    }
    size += end - start;
  }
  // One piece of memory for all: thousands of rows are thousands of pieces otherwise.
  const bytes = into && into.length >= size ? into.subarray(0, size) : new Uint8Array(size);
  const parts: Uint8Array[] = [];
  for (let next = 0, filled = 0; next < ranges.length;) {
    const { start, end, count } = readTogether(ranges, next);
    const covering = count === 1 ? null : coveringBytes.subarray(0, end - start);
    const wanted = covering ?? bytes.subarray(filled, filled + end - start);
    if (wanted.length <= MOST_BYTES_AT_ONCE) fillAtOnce(wanted, file, path, start);
    else await fill(wanted, file, path, start);
    for (const range of ranges.slice(next, next + count)) {
      const part = bytes.subarray(filled, filled += range.end - range.start);
      if (covering) part.set(covering.subarray(range.start - start, range.end - start));
      parts.push(part);
    }
    next += count;
  }
  checkUnchanged(path, opened, file.statSync());
  return parts;
}

/** Used again by every read of several ranges; none pauses before it has copied its own out. */
const coveringBytes = new Uint8Array(MOST_BYTES_AT_ONCE);

/** The ranges from `next` on that one read fetches: those that follow each other with short gaps. */
function readTogether(ranges: readonly ByteRange[], next: number) {
  const { start } = ranges[next]!;
  let { end } = ranges[next]!, count = 1;
  for (; next + count < ranges.length; count++) {
    const range = ranges[next + count]!;
    if (range.start < end || range.start - end > WIDEST_GAP) break;
    if (range.end - start > MOST_BYTES_AT_ONCE) break;
    end = range.end;
  }
  return { start, end, count };
}

async function computeDigest(path: string, opened: Deno.FileInfo): Promise<string> {
  using file = openUnchanged(path, opened);
  const hash = createHash("sha256");
  const chunk = new Uint8Array(Math.min(opened.size, DIGEST_CHUNK_BYTES));
  for (let position = 0; position < opened.size; position += chunk.length) {
    const part = chunk.subarray(0, opened.size - position);
    await fill(part, file, path, position);
    hash.update(part);
  }
  checkUnchanged(path, opened, file.statSync());
  return hash.digest("hex");
}

/** Look at a file, or open it. */
function existing<T>(path: string, look: (path: string) => T): T {
  try {
    return readingNow(path, () => look(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new Error(`${path} does not exist`);
    throw error;
  }
}

/** Open the file that `opened` describes; the caller checks again after reading. */
function openUnchanged(path: string, opened: Deno.FileInfo): Deno.FsFile {
  const file = existing(path, Deno.openSync);
  try {
    checkUnchanged(path, opened, file.statSync());
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

function checkUnchanged(path: string, opened: Deno.FileInfo, { size, mtime, ino }: Deno.FileInfo) {
  if (size === opened.size && mtime?.getTime() === opened.mtime?.getTime() && ino === opened.ino) {
    return;
  }
  throw new Error(`${path} changed after it was opened; run again when it is complete`);
}

async function fill(bytes: Uint8Array, file: Deno.FsFile, path: string, position: number) {
  file.seekSync(position, Deno.SeekMode.Start);
  for (let filled = 0; filled < bytes.length;) {
    filled += someOf(await file.read(bytes.subarray(filled)), path, position + filled);
  }
}

function fillAtOnce(bytes: Uint8Array, file: Deno.FsFile, path: string, position: number) {
  file.seekSync(position, Deno.SeekMode.Start);
  for (let filled = 0; filled < bytes.length;) {
    filled += someOf(file.readSync(bytes.subarray(filled)), path, position + filled);
  }
}

function someOf(count: number | null, path: string, position: number): number {
  if (count !== null) return count;
  throw new Error(
    `${path} ended at byte ${position} while it was read; run again when it is complete`,
  );
}
