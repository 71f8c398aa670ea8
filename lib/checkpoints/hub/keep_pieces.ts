/** The parts that are wanted of bytes that pass by. */

import type { ByteRange } from "../byte_source.ts";

/**
 * Hand on the wanted pieces of a stream, each when it is whole; no more than one is held. Bytes must come in ascending
 * order, and begin at a piece's first byte wherever there was a gap.
 *
 * @param pieces What is wanted, ascending and disjoint.
 * @param keep Called with a piece's first position and its bytes.
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

/** The same bytes in pieces no larger than `most`, cut at multiples of it counted from each range's start. */
export function cutRanges(ranges: readonly ByteRange[], most: number): ByteRange[] {
  return ranges.flatMap(({ start, end }) =>
    Array.from({ length: Math.ceil((end - start) / most) }, (_, piece) => ({
      start: start + piece * most,
      end: Math.min(end, start + (piece + 1) * most),
    }))
  );
}
