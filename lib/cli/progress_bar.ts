// @ts-types="@types/cli-progress"
import { Format, SingleBar } from "cli-progress";
import process from "node:process";
import { printableLines } from "../messages/shown.ts";
import { describeTransfer } from "../checkpoints/hub/transfer_plan.ts";
import { readableBytes } from "../checkpoints/hub/readable.ts";
import type { RunAccess } from "../runs/open_selected_run.ts";

/** Milliseconds between two lines where the output is no terminal and a bar can't be redrawn. */
const PLAIN_LINE_INTERVAL = 15_000;

let areLeft = false;

/** Leave all bars as they are, whatever happens to the work: that a signal ended it is said elsewhere. */
export function leaveBars(): void {
  areLeft = true;
}

/** Start a progress bar; where standard error is no terminal it prints a plain line now and then. */
export function startProgressBar(label: string, unit: string, total: number, done = 0) {
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
    /** Show so many units and, unless it is empty, a short text beside them. */
    update(value: number, text: string) {
      latest = value;
      bar.update(value, { text: text && ` · ${text}` });
    },
    /** Print a line above the bar without disturbing it. */
    log(line: string) {
      process.stderr.write(`${process.stderr.isTTY ? "\x1b[2K\r" : ""}${printableLines(line)}\n`);
    },
    /** Leave the bar as it is and end its timer; call it also when the work throws. */
    stop() {
      if (!areLeft) bar.stop();
    },
  };
}

/** Weights a second since the first report; what was there before counts for nothing. */
export class Rate {
  #began: number | null = null;
  #weights = 0;

  /** @param now The time in milliseconds. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Take note of the number of weights read so far. */
  saw(weights: number): void {
    this.#began ??= this.now();
    this.#weights = weights;
  }

  /** The rate for people, e.g. `3.2 M weights/s`; empty where nothing was read yet. */
  text(): string {
    const seconds = (this.now() - (this.#began ?? this.now())) / 1000;
    if (this.#weights === 0 || seconds === 0) return "";
    const rate = this.#weights / seconds;
    const [size, unit] = rate >= 1e9 ? [1e9, " G"] : rate >= 1e6 ? [1e6, " M"] : [1e3, " k"];
    return `${Number((rate / size).toPrecision(2))}${unit} weights/s`;
  }
}

/** Warnings given; every stage opens the run anew, and is told again. */
const warned = new Set<string>();

/** Do something that tells how far it is, and show that on a bar with a label and the unit that is counted. */
export async function withBar<T>(
  label: string,
  unit: string,
  work: (
    listeners: RunAccess & { onNetwork: (done: number, total: number, weights?: number) => void },
  ) => Promise<T>,
): Promise<T> {
  let bar: ReturnType<typeof startProgressBar> | undefined;
  const rate = new Rate();
  let [done, total] = [0, 0];
  const update = (transfer: string) => {
    bar ??= startProgressBar(label, unit, total, done);
    bar.update(done, [rate.text(), transfer].filter((text) => text !== "").join(" · "));
  };
  try {
    return await work({
      onNetwork(measured, all, weights) {
        [done, total] = [measured, all];
        rate.saw(weights ?? 0);
        update("");
      },
      onWarning(warning) {
        if (warned.has(warning)) return;
        warned.add(warning);
        if (bar) bar.log(`warning: ${warning}`);
        else console.error(`warning: ${warning}`);
      },
      onTransfer: (plans) => console.error(`to be moved: ${describeTransfer(plans)}`),
      onProgress: ({ step, moved, planned }) =>
        update(`step ${step}: ${readableBytes(moved)} of ${readableBytes(planned)}`),
    });
  } finally {
    bar?.stop();
  }
}
