/** The ranges of a far file that have been read, kept on disk. */

import { createHash } from "node:crypto";
import { dirname } from "node:path";
import type { ByteRange } from "../byte_source.ts";
import { unionOfRanges } from "./transfer_plan.ts";

/** Largest range that is recorded as one, in bytes; it is checked as a whole before any part of it is believed. */
export const mostRecordBytes = 1 << 20;

/** Writes to a store; dispose of it when done. */
export interface RangeWriter extends Disposable {
  /** Keep the file's bytes from `start` on, at most {@linkcode mostRecordBytes}. */
  write(start: number, bytes: Uint8Array): void;
}

interface RangeRecord extends ByteRange {
  readonly hash: string;
  /** Whether this process has written the bytes or compared them with the hash. */
  isChecked: boolean;
}

/**
 * Two files: `<path>` has the bytes at their own places with holes between them, `<path>.ranges` a line for each range
 * that is there, with a hash. Bytes are written before their line, and compared with it when a later process first
 * needs them, so that a stop at any moment or a damaged disk costs some ranges and never gives wrong bytes.
 */
export class RangeStore {
  /** Ascending in both ends. */
  #records: RangeRecord[] = [];
  #unsorted: RangeRecord[] = [];
  #linesRead = 0;

  /** @param path Where the bytes are kept; it must be another for every content. */
  constructor(private readonly path: string) {}

  /** The parts of some ranges that are not there, ascending and disjoint. */
  async missing(ranges: readonly ByteRange[]): Promise<ByteRange[]> {
    await this.#load();
    const wanted = unionOfRanges(ranges);
    await this.#dropDamaged(wanted);
    const gaps: ByteRange[] = [];
    for (const { start, end } of wanted) {
      let covered = start;
      for (const record of this.#touching(start, end)) {
        if (record.start > covered) gaps.push({ start: covered, end: record.start });
        covered = record.end;
      }
      if (covered < end) gaps.push({ start: covered, end });
    }
    return gaps;
  }

  /** Whether any of a range's bytes were there when something was last {@linkcode missing}. */
  hasSomeOf({ start, end }: ByteRange): boolean {
    return this.#touching(start, end).length > 0;
  }

  /** The bytes of some ranges, none of which may be missing. */
  async read(ranges: readonly ByteRange[]): Promise<Uint8Array[]> {
    if (ranges.every(({ start, end }) => start === end)) return ranges.map(() => new Uint8Array(0));
    using file = await Deno.open(this.path);
    return ranges.map((range) => {
      const bytes = new Uint8Array(range.end - range.start);
      if (readInto(bytes, file, range.start)) return bytes;
      throw new Error(`${this.path} was cut while it was read; run again`);
    });
  }

  /** Open the store to write to it; only this makes its files. */
  writer(): RangeWriter {
    Deno.mkdirSync(dirname(this.path), { recursive: true });
    const data = Deno.openSync(this.path, { write: true, create: true });
    const lines = Deno.openSync(`${this.path}.ranges`, { append: true, create: true });
    const writeLine = (line: string) => {
      const bytes = new TextEncoder().encode(`${line}\n`);
      writeAll(lines, bytes);
      this.#linesRead += bytes.length;
    };
    // The last line of a process that was stopped may have no end.
    writeLine("");
    return {
      // Synchronous, so that nobody else moves the file's position between the seek and the write.
      write: (start, bytes) => {
        const record = { start, end: start + bytes.length, hash: hashOf(bytes), isChecked: true };
        data.seekSync(start, Deno.SeekMode.Start);
        writeAll(data, bytes);
        writeLine(`${start} ${record.end} ${record.hash}`);
        this.#unsorted.push(record);
      },
      [Symbol.dispose]() {
        data.close();
        lines.close();
      },
    };
  }

  /** Remove all that is kept. */
  async remove(): Promise<void> {
    this.#records = [];
    this.#unsorted = [];
    this.#linesRead = 0;
    for (const path of [`${this.path}.ranges`, this.path]) {
      await Deno.remove(path).catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
    }
  }

  /** Read the lines anew if there are some that this process has not written. */
  async #load() {
    const path = `${this.path}.ranges`;
    const size = await Deno.stat(path).then(({ size }) => size, (error) => {
      if (error instanceof Deno.errors.NotFound) return 0;
      throw error;
    });
    let records = [...this.#records, ...this.#unsorted];
    if (size !== this.#linesRead) {
      this.#linesRead = size;
      const own = new Set(records.filter(({ isChecked }) => isChecked).map(lineOf));
      const lines = size === 0 ? [] : (await Deno.readTextFile(path)).split("\n");
      records = lines.flatMap((line) => {
        const [, start, end, hash] = /^(\d{1,15}) (\d{1,15}) ([0-9a-f]{32})$/.exec(line) ?? [];
        return hash === undefined
          ? []
          : [{ start: Number(start), end: Number(end), hash, isChecked: own.has(line) }];
      }).filter(({ start, end }) => start < end && end - start <= mostRecordBytes);
    } else if (this.#unsorted.length === 0) return;
    this.#unsorted = [];
    this.#records = [];
    for (const record of records.sort((a, b) => a.start - b.start || b.end - a.end)) {
      if (record.end > (this.#records.at(-1)?.end ?? 0)) this.#records.push(record);
    }
  }

  /** Compare what is there of some ranges with its hashes, and forget what differs. */
  async #dropDamaged(wanted: readonly ByteRange[]) {
    const unchecked = new Set(
      wanted.flatMap(({ start, end }) => this.#touching(start, end))
        .filter(({ isChecked }) => !isChecked),
    );
    if (unchecked.size === 0) return;
    using file = await Deno.open(this.path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    });
    for (const record of unchecked) {
      const bytes = new Uint8Array(record.end - record.start);
      record.isChecked = file !== null && readInto(bytes, file, record.start) &&
        hashOf(bytes) === record.hash;
    }
    this.#records = this.#records.filter((record) => record.isChecked || !unchecked.has(record));
  }

  /** The records that share bytes with a range. */
  #touching(start: number, end: number): RangeRecord[] {
    let low = 0;
    for (let high = this.#records.length; low < high;) {
      const middle = (low + high) >> 1;
      if (this.#records[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    let last = low;
    while (last < this.#records.length && this.#records[last]!.start < end) last++;
    return this.#records.slice(low, last);
  }
}

function lineOf({ start, end, hash }: RangeRecord): string {
  return `${start} ${end} ${hash}`;
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array) {
  for (let written = 0; written < bytes.length;) {
    written += file.writeSync(bytes.subarray(written));
  }
}

/** Fill `bytes` from a place in the file; `false` if the file ends before. */
function readInto(bytes: Uint8Array, file: Deno.FsFile, position: number): boolean {
  file.seekSync(position, Deno.SeekMode.Start);
  for (let filled = 0; filled < bytes.length;) {
    const count = file.readSync(bytes.subarray(filled));
    if (count === null) return false;
    filled += count;
  }
  return true;
}
