/** The ranges of a far file that have been read, wherever they are kept. */

import type { ByteRange } from "../byte_source.ts";

/** Largest range that is kept as one, in bytes; it is checked or let go of as a whole. */
export const MOST_RECORD_BYTES = 1 << 20;

/** Writes to what is kept; dispose of it when done. */
export interface RangeWriter extends Disposable {
  /** Keep the file's bytes from `start` on, at most {@linkcode MOST_RECORD_BYTES}. */
  write(start: number, bytes: Uint8Array): void;
}

/** The ranges of one file that are kept. */
export interface KeptRanges {
  /** The parts of some ranges that are not there, ascending and disjoint. */
  missing(ranges: readonly ByteRange[]): Promise<ByteRange[]>;
  /** Whether any of a range's bytes were there when something was last {@linkcode missing}. */
  hasSomeOf(range: ByteRange): boolean;
  /** The bytes of some ranges, none of which may be missing. */
  read(ranges: readonly ByteRange[]): Promise<Uint8Array[]>;
  /** Begin to write. */
  writer(): RangeWriter;
  /** Remove all that is kept. */
  remove(): Promise<void>;
  /**
   * Claim some ranges of a file of so many bytes, so that of several processes that keep theirs in the same place one moves what
   * all need; `onWait` hears once that another has them. They are free again when this is disposed of.
   */
  claim?(size: number, ranges: readonly ByteRange[], onWait: () => void): Promise<Disposable>;
  /** Let go of nothing of some ranges until disposed of; where room is scarce. */
  hold?(ranges: readonly ByteRange[]): Disposable;
}
