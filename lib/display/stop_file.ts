/** A file that stops the work of a cell: Jupyter's own interrupt ends Deno's kernel with all its variables. */

import { join } from "node:path";

/** The file's name; it is looked for in the folder of the notebook. */
export const STOP_FILE = "stop";

/** A watch for the file. */
export interface StopWatch {
  /** Aborts, with the given reason, when the file is made. */
  readonly signal: AbortSignal;
  /** Looks for the file now. */
  readonly look: () => void;
  /** Ends the watch. */
  readonly end: () => void;
}

/** Milliseconds between two looks while the work has nothing to report. */
const INTERVAL = 500;

/** The watch that is on: a cell that failed may not have ended its own. */
let latest: StopWatch | undefined;

/**
 * Watches for a file `stop` in a folder. One that is there from before counts when it is written again; an empty one is removed
 * when it has done its work, so that the cell can be run again.
 *
 * @param folder The folder.
 * @param reason What the signal's reason is to be when it aborts.
 */
export function watchStopFile(folder: string, reason: () => Error): StopWatch {
  latest?.end();
  const path = join(folder, STOP_FILE), before = writtenAt(path);
  const controller = new AbortController();
  const look = () => {
    if (controller.signal.aborted) return;
    const now = writtenAt(path);
    if (now === null || now === before) return;
    end();
    try {
      if (Deno.statSync(path).size === 0) Deno.removeSync(path);
    } catch {
      // It stops the work whether or not it can be removed.
    }
    controller.abort(reason());
  };
  const timer = setInterval(look, INTERVAL);
  // Nothing waits for a stop that nobody asks for.
  Deno.unrefTimer(timer);
  const end = () => clearInterval(timer);
  return latest = { signal: controller.signal, look, end };
}

/** When a file was written, `null` if there is none that may be seen. */
function writtenAt(path: string): number | null {
  try {
    const { isFile, mtime } = Deno.statSync(path);
    return isFile ? mtime?.getTime() ?? 0 : null;
  } catch {
    return null;
  }
}
