/** A file on disk as a source of bytes. */

import { setImmediate } from "node:timers/promises";
import { type ByteRange, type ByteSource, checkRanges } from "./byte_source.ts";
import { halfWritten } from "./half_written.ts";
import { readTogether } from "./read_together.ts";
import { sha256 } from "../files/digest.ts";
import { readingNow } from "../files/system_fault.ts";

/** Bytes of a digest after which other work has its turn, some milliseconds. */
const BYTES_BETWEEN_TURNS = 1 << 24;

/**
 * Up to so many bytes are read without waiting for another thread, and files are opened and looked at without: handing such a
 * call over took 20 to 40 times as long as the call (93 µs and 4 µs for opening on an AMD EPYC, Zen 5).
 */
const MOST_BYTES_AT_ONCE = 1 << 18;

/** Reading a few kilobytes that are left out takes less than another call. */
const BOUNDS = { gap: 1 << 13, most: MOST_BYTES_AT_ONCE };

/** Until a file has stood for so long, another of the same size can take its place within a tick of its clock. */
const SETTLED_AFTER_MILLISECONDS = 1000;

/** Digests by what a file was when it was read: an unchanged file is opened many times a run, and read once for this. */
const digests = new Map<string, Promise<string>>();

/** The digests that were taken in this thread, by what their files were then. */
export async function knownDigests(): Promise<[identity: string, digest: string][]> {
  return await Promise.all(
    [...digests].map(async ([file, digest]) => [file, await digest] as [string, string]),
  );
}

/** Know digests that another thread has taken. */
export function takeDigests(taken: Iterable<readonly [identity: string, digest: string]>): void {
  for (const [file, digest] of taken) digests.set(file, Promise.resolve(digest));
}

/**
 * Open a file to read ranges of it; no handle is held between reads. Every later read throws if the
 * file is no longer the one that was opened.
 */
export function openLocalFile(path: string): ByteSource {
  const opened = existing(path, Deno.statSync), { size } = opened;
  if (!opened.isFile) throw new Error(`${path} is no file; pass the path of a file with weights`);
  // Whoever puts the times of a file back has changed the time of that.
  const times = [opened.mtime, opened.ctime].map((time) => time?.getTime());
  const identity = [path, size, ...times, opened.ino].join("\0");
  return {
    source: path,
    size,
    async read(ranges, into) {
      checkRanges({ source: path, size }, ranges);
      return await readUnchanged(path, opened, (file) => readRanges(path, file, ranges, into));
    },
    async digest() {
      checkUnchanged(path, opened, existing(path, Deno.statSync));
      const compute = () => readUnchanged(path, opened, (file) => digestOf(path, file, size));
      const age = Date.now() - (opened.mtime?.getTime() ?? 0);
      if (age < SETTLED_AFTER_MILLISECONDS) return await compute();
      let digest = digests.get(identity);
      if (digest === undefined) {
        digest = compute();
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
  file: Deno.FsFile,
  ranges: readonly ByteRange[],
  into?: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array[]> {
  const size = ranges.reduce((sum, { start, end }) => sum + end - start, 0);
  // One piece of memory for all: thousands of rows are thousands of pieces otherwise.
  const bytes = into && into.length >= size ? into.subarray(0, size) : new Uint8Array(size);
  const parts: Uint8Array[] = [];
  for (let next = 0, filled = 0; next < ranges.length;) {
    const { start, end, count } = readTogether(ranges, next, BOUNDS);
    const covering = count === 1 ? null : coveringBytes.subarray(0, end - start);
    const wanted = covering ?? bytes.subarray(filled, filled + end - start);
    if (wanted.length > MOST_BYTES_AT_ONCE) await fill(wanted, file, path, start);
    else {
      const count = readAt(start, file, wanted);
      if (count < wanted.length) throw endedAt(path, start + count);
    }
    for (const range of ranges.slice(next, next + count)) {
      const part = bytes.subarray(filled, filled += range.end - range.start);
      if (covering) part.set(covering.subarray(range.start - start, range.end - start));
      parts.push(part);
    }
    next += count;
  }
  return parts;
}

/** Used again by every read of several ranges; none pauses before it has copied its own out. */
const coveringBytes = new Uint8Array(MOST_BYTES_AT_ONCE);

async function digestOf(path: string, file: Deno.FsFile, size: number): Promise<string> {
  const hash = sha256();
  // Memory of WebAssembly begins at a page. Reading into memory that begins a few bytes behind one is several times slower.
  digestBytes ??= new Uint8Array(
    new WebAssembly.Memory({ initial: MOST_BYTES_AT_ONCE >> 16 }).buffer,
  );
  for (let position = 0; position < size;) {
    const part = digestBytes.subarray(0, size - position);
    const count = readAt(position, file, part);
    if (count < part.length) throw endedAt(path, position + count);
    hash.update(part);
    position += count;
    if (position % BYTES_BETWEEN_TURNS === 0) await setImmediate();
  }
  return hash.hex();
}

/** Used again by every digest; none pauses before it has taken in what it has read. */
let digestBytes: Uint8Array | undefined;

/** Look at a file, or open it. */
function existing<T>(path: string, look: (path: string) => T): T {
  try {
    return readingNow(path, () => look(path));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw halfWritten(`${path} does not exist`);
    throw error;
  }
}

/** Open the file that `opened` describes and read it; it must be the same before and after. */
async function readUnchanged<T>(
  path: string,
  opened: Deno.FileInfo,
  read: (file: Deno.FsFile) => Promise<T>,
): Promise<T> {
  using file = existing(path, Deno.openSync);
  checkUnchanged(path, opened, file.statSync());
  const found = await read(file);
  checkUnchanged(path, opened, file.statSync());
  return found;
}

function checkUnchanged(path: string, opened: Deno.FileInfo, { size, mtime, ino }: Deno.FileInfo) {
  const isSameTime = mtime?.getTime() === opened.mtime?.getTime();
  if (size === opened.size && isSameTime && ino === opened.ino) return;
  throw halfWritten(`${path} changed after it was opened; run again when it is complete`);
}

async function fill(bytes: Uint8Array, file: Deno.FsFile, path: string, position: number) {
  file.seekSync(position, Deno.SeekMode.Start);
  for (let filled = 0; filled < bytes.length;) {
    const count = await file.read(bytes.subarray(filled));
    if (count === null) throw endedAt(path, position + filled);
    filled += count;
  }
}

/** Read what a file has from a place on, at once, as far as it fits; returns how many bytes these are. */
export function readAt(position: number, file: Deno.FsFile, bytes: Uint8Array): number {
  file.seekSync(position, Deno.SeekMode.Start);
  for (let filled = 0;;) {
    const count = filled < bytes.length ? file.readSync(bytes.subarray(filled)) : null;
    if (count === null) return filled;
    filled += count;
  }
}

function endedAt(path: string, position: number): Error {
  return halfWritten(
    `${path} ended at byte ${position} while it was read; run again when it is complete`,
  );
}
