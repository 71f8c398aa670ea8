/** Runs of the tiny golden checkpoint on disk. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  analysisOptions,
  type GivenAnalysisOptions,
  type SampledOptions,
} from "../../lib/runs/analysis_options.ts";
import { withFolder } from "../helpers/with_folder.ts";

const tiny = fileURLToPath(new URL("../golden/checkpoints/tiny", import.meta.url));

/** Options that suit a model of width 8. */
export function tinyOptions(more: Omit<GivenAnalysisOptions, "network"> = {}): SampledOptions {
  return analysisOptions({ samples: 2, layerSample: 3, ...more });
}

/**
 * Run `test` in a new folder where `nano-8` holds the tiny checkpoint at each of the steps.
 */
export function withTinyRun(
  steps: readonly number[],
  test: (place: { run: string; store: string; folder: string }) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const run = await writeTinyRun(folder, steps);
    await test({ run, store: join(folder, "networks"), folder });
  });
}

/**
 * Write a run `nano-8` of the tiny checkpoint at each of the steps into a folder; files differ in their last byte, which
 * no network is made of, so that no two steps pass for the same weights. Returns the run's folder.
 */
export async function writeTinyRun(folder: string, steps: readonly number[]): Promise<string> {
  const run = join(folder, "nano-8");
  for (const [place, step] of steps.entries()) {
    const to = join(run, `step${step}`);
    await Deno.mkdir(to, { recursive: true });
    await Deno.copyFile(join(tiny, "config.json"), join(to, "config.json"));
    const bytes = await Deno.readFile(join(tiny, "model.safetensors"));
    bytes[bytes.length - 1]! ^= place;
    await Deno.writeFile(join(to, "model.safetensors"), bytes);
  }
  return run;
}
