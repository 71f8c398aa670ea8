/** How quick the connection to a hub is, as far as has been seen. */

import type { LinkSpeed } from "./transfer_plan.ts";

/** Requests under way at once: few enough for a server not to mind, enough to hide most of their latency. */
export const lanes = 16;
/** What is assumed until something has been measured: 0.1 s and 200 Mbit/s. */
const assumed = { latency: 0.1, bandwidth: 25e6 };
/** Fewest bytes whose time tells a rate; fewer arrive together, whatever the rate. */
const fewestBytes = 1 << 16;

/** Measures latency and rate of a connection. */
export class LinkMeter {
  #latency: number | null = null;
  #bandwidth: number | null = null;

  /** The speed to plan with. */
  get speed(): LinkSpeed {
    return {
      latency: this.#latency ?? assumed.latency,
      bandwidth: this.#bandwidth ?? assumed.bandwidth,
      lanes,
    };
  }

  /** Note a request that was alone under way: seconds to its first byte, and those that its bytes then took. */
  sawRequest(latency: number, bytes: number, seconds: number): void {
    this.#latency = Math.min(latency, this.#latency ?? Infinity);
    this.sawTransfer(bytes, seconds);
  }

  /** Note bytes that arrived, by all requests together. */
  sawTransfer(bytes: number, seconds: number): void {
    if (bytes < fewestBytes) return;
    // What was slowed by something else says nothing of the connection, so the best counts.
    this.#bandwidth = Math.max(bytes / Math.max(seconds, 1e-3), this.#bandwidth ?? 0);
  }
}
