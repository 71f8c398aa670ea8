/** A training that a script plays: checkpoints of the bundled nano-32, written in pieces and deleted again. */

import { join } from "node:path";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { analysisOptions, type SampledOptions } from "../../../lib/runs/analysis_options.ts";
import { watchRun, type WatchRunOptions } from "../../../lib/runs/watch/watch_run.ts";
import type { BenchmarkScore } from "../../../lib/scores/score_table.ts";

/** Options that take little time. */
export const quick: SampledOptions = analysisOptions({
  ...{ samples: 2, layerSample: 4, q: { min: -1, max: 1, step: 0.5 } },
}) as SampledOptions;

/** Steps that nano-32 has. */
export const STEPS = [0, 512, 1024, 4096] as const;

/** A training's folder. */
export class Training {
  /** Takes the folder that gets the checkpoints, whose name is the model's. */
  constructor(readonly folder: string) {}

  /** Write the checkpoint of a step, or only the first bytes of its weights. */
  async write(step: number, bytes = Infinity, name = `step${step}`): Promise<void> {
    const { source } = await (await openRun("suite:nano-32")).checkpoint(step);
    const to = join(this.folder, name);
    await Deno.mkdir(to, { recursive: true });
    for (const file of ["config.json", "model.safetensors"]) {
      const content = await Deno.readFile(join(source, file));
      await Deno.writeFile(join(to, file), content.subarray(0, bytes));
    }
  }

  /** Delete the checkpoint of a step. */
  async delete(step: number): Promise<void> {
    await Deno.remove(join(this.folder, `step${step}`), { recursive: true });
  }
}

/** What a watcher has told, a line each. */
export interface Watched {
  readonly lines: string[];
  readonly scores: readonly BenchmarkScore[];
  readonly measured: readonly number[];
}

/** Watch a folder while a script acts on it between the looks, and for two looks more. */
export async function watchScript(
  folder: string,
  out: string,
  script: readonly (() => Promise<unknown> | void)[],
  options: Partial<WatchRunOptions> & { readonly analysis?: SampledOptions } = {},
): Promise<Watched> {
  const { analysis = quick, ...more } = options;
  const lines: string[] = [], actions = [...script, () => {}, () => {}];
  let scores: readonly BenchmarkScore[] = [];
  const measured = await watchRun(folder, analysis, {
    workers: 1,
    out,
    async wait() {
      const action = actions.shift();
      await action?.();
      return action !== undefined;
    },
    onTables(news) {
      lines.push(`measured ${news.fresh.join(" ")}; gone ${news.gone.join(" ")}`);
      scores = news.scores;
    },
    onWaiting: (name, why) => void lines.push(`${name}: ${why.replaceAll(folder, "")}`),
    onRefused: (step, why) => void lines.push(`refused ${step}: ${why.replaceAll(folder, "")}`),
    onWarning: (warning) => void lines.push(`warning: ${warning}`),
    ...more,
  });
  return { lines, scores, measured };
}
