/** The question whether what is planned is to be moved. */

import { readableBytes } from "../../lib/checkpoints/hub/readable.ts";
import { NotebookError } from "./notebook.ts";

/**
 * Ask whether bytes are to be moved; whatever is not yes is no.
 *
 * @param input Where the answer is typed.
 * @throws {NotebookError} If there is no terminal to ask on.
 * @throws {unknown} The signal's reason if it aborts before there is an answer.
 */
export async function askToMove(
  bytes: number,
  signal: AbortSignal,
  input: Pick<typeof Deno.stdin, "isTerminal" | "read"> = Deno.stdin,
): Promise<boolean> {
  const amount = readableBytes(bytes);
  if (!input.isTerminal()) {
    throw new NotebookError(
      `${amount} are to be moved, and there is no terminal to ask on: give --yes to move them, or ` +
        "--plan to see the plan alone",
    );
  }
  console.error(`Move ${amount} and run the notebooks? (y/N)`);
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.reason);
  signal.addEventListener("abort", stop);
  const answer = new Uint8Array(256);
  try {
    signal.throwIfAborted();
    // readSync() would hold up Ctrl-C until there is an answer.
    const count = await Promise.race([input.read(answer), stopped.promise]) ?? 0;
    const isYes = /^y(es)?$/i.test(new TextDecoder().decode(answer.subarray(0, count)).trim());
    if (!isYes) console.error("nothing is moved, and no notebook is run");
    return isYes;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
