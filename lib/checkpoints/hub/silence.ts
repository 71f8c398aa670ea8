/** When a server that says nothing, or too little, is given up. */

import { printable } from "../../messages/shown.ts";
import { PassingFault } from "./passing_fault.ts";
import { readableSeconds } from "./readable.ts";

/** The fewest bytes that must come in a stretch of waiting for them, in milliseconds. */
export interface Pace {
  readonly bytes: number;
  readonly milliseconds: number;
}

/**
 * Watches a server that goes on sending, so that it is never silent, but would take days for what was asked for. A transfer
 * of n bytes takes no longer than n at the pace, and one stretch more.
 */
export class PaceWatch {
  #bytes = 0;
  #waited = 0;

  constructor(private readonly pace: Pace) {}

  /** Note bytes that have come, and how long they were waited for; too few in a stretch are a {@linkcode PassingFault}. */
  received(bytes: number, milliseconds: number): void {
    this.#bytes += bytes;
    this.#waited += milliseconds;
    if (this.#waited < this.pace.milliseconds) return;
    if (this.#bytes < this.pace.bytes) {
      const seconds = readableSeconds(this.#waited / 1000);
      throw new PassingFault(`it sent only ${this.#bytes} bytes in ${seconds}`);
    }
    this.#bytes = this.#waited = 0;
  }
}

/** Ends a request when nothing has come for a while, and tells dropped connections from other errors. */
export class Silence {
  readonly #controller = new AbortController();

  constructor(private readonly patience: number, private readonly stop?: AbortSignal) {}

  /** Aborted when the request is to end. */
  get signal(): AbortSignal {
    const { signal } = this.#controller;
    return this.stop ? AbortSignal.any([signal, this.stop]) : signal;
  }

  /** Wait for something of the request; rejects with a {@linkcode PassingFault} where trying again may help. */
  async during<T>(work: Promise<T>): Promise<T> {
    const timer = setTimeout(() => {
      this.#controller.abort(new PassingFault(`it sent nothing for ${this.patience / 1000} s`));
    }, this.patience);
    try {
      return await work;
    } catch (error) {
      throw this.stop?.aborted ? this.stop.reason : passing(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Let go of the connection if it is still open. */
  over(): void {
    this.#controller.abort();
  }
}

/** Whether Deno refuses a connection that this process has no permission for. */
export function isNotCapable(error: unknown): error is Error {
  return error instanceof Error && error.name === "NotCapable";
}

function passing(error: unknown): unknown {
  if (error instanceof PassingFault || isNotCapable(error)) return error;
  if (!(error instanceof Error)) return error;
  const { message } = error.cause instanceof Error ? error.cause : error;
  // What browsers say, which tell a page no more.
  if (/^(Failed to fetch|NetworkError|Load failed)/.test(message)) {
    return new PassingFault(
      "the connection failed, or the server does not let pages of other places read it (CORS)",
    );
  }
  // Deno chains causes by colons; an address may hold a signature.
  const plain = message.replaceAll(/https?:\S+/g, "…").replace(/ \(os error \d+\)/, "");
  return new PassingFault(`the connection failed (${printable(plain.split(": ").at(-1)!)})`);
}
