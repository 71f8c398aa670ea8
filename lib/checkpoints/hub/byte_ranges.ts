/** Ranges of bytes: their union, their parts, and the bytes of a stream that lie in them. */

// @ts-types="@types/d3-array"
import { bisector } from "d3-array";
import type { ByteRange } from "../byte_source.ts";

/** The same bytes in as few ranges as possible, ascending; empty ranges are left out. */
export function unionOfRanges(ranges: readonly ByteRange[]): ByteRange[] {
  const union: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (start === end) continue;
    const last = union.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else union.push({ start, end });
  }
  return union;
}

/** How many bytes there are in disjoint ranges. */
export function bytesIn(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** The pieces that share bytes with a range; they are ascending in both ends, and so are those. */
export function piecesIn<Piece extends ByteRange>(
  pieces: readonly Piece[],
  { start, end }: ByteRange,
): Piece[] {
  const first = byEnd(pieces, start);
  let last = first;
  while (last < pieces.length && pieces[last]!.start < end) last++;
  return pieces.slice(first, last);
}

/** The place of the first piece that ends behind a byte. */
const byEnd = bisector(({ end }: ByteRange) => end).right;

/** The parts of some ranges that no piece covers, ascending and disjoint; pieces are ascending in both ends. */
export function gapsIn(ranges: readonly ByteRange[], pieces: readonly ByteRange[]): ByteRange[] {
  const gaps: ByteRange[] = [];
  for (const range of unionOfRanges(ranges)) {
    let covered = range.start;
    for (const { start, end } of piecesIn(pieces, range)) {
      if (start > covered) gaps.push({ start: covered, end: start });
      covered = end;
    }
    if (covered < range.end) gaps.push({ start: covered, end: range.end });
  }
  return gaps;
}

/** For each of some ranges, the parts of others that lie in it; both ascending and disjoint. */
export function clipRanges(
  ranges: readonly ByteRange[],
  into: readonly ByteRange[],
): ByteRange[][] {
  let next = 0;
  return into.map(({ start, end }) => {
    const parts: ByteRange[] = [];
    while (next < ranges.length && ranges[next]!.end <= start) next++;
    for (let i = next; i < ranges.length && ranges[i]!.start < end; i++) {
      const { start: from, end: to } = ranges[i]!;
      parts.push({ start: Math.max(start, from), end: Math.min(end, to) });
    }
    return parts;
  });
}

/** The same bytes in pieces no larger than `most`, cut at multiples of it counted from each range's start. */
export function cutRanges(ranges: readonly ByteRange[], most: number): ByteRange[] {
  const pieces: ByteRange[] = [];
  for (const { start, end } of ranges) {
    for (let from = start; from < end; from += most) {
      pieces.push({ start: from, end: Math.min(end, from + most) });
    }
  }
  return pieces;
}

/**
 * Hand on the wanted pieces of a stream, which are ascending and disjoint, each when it is whole; no more than one is held.
 * Bytes must come in ascending order, and begin at a piece's first byte wherever there was a gap.
 *
 * @returns A function to call with the position of some bytes and the bytes.
 */
export function keepPieces(
  pieces: readonly ByteRange[],
  keep: (start: number, bytes: Uint8Array) => void,
): (position: number, bytes: Uint8Array) => void {
  let next = 0;
  let held: Uint8Array | null = null;
  return (position, bytes) => {
    const end = position + bytes.length;
    for (; next < pieces.length && pieces[next]!.start < end; next++) {
      const piece = pieces[next]!;
      const from = Math.max(piece.start, position), to = Math.min(piece.end, end);
      held ??= new Uint8Array(piece.end - piece.start);
      held.set(bytes.subarray(from - position, to - position), from - piece.start);
      if (to < piece.end) return;
      keep(piece.start, held);
      held = null;
    }
  };
}
