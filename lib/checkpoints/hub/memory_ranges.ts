/** The ranges of far files that have been read, kept in memory with a bound. */

// @ts-types="@types/d3-array"
import { bisector } from "d3-array";
import type { ByteRange } from "../byte_source.ts";
import { gapsIn, piecesIn, unionOfRanges } from "./byte_ranges.ts";
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
    return Promise.resolve(gapsIn(ranges, this.#pieces));
  }

  hasSomeOf(range: ByteRange): boolean {
    return piecesIn(this.#pieces, range).length > 0;
  }

  read(ranges: readonly ByteRange[]): Promise<Uint8Array[]> {
    return Promise.resolve(ranges.map(({ start, end }) => {
      const bytes = new Uint8Array(end - start);
      for (const piece of piecesIn(this.#pieces, { start, end })) {
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
        const written = { start: first, end: first + bytes.length };
        for (const { start, end } of gapsIn([written], this.#pieces)) {
          const part = bytes.subarray(start - first, end - first);
          const piece: Piece = { start, end, bytes: part, owner: this };
          this.room.add(piece);
          this.#pieces.splice(byStart(this.#pieces, start), 0, piece);
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
  holds(piece: ByteRange): boolean {
    return [...this.#held].some((ranges) => piecesIn(ranges, piece).length > 0);
  }

  /** Let go of a piece. */
  drop(piece: Piece): void {
    const place = this.#pieces.indexOf(piece, byStart(this.#pieces, piece.start));
    if (place >= 0) this.#pieces.splice(place, 1);
    this.room.remove(piece);
  }
}

/** The place of the first piece that begins at a byte or behind it. */
const byStart = bisector(({ start }: ByteRange) => start).left;
