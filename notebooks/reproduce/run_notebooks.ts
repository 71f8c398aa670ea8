/** Running several notebooks side by side. */

import type { NamedModels } from "./execute_module.ts";
import { NotebookError } from "./notebook.ts";
import { checkTogether, notebookModule } from "./notebook_module.ts";
import { type NotebookResults, notebookResults, type StoredNotebook } from "./notebook_results.ts";

/** Whom to tell how far it is. */
export interface RunListeners {
  /** A code cell of a notebook starts. */
  readonly onCell: (name: string, cell: number) => void;
  /** A notebook is done after so many seconds. */
  readonly onDone: (name: string, seconds: number) => void;
  /** A notebook failed. */
  readonly onFailed: (name: string, error: NotebookError) => void;
}

/**
 * Runs notebooks, several at a time, each in a process and with a folder of results of its own, so that what
 * they write does not depend on how many run at once. One that fails does not stop the others; anything else that
 * goes wrong does, and is thrown when all have ended.
 *
 * @param notebooks The notebooks.
 * @param atOnce How many run at a time.
 * @param signal Stops them all, with nothing left behind.
 * @param models The models that they read in place of their own.
 * @returns What each wrote, in the order given; `null` for one that failed.
 */
export async function runNotebooks(
  notebooks: readonly StoredNotebook[],
  atOnce: number,
  { onCell, onDone, onFailed }: RunListeners,
  signal: AbortSignal,
  models?: NamedModels,
): Promise<(NotebookResults | null)[]> {
  const results: (NotebookResults | null)[] = notebooks.map(() => null);
  const broken = new AbortController();
  const stop = AbortSignal.any([signal, broken.signal]);
  const checked = await areRight(notebooks, stop);
  // The last ones take longest: begun first, none of them is waited for when all others are done.
  let left = notebooks.length;
  const work = async (): Promise<void> => {
    while (left > 0) {
      stop.throwIfAborted();
      const i = --left;
      const { name } = notebooks[i]!;
      const started = performance.now();
      try {
        results[i] = await notebookResults(notebooks[i]!, {
          onCell: (cell) => onCell(name, cell),
          ...{ checked, models },
          signal: stop,
        });
        onDone(name, (performance.now() - started) / 1000);
      } catch (error) {
        if (error instanceof NotebookError) onFailed(name, error);
        else broken.abort(error);
      }
    }
  };
  await Promise.allSettled(Array.from({ length: atOnce }, work));
  stop.throwIfAborted();
  return results;
}

/** Whether the types of all notebooks are right; if not, each says when it is run what is wrong with it. */
async function areRight(
  notebooks: readonly StoredNotebook[],
  signal: AbortSignal,
): Promise<boolean> {
  try {
    return await checkTogether(notebooks.map(({ notebook }) => notebookModule(notebook)), signal);
  } catch (error) {
    if (error instanceof NotebookError) return false;
    throw error;
  }
}
