// @ts-types="@types/cli-progress"
import { Format, SingleBar } from "cli-progress";
import process from "node:process";
import { printableLines } from "../messages/printable.ts";

/** Milliseconds between two lines where the output is no terminal and a bar can't be redrawn. */
const PLAIN_LINE_INTERVAL = 15_000;

/** A bar on standard error that shows how far long work is and how long it will take. */
export interface ProgressBar {
  /** Show `done` units and, unless it is empty, a short text beside them. */
  update(done: number, text: string): void;
  /** Print a line above the bar without disturbing it. */
  log(line: string): void;
  /** Leave the bar as it is and end its timer; call it also when the work throws. */
  stop(): void;
}

/**
 * Start a progress bar; where standard error is no terminal it prints a plain line now and then.
 *
 * @param label What is being done, e.g. `training nano-64`.
 * @param unit What is counted, e.g. `steps`.
 * @param total Units in all.
 * @param done Units that were done before.
 */
export function startProgressBar(
  label: string,
  unit: string,
  total: number,
  done = 0,
): ProgressBar {
  let latest = done;
  const bar = new SingleBar({
    format: `${label} {bar} {value}/{total} ${unit} · {eta_formatted}{text}`,
    formatTime(seconds, options, rounding) {
      if (latest === done && done < total) return "time left unknown";
      return `${seconds > 0 ? Format.TimeFormat(seconds, options, rounding) : "0s"} left`;
    },
    hideCursor: true,
    etaBuffer: 50,
    noTTYOutput: true,
    notTTYSchedule: PLAIN_LINE_INTERVAL,
    stream: process.stderr,
  });
  bar.start(total, done, { text: "" });
  return {
    update(value, text) {
      latest = value;
      bar.update(value, { text: text && ` · ${text}` });
    },
    log(line) {
      const text = printableLines(line);
      if (process.stderr.isTTY) process.stderr.write(`\x1b[2K\r${text}\n`);
      else process.stderr.write(`${text}\n`);
    },
    stop: () => bar.stop(),
  };
}
