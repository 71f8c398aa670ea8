/** How the bytes that are needed of a file far away are best moved. */

import type { ByteRange } from "../byte_source.ts";
import type { Transfer } from "../../options/values.ts";
import { bytesIn, cutRanges, unionOfRanges } from "./byte_ranges.ts";
import { readableBytes, readableSeconds } from "./readable.ts";

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
  /** Bytes that are needed and there already. */
  readonly there: number;
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

/** How far the transfer for one checkpoint is. */
export interface TransferProgress {
  /** The model's name. */
  readonly model: string;
  /** The training step, or `null` where the source does not tell. */
  readonly step: number | null;
  /** Bytes moved so far; more than planned only where a connection was dropped. */
  readonly moved: number;
  /** Bytes that the plan moves. */
  readonly planned: number;
}

/** Told of what is moved from a hub. */
export interface TransferListeners {
  /** Called before the bytes for a checkpoint are moved, with a plan for each of its files. */
  readonly onPlan?: (step: number | null, plans: readonly TransferPlan[]) => void;
  /** Called with a sentence before the hub is waited for because it asks for that. */
  readonly onWait?: (sentence: string) => void;
  /** Called whenever some bytes have come. */
  readonly onProgress?: (progress: TransferProgress) => void;
}

/** Bytes between needed ones that may be moved to save requests, as a share of those needed. */
const MOST_WASTE = 0.1;
/** Largest request in bytes: large enough to cost no time, small enough that many lanes share a stream. */
const MOST_REQUEST_BYTES = 1 << 25;

/**
 * Plan the requests for some ranges of a file. Requests cost time and bytes cost time and traffic, which is not the
 * user's alone: gaps are read over only where that is quicker than another request, the smallest first, and as long
 * as they add no more than a tenth to the bytes. Only where this would take longer than reading everything is
 * everything read, but for gaps that are quicker to skip. That is `balanced`; with `fewest-bytes` the tenth is a bound that
 * nothing lifts, and with `fastest` there is none.
 *
 * @param needed The ranges, in any order; they may overlap.
 * @param size Size of the file in bytes.
 * @param link What moving bytes costs.
 * @param isThere Whether some bytes of a gap are there already, so that reading over it would move them twice.
 * @param transfer What is saved; `balanced` unless given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { planTransfer } from "neuromfa/checkpoints";
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
  transfer: Transfer = "balanced",
): TransferPlan {
  const ranges = unionOfRanges(needed);
  const neededBytes = bytesIn(ranges);
  const quickToRead = link.latency * link.bandwidth / link.lanes;
  const gaps = ranges.slice(1)
    .map(({ start: end }, i) => ({ start: ranges[i]!.end, end }))
    .filter((gap) => !isThere(gap))
    .sort((a, b) => (a.end - a.start) - (b.end - b.start));
  const sparing = readOver(ranges, gaps, quickToRead, MOST_WASTE * neededBytes);
  const secondsToStream = seconds(readOver(ranges, gaps, Infinity, Infinity), link);
  const isDear = transfer === "fastest" ||
    transfer === "balanced" && seconds(sparing, link) > secondsToStream;
  const requests = isDear ? readOver(ranges, gaps, quickToRead, Infinity) : sparing;
  return {
    method: ranges.length === 0 ? "nothing" : isDear ? "stream" : "ranges",
    requests: cutRanges(requests, MOST_REQUEST_BYTES),
    needed: neededBytes,
    there: 0,
    bytes: bytesIn(requests),
    size,
    seconds: seconds(requests, link),
    secondsToStream,
    link,
  };
}

function seconds(requests: readonly ByteRange[], { latency, bandwidth, lanes }: LinkSpeed): number {
  const pieces = requests.reduce(
    (count, { start, end }) => count + Math.ceil((end - start) / MOST_REQUEST_BYTES),
    0,
  );
  return Math.ceil(pieces / lanes) * latency + bytesIn(requests) / bandwidth;
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

/** Requests under way at once: few enough for a server not to mind, enough to hide most of their latency. */
export const LANES = 16;
/** What is assumed until something has been measured: 0.1 s and 200 Mbit/s. */
const assumed = { latency: 0.1, bandwidth: 25e6, lanes: LANES };
/** Fewest bytes whose time tells a rate; fewer arrive together, whatever the rate. */
const FEWEST_BYTES = 1 << 16;

