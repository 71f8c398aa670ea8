/** How long a server may say nothing. */

import { printable } from "../../messages/printable.ts";
import { PassingFault } from "./passing_fault.ts";

/** Ends a request when nothing has come for a while, and tells dropped connections from other errors. */
export class Silence {
  readonly #controller = new AbortController();

  /**
   * @param patience Milliseconds that nothing may come for.
   * @param stop Ends the request too.
   */
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

function passing(error: unknown): unknown {
  if (error instanceof PassingFault || error instanceof Deno.errors.NotCapable) return error;
  if (!(error instanceof Error)) return error;
  const { message } = error.cause instanceof Error ? error.cause : error;
  return new PassingFault(`the connection failed (${innermost(message)})`);
}

/** The last link of what Deno chains by colons, without addresses, which may hold a signature, and the system's numbers. */
function innermost(message: string): string {
  const plain = message.replaceAll(/https?:\S+/g, "…").replace(/ \(os error \d+\)/, "");
  return printable(plain.split(": ").at(-1)!);
}
