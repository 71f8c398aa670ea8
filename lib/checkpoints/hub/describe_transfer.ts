/** A plan of moving bytes in words. */

import { readableBytes, readableSeconds } from "./readable.ts";
import type { TransferPlan } from "./transfer_plan.ts";

/**
 * What moving bytes by these plans costs, in one sentence for the user: of the files of one checkpoint, or of those of
 * a whole run one after another.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { describeTransfer, planTransfer } from "neuromfa";
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
  return `${readableBytes(bytes)} of ${readableBytes(size)} (${share} %)${extra} in ` +
    `${requests.toLocaleString("en")} ${requests === 1 ? "request" : "requests"}, about ` +
    `${readableSeconds(sum((plan) => plan.seconds))} at ${readableBytes(bandwidth)}/s and ` +
    `${Number(latency.toPrecision(2))} s a request; all of it would take ${
      readableSeconds(size / bandwidth)
    }`;
}
