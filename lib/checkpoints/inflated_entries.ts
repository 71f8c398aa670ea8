/** Entries of a zip file as they were before they were compressed. */

import { shown } from "../messages/shown.ts";
import { type ByteSource, checkRanges, readRange } from "./byte_source.ts";
import { crc32, inflate, inflateFront } from "./inflate.ts";
import { entryBegins, type ZipEntry } from "./torch/zip_entries.ts";

/** Entries of a file, and where each begins in it. */
export interface PlacedEntries {
  readonly file: ByteSource;
  readonly begins: readonly number[];
}

/**
 * Bytes that any file may be inflated to, and how often its own besides: weights hardly shrink, and
 * files of zeros are no weights.
 */
const FREE_BYTES = 1 << 26, MOST_TIMES = 20;
/** The most bytes of one entry; a single piece of memory holds it. */
const MOST_ENTRY_BYTES = 2 ** 31 - 1;
/** Inflated bytes that are kept for the next read. */
const KEPT_BYTES = 1 << 28;
/**
 * Bytes at the front of an entry that are read without inflating all of it, and compressed bytes
 * that are enough for them.
 */
const HEAD_BYTES = 1 << 9, HEAD_COMPRESSED_BYTES = 1 << 11;

/**
 * The entries as parts of a file: of the zip file itself where all are stored as they are, or else
 * of one that stands for them and inflates an entry when it is read.
 *
 * @throws {Error} If they are encrypted, compressed by another method, or would unfold to far more than weights do.
 */
export async function inflatedEntries(
  file: ByteSource,
  entries: readonly ZipEntry[],
  advice: string,
): Promise<PlacedEntries> {
  const places = await entryBegins(file, entries.map(asStored), advice);
  if (entries.every(({ inflatedSize }) => inflatedSize === undefined)) {
    return { file, begins: places };
  }
  const begins: number[] = [];
  let size = 0;
  for (const { name, inflatedSize, size: stored } of entries) {
    const own = inflatedSize ?? stored, most = FREE_BYTES + MOST_TIMES * file.size;
    begins.push(size);
    size += own;
    if (size <= most && own <= MOST_ENTRY_BYTES) continue;
    throw new Error(
      `${file.source} unfolds to more than weights do: with its entry ${
        shown(name)
      } to ${size} bytes, where it has ` +
        `${file.size}; ${advice}`,
    );
  }
  const inflated = new InflatedEntries(file, entries, places);
  return { file: inflated.source(begins, size), begins };
}

/** An entry that `entryBegins` looks up although it is compressed. */
function asStored(entry: ZipEntry): ZipEntry {
  return entry.inflatedSize === undefined ? entry : { ...entry, unreadable: null };
}

class InflatedEntries {
  /** Inflated entries by number, the one that was used last behind. */
  readonly #kept = new Map<number, Uint8Array>();
  #keptBytes = 0;

  constructor(
    private readonly file: ByteSource,
    private readonly entries: readonly ZipEntry[],
    /** Where the bytes of each begin in the file. */
    private readonly places: readonly number[],
  ) {}

  /** The entries one after another as a source. */
  source(begins: readonly number[], size: number): ByteSource {
    const { source } = this.file;
    return {
      ...{ source, size },
      digest: () => this.file.digest(),
      read: async (ranges) => {
        checkRanges({ source, size }, ranges);
        const parts: Uint8Array[] = [];
        for (const { start, end } of ranges) {
          const i = begins.findLastIndex((begin) => begin <= start);
          parts.push(await this.#bytes(i, start - begins[i]!, end - begins[i]!));
        }
        return parts;
      },
    };
  }

  async #bytes(i: number, start: number, end: number): Promise<Uint8Array> {
    const { inflatedSize, size } = this.entries[i]!, place = this.places[i]!;
    if (inflatedSize === undefined) return await readRange(this.file, place + start, place + end);
    const isHead = end <= HEAD_BYTES && !this.#kept.has(i);
    if (!isHead) return (await this.#whole(i)).slice(start, end);
    const bytes = await readRange(this.file, place, place + Math.min(size, HEAD_COMPRESSED_BYTES));
    const head = this.#inflated(i, () => inflateFront(bytes));
    return head.length >= end ? head.slice(start, end) : (await this.#whole(i)).slice(start, end);
  }

  async #whole(i: number): Promise<Uint8Array> {
    const { name, size, inflatedSize = 0, checksum } = this.entries[i]!, place = this.places[i]!;
    const kept = this.#kept.get(i);
    this.#kept.delete(i);
    const compressed = kept ?? await readRange(this.file, place, place + size);
    const bytes = kept ?? this.#inflated(i, () => inflate(compressed, inflatedSize));
    if (bytes.length !== inflatedSize || !kept && crc32(bytes) !== checksum) {
      throw new Error(
        `${this.file.source} has a damaged entry ${
          shown(name)
        }: what it unfolds to is not what was compressed; get it again`,
      );
    }
    this.#kept.set(i, bytes);
    if (!kept) this.#keptBytes += bytes.length;
    for (const [other, { length }] of this.#kept) {
      if (this.#keptBytes <= KEPT_BYTES || other === i) break;
      this.#kept.delete(other);
      this.#keptBytes -= length;
    }
    return bytes;
  }

  #inflated(i: number, work: () => Uint8Array): Uint8Array {
    try {
      return work();
    } catch (cause) {
      const { name } = this.entries[i]!;
      throw new Error(
        `${this.file.source} has a damaged entry ${
          shown(name)
        }: it is not what a zip file compresses; get it again`,
        { cause },
      );
    }
  }
}
