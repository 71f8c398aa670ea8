/** The beginning and the end of a task's program. */

import { printableLines } from "../messages/shown.ts";
import { standWhereCalled } from "./stand_where_called.ts";

/** Do a task's work where its user stands; a fault ends the process with what is wrong, in a line, and code 1. */
export async function runTask(work: (args: readonly string[]) => Promise<void>): Promise<void> {
  try {
    standWhereCalled();
    await work(Deno.args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    console.error(printableLines(error.message));
    Deno.exit(1);
  }
}
