/** The entries of a zip file; of those that are stored as they are ranges can be read. */

import { type Entry, Reader, ZipReader } from "@zip.js/zip.js/lib/zip-core.js";
import { printable, shown } from "../../messages/shown.ts";
import { type ByteSource, readRange } from "../byte_source.ts";
import { halfWritten } from "../half_written.ts";
import { MAXIMUM_HEADER_BYTES } from "../limits.ts";

/** Bytes of an entry's own header in front of its name. */
const LOCAL_HEADER_BYTES = 30;
const LOCAL_HEADER_SIGNATURE = 0x04034b50;

/** The number of the one method of compression that zip files nearly always have. */
const DEFLATE = 8;

/** Bytes of the file's end that are read at once: the directory of a thousand tensors, so that one read is enough. */
const TAIL_BYTES = 1 << 17;

/**
 * The most entries that are read, one for each tensor: models with hundreds of experts in each layer have up to some 200,000
 * tensors, but in many files. The library takes 50 µs for an entry.
 */
const MOST_ENTRIES = 100_000;

/** One entry of a zip file. */
export interface ZipEntry {
  readonly name: string;
  /** Where its own header is; the bytes begin behind that, see {@linkcode entryBegins}. */
  readonly offset: number;
  /** How many bytes it has. */
  readonly size: number;
  /** Why its bytes cannot be read in ranges, or `null` if they can. */
  readonly unreadable: string | null;
  /** How many bytes it is inflated to, where it is compressed by deflate. */
  readonly inflatedSize?: number;
  /** CRC-32 of its bytes as they were. */
  readonly checksum: number | undefined;
}

/** The entries that a zip file's directory lists, by name; only the directory is read. */
export async function zipEntries(file: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const entries = new Map<string, ZipEntry>();
  // One after another, since the library's own entries take some 8 kB each.
  for await (const { entry, total } of readDirectory(file)) {
    if (total > MOST_ENTRIES) {
      throw new Error(
        `${file.source} has ${total} entries, more than any model's file (${MOST_ENTRIES}); get it again`,
      );
    }
    const { filename: name, offset, compressedSize: size, signature: checksum } = entry;
    if (entries.has(name)) {
      throw new Error(`${file.source} is damaged: it has two entries named ${shown(name)}`);
    }
    const isDeflated = entry.compressionMethod === DEFLATE && !entry.encrypted;
    entries.set(name, {
      ...{ name, offset, size, checksum, unreadable: whyUnreadable(entry) },
      ...isDeflated && { inflatedSize: entry.uncompressedSize },
    });
  }
  return entries;
}

/**
 * Where the bytes of entries begin, from their own headers, which are read together.
 *
 * @param advice What to do where they are compressed.
 */
export async function entryBegins(
  file: ByteSource,
  entries: readonly ZipEntry[],
  advice = "save it again with torch.save",
): Promise<number[]> {
  const damaged = ({ name }: ZipEntry) =>
    new Error(`${file.source} is damaged: its entry ${shown(name)} is not where it should be`);
  for (const entry of entries) {
    const { name, offset, size, unreadable } = entry;
    if (unreadable !== null) {
      throw new Error(
        `${file.source} cannot be read in ranges: its entry ${shown(name)} is ${unreadable}; ` +
          advice,
      );
    }
    // Where bytes are missing in front of the directory, the library counts from before the file.
    if (offset < 0 || offset + LOCAL_HEADER_BYTES + size > file.size) throw damaged(entry);
  }
  const headers = await file.read(
    entries.map(({ offset }) => ({ start: offset, end: offset + LOCAL_HEADER_BYTES })),
  );
  return headers.map((bytes, i) => {
    const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { offset, size } = entries[i]!;
    const begin = offset + LOCAL_HEADER_BYTES + header.getUint16(26, true) +
      header.getUint16(28, true);
    const signed = header.getUint32(0, true) === LOCAL_HEADER_SIGNATURE;
    if (signed && begin + size <= file.size) return begin;
    throw damaged(entries[i]!);
  });
}

/** The entries, and with each of them how many the directory says that there are. */
async function* readDirectory(file: ByteSource): AsyncGenerator<{ entry: Entry; total: number }> {
  const tailStart = Math.max(0, file.size - TAIL_BYTES);
  const tail = (await readRange(file, tailStart, file.size)).slice();
  preferZip64(tail);
  const reader = new SourceReader(file, tailStart, tail);
  let total = 0;
  const onprogress = (_: number, count: number) => void (total = count);
  try {
    for await (const entry of new ZipReader(reader).getEntriesGenerator({ onprogress })) {
      yield { entry, total };
    }
  } catch (error) {
    if (reader.failure) throw reader.failure;
    const reason = error instanceof Error ? error.message : String(error);
    const what = `is truncated or no zip file (${printable(reason)})`;
    throw halfWritten(`${file.source} ${what}; get it again`);
  }
}

/** Bytes of the last record of a file without a comment, and of the one in front of it that leads to the zip64 record. */
const END_BYTES = 22, LOCATOR_BYTES = 20;

/**
 * Have the directory found by the zip64 record wherever there is one: the library looks for it only if the last record asks for
 * it, and else takes the 76 bytes of zip64 that torch always writes for data in front, where the first entry is as long.
 */
function preferZip64(tail: Uint8Array) {
  const end = tail.length - END_BYTES, locator = end - LOCATOR_BYTES;
  if (locator < 0) return;
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  const hasBoth = view.getUint32(end, true) === 0x06054b50 &&
    view.getUint32(locator, true) === 0x07064b50;
  if (hasBoth) view.setUint32(end + 16, 0xffffffff, true);
}

function whyUnreadable(entry: Entry): string | null {
  if (entry.encrypted) return "encrypted";
  const stored = entry.compressionMethod === 0 && entry.compressedSize === entry.uncompressedSize;
  return stored ? null : "compressed";
}

/** Hands the library the bytes it asks for, never more than a directory can need. */
class SourceReader extends Reader<ByteSource> {
  /** The error that the source rejected with, which is passed on unchanged. */
  failure: unknown = null;

  constructor(
    private readonly file: ByteSource,
    private readonly tailStart: number,
    private readonly tail: Uint8Array,
  ) {
    super(file);
    this.size = file.size;
  }

  override async readUint8Array(start: number, length: number): Promise<Uint8Array> {
    const end = Math.min(start + length, this.file.size);
    if (!(start >= 0 && start <= end && end - start <= MAXIMUM_HEADER_BYTES)) {
      throw new Error(`there is no directory of ${length} bytes at byte ${start}`);
    }
    const from = start - this.tailStart;
    if (from >= 0) return this.tail.slice(from, end - this.tailStart);
    try {
      return await readRange(this.file, start, end);
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}
