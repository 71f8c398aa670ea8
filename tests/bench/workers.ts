/** How a run gets faster with workers: wall time, since that is what they are for. */

import { join } from "node:path";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { analyzeRun } from "../../lib/runs/units/analyze_run.ts";
import { writeBenchCheckpoint } from "./bench_checkpoint.ts";
import { median } from "./clock.ts";

/** One kind of run: seconds from the first unit to the last, by the number of workers from 1. */
export interface WorkerTimes {
  /** What was measured. */
  readonly work: string;
  /** Median seconds, workers starting included; the first by no worker beside the process itself. */
  readonly seconds: readonly number[];
}

/**
 * Time a run by 1 to `cores` workers, in turns.
 *
 * @param folder An empty folder to work in.
 * @param sizes Width and blocks of the checkpoint, samples drawn of it, and steps of the full network: the same file by
 * several names.
 * @param rounds Rounds, of which medians are taken.
 * @param cores The most workers.
 */
export async function timeWorkers(
  folder: string,
  { hidden, blocks, samples, steps }: Readonly<
    Record<"hidden" | "blocks" | "samples" | "steps", number>
  >,
  rounds: number,
  cores: number,
): Promise<WorkerTimes[]> {
  const first = join(folder, "run/step0");
  await writeBenchCheckpoint(first, hidden, blocks);
  for (let step = 1; step < steps; step++) {
    await Deno.symlink(first, join(folder, `run/step${step}`));
  }
  const size = `h${hidden}/${blocks}`;
  const wanted = [
    {
      work: `${samples} samples of ${steps} steps, ${size}`,
      options: analysisOptions({ samples }),
    },
    {
      work: `full network of ${steps} steps, ${size}`,
      options: analysisOptions({ network: "full" }),
    },
  ];
  const times: WorkerTimes[] = [];
  for (const { work, options } of wanted) {
    const taken = Array.from({ length: cores }, (): number[] => []);
    for (let round = 0; round < rounds; round++) {
      for (let workers = 1; workers <= cores; workers++) {
        const out = join(folder, "out");
        const marks: number[] = [];
        await analyzeRun(join(folder, "run"), { options, tables: "emergence" }, {
          ...{ out, store: join(folder, "networks"), workers, allowDuplicates: true },
          onNetwork: () => marks.push(performance.now()),
        });
        await Deno.remove(out, { recursive: true });
        taken[workers - 1]!.push((marks.at(-1)! - marks[0]!) / 1000);
      }
    }
    times.push({ work, seconds: taken.map(median) });
  }
  return times;
}
