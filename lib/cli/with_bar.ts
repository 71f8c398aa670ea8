/** Long work with a bar that shows how far it is. */
import { describeTransfer } from "../checkpoints/hub/describe_transfer.ts";
import { readableBytes } from "../checkpoints/hub/readable.ts";
import type { RunAccess } from "../runs/open_selected_run.ts";
import { startProgressBar } from "./progress_bar.ts";
import { Rate } from "./rate.ts";

/** Whom stages tell how far they are. */
export type Told = RunAccess & {
  readonly onNetwork: (done: number, total: number, weights?: number) => void;
};

/** Warnings given; every stage opens the run anew, and is told again. */
const warned = new Set<string>();

/**
 * Do something that tells how far it is, and show that on a bar.
 *
 * @param label What is done.
 * @param unit What is counted.
 * @param work Does it, and tells.
 */
export async function withBar<T>(
  label: string,
  unit: string,
  work: (told: Told) => Promise<T>,
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
