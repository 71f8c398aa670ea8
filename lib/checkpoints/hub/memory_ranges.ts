/** The ranges of far files that have been read, kept in memory with a bound. */

import type { ByteRange } from "../byte_source.ts";
import { unionOfRanges } from "./byte_ranges.ts";
import type { KeptRanges, RangeWriter } from "./kept_ranges.ts";
import { readableBytes } from "./readable.ts";

/** Some bytes of a file in memory. */
interface Piece extends ByteRange {
  readonly bytes: Uint8Array;
  readonly owner: MemoryRanges;
}

/** Room for the bytes of several files; what was used longest ago makes way. */
export class MemoryRoom {
  /** In the order of use, the last used behind. */
  readonly #pieces = new Set<Piece>();
  #bytes = 0;

  /** @param most The most bytes that are kept. */
  constructor(readonly most: number) {}

  /** Keep a piece; throws if what is held leaves no room for it. */
  add(piece: Piece): void {
    for (const other of this.#pieces) {
      if (this.#bytes + piece.bytes.length <= this.most) break;
      if (!other.owner.holds(other)) other.owner.drop(other);
    }
    if (this.#bytes + piece.bytes.length > this.most) {
      throw new Error(
        `more than ${
          readableBytes(this.most)
        } are needed at once, which is the most that is kept in memory; ` +
          "take fewer neurons of each layer or fewer samples, or measure the model by the command, which keeps them on disk",
      );
    }
    this.#pieces.add(piece);
    this.#bytes += piece.bytes.length;
  }

  /** Note that a piece is used. */
  use(piece: Piece): void {
    this.#pieces.delete(piece);
    this.#pieces.add(piece);
  }

  /** Forget a piece. */
  remove(piece: Piece): void {
    if (this.#pieces.delete(piece)) this.#bytes -= piece.bytes.length;
  }
}

/** The ranges of one file that are in memory. */
export class MemoryRanges implements KeptRanges {
  /** Ascending in both ends. */
  #pieces: Piece[] = [];
  readonly #held = new Set<readonly ByteRange[]>();

  constructor(private readonly room: MemoryRoom) {}

  missing(ranges: readonly ByteRange[]): Promise<ByteRange[]> {
    return Promise.resolve(this.#gaps(ranges));
  }

  #gaps(ranges: readonly ByteRange[]): ByteRange[] {
    const gaps: ByteRange[] = [];
    for (const { start, end } of unionOfRanges(ranges)) {
      let covered = start;
      for (const piece of this.#touching(start, end)) {
        if (piece.start > covered) gaps.push({ start: covered, end: piece.start });
        covered = piece.end;
      }
      if (covered < end) gaps.push({ start: covered, end });
    }
    return gaps;
  }

  hasSomeOf({ start, end }: ByteRange): boolean {
    return this.#touching(start, end).length > 0;
  }

  read(ranges: readonly ByteRange[]): Promise<Uint8Array[]> {
    return Promise.resolve(ranges.map(({ start, end }) => {
      const bytes = new Uint8Array(end - start);
      for (const piece of this.#touching(start, end)) {
        this.room.use(piece);
        const from = Math.max(start, piece.start), to = Math.min(end, piece.end);
        bytes.set(piece.bytes.subarray(from - piece.start, to - piece.start), from - start);
      }
      return bytes;
    }));
  }

  writer(): RangeWriter {
    return {
      write: (first, bytes) => {
        // Another reader of the same file may have brought a part meanwhile.
        for (const { start, end } of this.#gaps([{ start: first, end: first + bytes.length }])) {
          const part = bytes.subarray(start - first, end - first);
          const piece: Piece = { start, end, bytes: part, owner: this };
          this.room.add(piece);
          this.#pieces.splice(this.#firstAt(start), 0, piece);
        }
      },
      [Symbol.dispose]() {},
    };
  }

  remove(): Promise<void> {
    for (const piece of [...this.#pieces]) this.drop(piece);
    return Promise.resolve();
  }

  hold(ranges: readonly ByteRange[]): Disposable {
    const held = unionOfRanges(ranges);
    this.#held.add(held);
    return { [Symbol.dispose]: () => void this.#held.delete(held) };
  }

  /** Whether a piece has bytes that are held. */
  holds({ start, end }: ByteRange): boolean {
    for (const ranges of this.#held) {
      const first = firstIndex(ranges, (range) => range.end > start);
      if (first < ranges.length && ranges[first]!.start < end) return true;
    }
    return false;
  }

  /** Let go of a piece. */
  drop(piece: Piece): void {
    const place = this.#pieces.indexOf(piece, this.#firstAt(piece.start));
    if (place >= 0) this.#pieces.splice(place, 1);
    this.room.remove(piece);
  }

  /** The pieces that share bytes with a range. */
  #touching(start: number, end: number): Piece[] {
    const first = firstIndex(this.#pieces, (piece) => piece.end > start);
    let last = first;
    while (last < this.#pieces.length && this.#pieces[last]!.start < end) last++;
    return this.#pieces.slice(first, last);
  }

  #firstAt(start: number): number {
    return firstIndex(this.#pieces, (piece) => piece.start >= start);
  }
}

/** The index of the first item that is beyond something, among items in whose order all behind it are too. */
function firstIndex<T>(items: readonly T[], isBeyond: (item: T) => boolean): number {
  let low = 0;
  for (let high = items.length; low < high;) {
    const middle = (low + high) >> 1;
    if (isBeyond(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
