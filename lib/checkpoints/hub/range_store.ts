/** The ranges of a far file that have been read, kept on disk. */

import { dirname } from "node:path";
import { sha256 } from "../../files/digest.ts";
import { ifThere } from "../../files/list_files.ts";
import { readText, removeFile } from "../../files/read_file.ts";
import { reading, writingNow } from "../../files/system_fault.ts";
import type { ByteRange } from "../byte_source.ts";
import { readAt } from "../local_file.ts";
import { gapsIn, piecesIn, unionOfRanges } from "./byte_ranges.ts";
import { claimBlocks } from "./claim_blocks.ts";
import { type KeptRanges, MOST_RECORD_BYTES, type RangeWriter } from "./kept_ranges.ts";

interface RangeRecord extends ByteRange {
  /** Where its first byte is kept. */
  readonly at: number;
  readonly hash: string;
  /** Whether this process has written the bytes or compared them with the hash. */
  isChecked: boolean;
}

/**
 * Two files: `<path>` has the ranges one after another as they came, `<path>.ranges` a line for each of them with its
 * place and a hash. (A file with holes would be simpler, but takes the far file's size where holes are not known, and is
 * slow to read where they are.) Bytes are written before their line, and compared with it when a later process first
 * needs them, so that a stop at any moment or a damaged disk costs some ranges and never gives wrong bytes.
 */
export class RangeStore implements KeptRanges {
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
    return gapsIn(wanted, this.#records);
  }

  /** Whether any of a range's bytes were there when something was last {@linkcode missing}. */
  hasSomeOf(range: ByteRange): boolean {
    return piecesIn(this.#records, range).length > 0;
  }

  /** The bytes of some ranges, none of which may be missing. */
  async read(ranges: readonly ByteRange[]): Promise<Uint8Array[]> {
    if (ranges.every(({ start, end }) => start === end)) return ranges.map(() => new Uint8Array(0));
    await this.#load();
    using file = await reading(this.path, () => Deno.open(this.path));
    return ranges.map(({ start, end }) => {
      const bytes = new Uint8Array(end - start);
      for (const record of piecesIn(this.#records, { start, end })) {
        const from = Math.max(start, record.start), to = Math.min(end, record.end);
        const part = bytes.subarray(from - start, to - start);
        if (readAt(record.at + from - record.start, file, part) === part.length) continue;
        throw new Error(`${this.path} was cut while it was read; run again`);
      }
      return bytes;
    });
  }

  /** Open the store to write to it; only this makes its files. */
  writer(): RangeWriter {
    const { path } = this;
    const open = (path: string) =>
      writingNow(path, () => {
        Deno.mkdirSync(dirname(path), { recursive: true });
        return Deno.openSync(path, { append: true, create: true });
      });
    const data = open(path);
    const lines = open(`${path}.ranges`);
    const writeLine = (line: string) => {
      const bytes = new TextEncoder().encode(`${line}\n`);
      writingNow(path, () => writeAll(lines, bytes));
      this.#linesRead += bytes.length;
    };
    // The last line of a process that was stopped may have no end.
    writeLine("");
    return {
      write: (start, bytes) => {
        // Another process may be writing too.
        data.lockSync(true);
        try {
          const at = data.seekSync(0, Deno.SeekMode.End);
          writingNow(path, () => writeAll(data, bytes));
          const end = start + bytes.length;
          const record = { start, end, at, hash: hashOf(bytes), isChecked: true };
          writeLine(lineOf(record));
          this.#unsorted.push(record);
        } finally {
          data.unlockSync();
        }
      },
      [Symbol.dispose]() {
        data.close();
        lines.close();
      },
    };
  }

  /** Claim ranges beside the file. */
  claim(
    size: number,
    ranges: readonly ByteRange[],
    onWait: () => void,
  ): Promise<Disposable> {
    return claimBlocks(this.path, size, ranges, onWait);
  }

  /** Remove all that is kept. */
  async remove(): Promise<void> {
    this.#records = [];
    this.#unsorted = [];
    this.#linesRead = 0;
    for (const path of [`${this.path}.ranges`, this.path]) await removeFile(path);
  }

  /** Read the lines anew if there are some that this process has not written. */
  async #load() {
    const path = `${this.path}.ranges`;
    const size = (await ifThere(reading(path, () => Deno.stat(path))))?.size ?? 0;
    let records = [...this.#records, ...this.#unsorted];
    if (size !== this.#linesRead) {
      this.#linesRead = size;
      const own = new Set(records.filter(({ isChecked }) => isChecked).map(lineOf));
      const lines = size === 0 ? [] : (await readText(path)).split("\n");
      records = lines.flatMap((line) => {
        const numbers = /^(\d{1,15}) (\d{1,15}) (\d{1,15}) ([0-9a-f]{32})$/.exec(line);
        if (!numbers) return [];
        const [start, end, at] = numbers.slice(1, 4).map(Number) as [number, number, number];
        return [{ start, end, at, hash: numbers[4]!, isChecked: own.has(line) }];
      }).filter(({ start, end }) => start < end && end - start <= MOST_RECORD_BYTES);
    } else if (this.#unsorted.length === 0) return;
    this.#unsorted = [];
    this.#records = [];
    // Of two records of the same range, the later was made because the earlier was damaged.
    records.sort((a, b) => a.start - b.start || b.end - a.end || b.at - a.at);
    for (const record of records) {
      if (record.end > (this.#records.at(-1)?.end ?? 0)) this.#records.push(record);
    }
  }

  /** Compare what is there of some ranges with its hashes, and forget what differs. */
  async #dropDamaged(wanted: readonly ByteRange[]) {
    const unchecked = new Set(
      wanted.flatMap((range) => piecesIn(this.#records, range))
        .filter(({ isChecked }) => !isChecked),
    );
    if (unchecked.size === 0) return;
    using file = await ifThere(reading(this.path, () => Deno.open(this.path)));
    for (const record of [...unchecked].sort((a, b) => a.at - b.at)) {
      const bytes = new Uint8Array(record.end - record.start);
      const isWhole = file !== null && readAt(record.at, file, bytes) === bytes.length;
      record.isChecked = isWhole && hashOf(bytes) === record.hash;
    }
    this.#records = this.#records.filter((record) => record.isChecked || !unchecked.has(record));
  }
}

function lineOf({ start, end, at, hash }: RangeRecord): string {
  return `${start} ${end} ${at} ${hash}`;
}

function hashOf(bytes: Uint8Array): string {
  return sha256().update(bytes).hex().slice(0, 32);
}

function writeAll(file: Deno.FsFile, bytes: Uint8Array) {
  for (let written = 0; written < bytes.length;) {
    written += file.writeSync(bytes.subarray(written));
  }
}
