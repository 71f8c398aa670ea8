/** Which ranges of a file are read at once, and what lies between them read with them. */

import type { ByteRange } from "./byte_source.ts";

/** How much is read at once. */
export interface ReadBounds {
  /** Bytes between two ranges that are read and left out sooner than asking twice. */
  readonly gap: number;
  /** The most bytes that are read at once, unless one range alone has more. */
  readonly most: number;
}

/** One piece of a file that covers some ranges. */
export interface CoveringRange extends ByteRange {
  /** How many ranges it covers. */
  readonly count: number;
}

/** The piece that covers the ranges from `next` on that one read fetches: those that follow each other with short gaps. */
export function readTogether(
  ranges: readonly ByteRange[],
  next: number,
  { gap, most }: ReadBounds,
): CoveringRange {
  const { start } = ranges[next]!;
  let { end } = ranges[next]!, count = 1;
  for (; next + count < ranges.length; count++) {
    const range = ranges[next + count]!;
    if (range.start < end || range.start - end > gap) break;
    if (range.end - start > most) break;
    end = range.end;
  }
  return { start, end, count };
}
