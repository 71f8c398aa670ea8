/** A progress bar under a cell that takes long. */

import { escapeHtml } from "../tables/shown_table.ts";
import type { DisplayBundle } from "./display_bundle.ts";
import { currentRecorder, kernel, whenSent } from "./kernel.ts";
import { STOP_FILE, type StopWatch, watchStopFile } from "./stop_file.ts";

/** A bar that tells how far work is. */
export interface NotebookProgress {
  /** Shows that `done` units are done; it can be handed over as a listener, e.g. as `onNetwork`. */
  readonly update: (done: number) => void;
  /** Leaves the bar as it is, once the work has ended: `await` it, or Jupyter may lose the last update. */
  readonly finish: () => Promise<void>;
  /**
   * Aborts when a file named `stop` is made in the notebook's folder, which the bar then asks for: Jupyter's interrupt ends Deno's
   * kernel, and all variables are lost. Given to {@linkcode measure}, it keeps what is measured, and the cell goes on from
   * there when it is run again. Elsewhere than in Jupyter it never aborts.
   */
  readonly signal: AbortSignal;
}

/** Milliseconds between two updates, about as often as an eye notices. */
const INTERVAL = 100;

/**
 * Shows a progress bar under the running cell that is redrawn in place. It exists in Jupyter only: a headless run
 * keeps no trace of it, so that an executed notebook is the same every time, and elsewhere nothing is printed.
 *
 * @category Showing and saving
 * @param label What is being done, e.g. `measuring networks`.
 * @param total Units of work in all.
 * @throws {RangeError} If the total is not a positive number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, notebookProgress, openRun, sampleNetworks } from "neuromfa";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const progress = notebookProgress("measuring networks", 2 * 2);
 * const spectra = await multifractalSpectra(networks, { onNetwork: progress.update });
 * await progress.finish();
 * assert.equal(spectra.length, 2);
 * ```
 */
export function notebookProgress(label: string, total: number): NotebookProgress {
  if (!(total > 0 && total < Infinity)) {
    throw new RangeError(`"${label}" needs a positive number of units in all, not ${total}`);
  }
  const jupyter = currentRecorder() === undefined ? kernel() : undefined;
  if (jupyter === undefined) {
    const { signal } = new AbortController();
    return { update() {}, finish: () => Promise.resolve(), signal };
  }
  const started = performance.now();
  const transient = { display_id: crypto.randomUUID() };
  let [latest, shownAt] = [0, started];
  let stop: StopWatch | undefined;
  const send = (type: "display_data" | "update_display_data"): void => {
    const seconds = (performance.now() - started) / 1000;
    const bundle = progressBundle(label, latest, total, seconds, stopWords(stop));
    // Nobody waits for it, and a bar that cannot be shown is no reason to stop the work.
    Promise.resolve(jupyter.broadcast(type, { ...bundle, transient })).catch(() => {});
  };
  send("display_data");
  return {
    update(done) {
      latest = done;
      stop?.look();
      if (performance.now() - shownAt < INTERVAL && done < total) return;
      shownAt = performance.now();
      send("update_display_data");
    },
    async finish() {
      stop?.end();
      stop = undefined;
      send("update_display_data");
      await whenSent();
    },
    get signal() {
      if (stop === undefined) {
        stop = watchStopFile(Deno.cwd(), () => new Error(stoppedMessage(label, latest, total)));
        stop.signal.addEventListener("abort", () => send("update_display_data"));
        send("update_display_data");
      }
      return stop.signal;
    },
  };
}

/** What the bar says of its stop. */
function stopWords(stop: StopWatch | undefined): string {
  if (stop === undefined) return "";
  if (stop.signal.aborted) return "stopped";
  return `to stop, make a file named ${STOP_FILE} beside the notebook (an interrupt ends the kernel)`;
}

/** What a cell says when it was stopped, and how to go on. */
export function stoppedMessage(label: string, done: number, total: number): string {
  return `${label} was stopped by the file ${STOP_FILE} at ${done} of ${total}; measure() keeps what is measured as long as ` +
    "the kernel runs: run this cell again to go on";
}

/** A bar as HTML and as text, with more words behind it where there are some. */
export function progressBundle(
  label: string,
  done: number,
  total: number,
  seconds: number,
  more = "",
): DisplayBundle {
  const share = Math.min(1, Math.max(0, done / total));
  const left = share > 0 ? `, ${duration(seconds * (1 / share - 1))} left` : "";
  const pace = share === 1 ? `, ${duration(seconds)}` : left;
  const text = `${label}: ${done} of ${total}${pace}${more && ` · ${more}`}`;
  const filled = Math.round(24 * share);
  const bar = `<progress value="${share}" max="1" style="width:16em"></progress>`;
  return {
    data: {
      "text/html": `${bar} ${escapeHtml(text)}`,
      "text/plain": `${"█".repeat(filled)}${"░".repeat(24 - filled)} ${text}`,
    },
    metadata: {},
  };
}

function duration(seconds: number): string {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
