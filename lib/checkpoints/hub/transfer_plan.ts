/** How the bytes that are needed of a file far away are best moved. */

import type { ByteRange } from "../byte_source.ts";
import { cutRanges } from "./keep_pieces.ts";

/** What moving bytes costs. */
export interface LinkSpeed {
  /** Seconds from asking to the first byte. */
  readonly latency: number;
  /** Bytes a second, all requests together. */
  readonly bandwidth: number;
  /** Requests under way at once. */
  readonly lanes: number;
}

/** The requests that bring what is needed, and what they cost. */
export interface TransferPlan {
  /**
   * `ranges` asks for the needed bytes and hardly any between them; `stream` reads on over all gaps that would take
   * longer to skip than to read; `nothing` where all is there already.
   */
  readonly method: "ranges" | "stream" | "nothing";
  /** What to ask for, ascending and disjoint. */
  readonly requests: readonly ByteRange[];
  /** Bytes that are needed and not there yet. */
  readonly needed: number;
  /** Bytes that the requests move, gaps among them. */
  readonly bytes: number;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Seconds that it will take. */
  readonly seconds: number;
  /** Seconds that reading everything from the first needed byte to the last would take, but for what is there. */
  readonly secondsToStream: number;
  /** The speed that the plan counts on. */
  readonly link: LinkSpeed;
}

/** Bytes between needed ones that may be moved to save requests, as a share of those needed. */
const mostWaste = 0.1;
/** Largest request in bytes: large enough to cost no time, small enough that many lanes share a stream. */
const mostRequestBytes = 1 << 25;

/**
 * Plan the requests for some ranges of a file. Requests cost time and bytes cost time and traffic, which is not the
 * user's alone: gaps are read over only where that is quicker than another request, the smallest first, and as long
 * as they add no more than a tenth to the bytes. Only where this would take longer than reading everything is
 * everything read, but for gaps that are quicker to skip.
 *
 * @param needed The ranges, in any order; they may overlap.
 * @param size Size of the file in bytes.
 * @param link What moving bytes costs.
 * @param isThere Whether some bytes of a gap are there already, so that reading over it would move them twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { planTransfer } from "neuromfa";
 *
 * const rows = [{ start: 0, end: 10_000 }, { start: 10_500, end: 20_000 }, { start: 9e9, end: 9e9 + 10_000 }];
 * const plan = planTransfer(rows, 2e10, { latency: 0.1, bandwidth: 25e6, lanes: 16 });
 * assert.equal(plan.method, "ranges");
 * assert.deepEqual(plan.requests, [{ start: 0, end: 20_000 }, { start: 9e9, end: 9e9 + 10_000 }]);
 * ```
 */
export function planTransfer(
  needed: readonly ByteRange[],
  size: number,
  link: LinkSpeed,
  isThere: (gap: ByteRange) => boolean = () => false,
): TransferPlan {
  const ranges = unionOfRanges(needed);
  const neededBytes = bytesIn(ranges);
  const quickToRead = link.latency * link.bandwidth / link.lanes;
  const gaps = ranges.slice(1)
    .map(({ start: end }, i) => ({ start: ranges[i]!.end, end }))
    .filter((gap) => !isThere(gap))
    .sort((a, b) => (a.end - a.start) - (b.end - b.start));
  const sparing = readOver(ranges, gaps, quickToRead, mostWaste * neededBytes);
  const secondsToStream = seconds(readOver(ranges, gaps, Infinity, Infinity), link);
  const isDear = seconds(sparing, link) > secondsToStream;
  const requests = isDear ? readOver(ranges, gaps, quickToRead, Infinity) : sparing;
  return {
    method: ranges.length === 0 ? "nothing" : isDear ? "stream" : "ranges",
    requests: cutRanges(requests, mostRequestBytes),
    needed: neededBytes,
    bytes: bytesIn(requests),
    size,
    seconds: seconds(requests, link),
    secondsToStream,
    link,
  };
}

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

function seconds(requests: readonly ByteRange[], { latency, bandwidth, lanes }: LinkSpeed): number {
  return Math.ceil(cutRanges(requests, mostRequestBytes).length / lanes) * latency +
    bytesIn(requests) / bandwidth;
}

/** Read over the gaps of up to `widest` bytes, the smallest first, until they come to `most` bytes. */
function readOver(
  ranges: readonly ByteRange[],
  gaps: readonly ByteRange[],
  widest: number,
  most: number,
): ByteRange[] {
  const closed: ByteRange[] = [];
  let sum = 0;
  for (const gap of gaps) {
    const bytes = gap.end - gap.start;
    if (bytes > widest || (sum += bytes) > most) break;
    closed.push(gap);
  }
  return unionOfRanges([...ranges, ...closed]);
}
