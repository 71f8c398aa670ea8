/** Running several notebooks side by side. */

import { NotebookError } from "./notebook.ts";
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
 * they write does not depend on how many run at once. One that fails does not stop the others.
 *
 * @param notebooks The notebooks.
 * @param atOnce How many run at a time.
 * @returns What each wrote, in the order given; `null` for one that failed.
 */
export async function runNotebooks(
  notebooks: readonly StoredNotebook[],
  atOnce: number,
  { onCell, onDone, onFailed }: RunListeners,
): Promise<(NotebookResults | null)[]> {
  const results: (NotebookResults | null)[] = notebooks.map(() => null);
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < notebooks.length) {
      const i = next++;
      const { name } = notebooks[i]!;
      const started = performance.now();
      try {
        results[i] = await notebookResults(notebooks[i]!, (cell) => onCell(name, cell));
        onDone(name, (performance.now() - started) / 1000);
      } catch (error) {
        if (!(error instanceof NotebookError)) throw error;
        onFailed(name, error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}
