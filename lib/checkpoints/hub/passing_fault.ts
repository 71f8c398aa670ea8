/** Failures that may pass, and how often and after what pauses to try again. */

/** Longest pause that a server may ask for, in milliseconds: twice the hub's window for counting requests. */
export const LONGEST_PAUSE = 600_000;

/** A shorter wait passes unnoticed, in milliseconds. */
const WORTH_SAYING = 3_000;

/** A failure that may pass; its message is a clause about the server, such as `it answered 503`. */
export class PassingFault extends Error {
  /** @param wait Milliseconds that the server asked to wait. */
  constructor(message: string, readonly wait = 0) {
    super(message);
  }
}

/** The pauses before each further try, and the listener for waits that a server asks for. */
export interface Patience {
  /** Pauses before each further try, in milliseconds. */
  readonly pauses: readonly number[];
  readonly onWait?: (sentence: string) => void;
}

/** Counts the failures of one undertaking and pauses longer after each. */
export class Tries {
  #failures = 0;
  /** Whether a failure leaves something read behind, which is kept. */
  hasRead = false;

  constructor(private readonly what: string, private readonly patience: Patience) {}

  /** Start counting afresh, since there was progress. */
  reset(): void {
    this.#failures = 0;
  }

  /** Note a failure and return when it is time to try again; throw it if it is none that may pass, or one too many. */
  async failed(failure: unknown, stop?: AbortSignal): Promise<void> {
    if (!(failure instanceof PassingFault)) throw failure;
    const { pauses, onWait } = this.patience;
    const pause = pauses[this.#failures++];
    if (pause === undefined) {
      throw new Error(
        `${this.what} could not be read in ${this.#failures} ${
          this.#failures === 1 ? "try" : "tries"
        }: ${failure.message}; try again later` +
          this.#kept(),
      );
    }
    if (failure.wait > LONGEST_PAUSE) {
      const seconds = Math.ceil(failure.wait / 1000);
      throw new Error(
        `${this.what} could not be read: ${failure.message} and asks to wait ${seconds} s; try again then` +
          this.#kept(),
      );
    }
    if (failure.wait >= WORTH_SAYING) {
      const seconds = Math.ceil(failure.wait / 1000);
      onWait?.(`${this.what}: ${failure.message} and asks to wait ${seconds} s; waiting`);
    }
    await passed(Math.max(pause, failure.wait), stop);
  }

  #kept(): string {
    return this.hasRead ? ", what was read is kept" : "";
  }
}

/** Wait for some milliseconds; rejects with the reason of `stop`, at once. */
function passed(milliseconds: number, stop?: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  const end = () => reject(stop!.reason);
  if (stop?.aborted) end();
  stop?.addEventListener("abort", end, { once: true });
  return promise.finally(() => {
    clearTimeout(timer);
    stop?.removeEventListener("abort", end);
  });
}

/** The result of the first attempt that does not end in a {@linkcode PassingFault}. */
export async function withTries<T>(
  what: string,
  patience: Patience,
  attempt: () => Promise<T>,
): Promise<T> {
  for (const tries = new Tries(what, patience);;) {
    try {
      return await attempt();
    } catch (error) {
      await tries.failed(error);
    }
  }
}
