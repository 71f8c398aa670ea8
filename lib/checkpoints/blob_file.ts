/** A `Blob` or a `File` of a browser as a source of bytes: its ranges are read, never all of it. */

import { sha256 } from "../files/digest.ts";
import { printable } from "../messages/shown.ts";
import { type ByteRange, type ByteSource, checkRanges } from "./byte_source.ts";
import { readTogether } from "./read_together.ts";

/** Reading a blob takes a message to another process and back, which costs as much as a hundred kilobytes. */
const BOUNDS = { gap: 1 << 16, most: 1 << 22 };

/** Pieces that are read at once. */
const LANES = 8;

/** Bytes that are read and hashed together. */
const DIGEST_BYTES = 1 << 22;

/**
 * Open a blob to read ranges of it.
 *
 * @param source What to call it in messages.
 */
export function openBlobFile(blob: Blob, source: string): ByteSource {
  const { size } = blob;
  let digest: Promise<string> | undefined;
  return {
    source,
    size,
    async read(ranges) {
      checkRanges({ source, size }, ranges);
      return await readRanges(blob, source, ranges);
    },
    digest() {
      return digest ??= digestOf(blob, source);
    },
  };
}

async function readRanges(blob: Blob, source: string, ranges: readonly ByteRange[]) {
  const parts = new Array<Uint8Array>(ranges.length);
  let next = 0;
  const lane = async () => {
    while (next < ranges.length) {
      const first = next, { start, end, count } = readTogether(ranges, first, BOUNDS);
      next += count;
      const bytes = await slice(blob, source, start, end);
      for (let i = first; i < first + count; i++) {
        // A copy of its own where there is more: a row must not keep all of a piece in memory.
        const from = ranges[i]!.start - start, to = ranges[i]!.end - start;
        parts[i] = count === 1 ? bytes : bytes.slice(from, to);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, ranges.length) }, lane));
  return parts;
}

async function digestOf(blob: Blob, source: string): Promise<string> {
  const hash = sha256();
  for (let start = 0; start < blob.size; start += DIGEST_BYTES) {
    hash.update(await slice(blob, source, start, Math.min(blob.size, start + DIGEST_BYTES)));
  }
  return hash.hex();
}

/** Bytes of a blob; a file behind it may have changed since it was chosen, and can then not be read any more. */
async function slice(blob: Blob, source: string, start: number, end: number): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await blob.slice(start, end).arrayBuffer());
  } catch (cause) {
    const why = cause instanceof Error ? ` (${printable(cause.name)})` : "";
    throw new Error(
      `${source} cannot be read${why}: it was changed, moved or removed after it was opened; open it again`,
      { cause },
    );
  }
  if (bytes.length === end - start) return bytes;
  throw new Error(
    `${source} ended at byte ${
      start + bytes.length
    } while it was read; open it again when it is complete`,
  );
}
