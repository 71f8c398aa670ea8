/** How slow a server may be. */

import { PassingFault } from "./passing_fault.ts";
import { readableSeconds } from "./readable.ts";

/** The fewest bytes that must come in a stretch of waiting for them. */
export interface Pace {
  /** How many bytes. */
  readonly bytes: number;
  /** Milliseconds that are spent waiting. */
  readonly milliseconds: number;
}

/** 256 bytes a second for half a minute: sixteen requests at once over the slowest line still bring more. */
export const usualPace: Pace = { bytes: 7_680, milliseconds: 30_000 };

/**
 * Watches a server that goes on sending, so that it is never silent, but would take days for what was asked for. A transfer
 * of n bytes takes no longer than n at the pace, and one stretch more.
 */
export class PaceWatch {
  #bytes = 0;
  #waited = 0;

  /** @param pace The slowest pace that is borne. */
  constructor(private readonly pace: Pace) {}

  /**
   * Note bytes that have come.
   *
   * @param bytes How many.
   * @param milliseconds How long they were waited for.
   * @throws {PassingFault} If too few have come in a stretch.
   */
  received(bytes: number, milliseconds: number): void {
    this.#bytes += bytes;
    this.#waited += milliseconds;
    if (this.#waited < this.pace.milliseconds) return;
    if (this.#bytes < this.pace.bytes) {
      throw new PassingFault(
        `it sent only ${this.#bytes} bytes in ${readableSeconds(this.#waited / 1000)}`,
      );
    }
    this.#bytes = this.#waited = 0;
  }
}