/** Measures latency and rate of a connection. */
export class LinkMeter {
  #measured: { latency?: number; bandwidth?: number } = {};
  #fixed: LinkSpeed | null = null;

  /** @param bandwidth Bytes a second where they are known, so that nothing has to be measured. */
  constructor(bandwidth?: number) {
    if (bandwidth !== undefined) this.#fixed = { ...assumed, bandwidth };
  }

  /** The speed to plan with. */
  get speed(): LinkSpeed {
    return this.#fixed ?? { ...assumed, ...this.#measured };
  }

  /** Whether the speed was measured, and not given or assumed. */
  get isMeasured(): boolean {
    return this.#fixed === null && Object.keys(this.#measured).length > 0;
  }

  /** Hold the speed, so that what has been planned is what is moved, however fast it comes. */
  hold(): void {
    this.#fixed = this.speed;
  }

  /** Note a request that was alone under way: seconds to its first byte, and those that its bytes then took. */
  sawRequest(latency: number, bytes: number, seconds: number): void {
    this.#measured.latency = Math.min(latency, this.#measured.latency ?? Infinity);
    this.sawTransfer(bytes, seconds);
  }

  /** Note bytes that arrived, by all requests together. */
  sawTransfer(bytes: number, seconds: number): void {
    if (bytes < FEWEST_BYTES) return;
    // What was slowed by something else says nothing of the connection, so the best counts.
    const { bandwidth = 0 } = this.#measured;
    this.#measured.bandwidth = Math.max(bytes / Math.max(seconds, 1e-3), bandwidth);
  }
}

/**
 * What moving bytes by these plans costs, in one sentence for the user: of the files of one checkpoint, or of those of
 * a whole run one after another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { describeTransfer, planTransfer } from "neuromfa/checkpoints";
 *
 * const link = { latency: 0.1, bandwidth: 25e6, lanes: 16 };
 * const plan = planTransfer([{ start: 0, end: 50_000_000 }], 200_000_000, link);
 * assert.equal(
 *   describeTransfer([plan]),
 *   "50 MB of 200 MB (25 %) in 2 requests, about 2 s at 25 MB/s and 0.1 s a request; all of it would take 8 s",
 * );
 * ```
 */
export function describeTransfer(plans: readonly TransferPlan[]): string {
  const sum = (of: (plan: TransferPlan) => number) =>
    plans.reduce((total, plan) => total + of(plan), 0);
  const bytes = sum((plan) => plan.bytes), size = sum((plan) => plan.size);
  if (bytes === 0) return `nothing of ${readableBytes(size)}: all that is needed is in the cache`;
  const { latency, bandwidth } = plans.find((plan) => plan.bytes > 0)!.link;
  const needed = sum((plan) => plan.needed);
  const share = Number((100 * bytes / size).toPrecision(2));
  const extra = bytes > 1.2 * needed ? `, ${readableBytes(needed)} of it needed,` : "";
  const requests = sum((plan) => plan.requests.length);
  const whole = readableSeconds(size / bandwidth);
  return `${readableBytes(bytes)} of ${readableBytes(size)} (${share} %)${extra} in ` +
    `${requests.toLocaleString("en")} ${requests === 1 ? "request" : "requests"}, about ` +
    `${readableSeconds(sum((plan) => plan.seconds))} at ${readableBytes(bandwidth)}/s and ` +
    `${Number(latency.toPrecision(2))} s a request; all of it would take ${whole}`;
}
