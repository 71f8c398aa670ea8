/** Telling how far a long command is: a bar in a terminal, plain lines anywhere else. */

import cliProgress from "cli-progress";

/** Progress through a known number of pieces of work. */
export interface Progress {
  /** `done` pieces are done; `now` says what comes next. */
  update(done: number, now: string): void;
  /** Ends the display, so that what is printed next starts on a line of its own. */
  stop(): void;
}

/**
 * Starts to show progress on the standard error, which leaves the standard output to results.
 *
 * @param total Number of pieces.
 * @param terminal Whether to draw a bar; by default where the standard error is a terminal.
 */
export function startProgress(
  total: number,
  terminal: boolean = Deno.stderr.isTerminal(),
): Progress {
  if (!terminal) {
    return { update: (done, now) => console.error(`${done}/${total} ${now}`), stop: () => {} };
  }
  const bar = new cliProgress.SingleBar({
    format: "{bar} {value}/{total} | {eta_formatted} left | {now}",
    barCompleteChar: "█",
    barIncompleteChar: "░",
    barsize: 24,
    hideCursor: true,
    clearOnComplete: true,
    etaBuffer: 20,
  });
  bar.start(total, 0, { now: "" });
  return { update: (done, now) => bar.update(done, { now }), stop: () => bar.stop() };
}
