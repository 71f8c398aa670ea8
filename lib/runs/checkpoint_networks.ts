/** The networks of a model from its checkpoints. */
import type { Architecture } from "../architectures/architecture.ts";
import { detectArchitecture } from "../architectures/detect.ts";
import { countWeights } from "../checkpoints/count_weights.ts";
import { checkSameSizes } from "../networks/same_sizes.ts";
import { sampleNetworks } from "../networks/sample_networks.ts";
import type { ModelNetworks } from "./model_networks.ts";
import { type NetworkOptions, networkOptions } from "./network_options.ts";
import {
  openSelectedRun,
  type RunAccess,
  type SelectedRun,
  tellFullTransfer,
} from "./open_selected_run.ts";
import type { selectSteps } from "./select_steps.ts";

/**
 * Look over a run for its sampled networks.
 *
 * @param name The run's name.
 * @throws {Error} If the checkpoints are not all of one model.
 */
export async function sampledNetworksOfRun(
  name: string,
  selected: SelectedRun,
  options: NetworkOptions,
): Promise<ModelNetworks> {
  const { run, steps } = selected;
  return {
    ...await lookOver(selected),
    place: { kind: "run", name },
    networks: (some = steps) => sampleNetworks(run, { ...networkOptions(options), steps: some }),
  };
}

/**
 * Open the checkpoints of a model for its full networks.
 *
 * @param name The run's name.
 * @param access How checkpoints are come by.
 * @param select How the steps are selected.
 * @throws {Error} If there is no such run, a step is missing, or two steps hold the same weights.
 */
export async function openFullNetworks(
  name: string,
  steps: readonly number[] | undefined,
  access: RunAccess,
  select: typeof selectSteps,
): Promise<ModelNetworks> {
  const selected = await openSelectedRun(name, steps, access, select);
  const looked = await lookOver(selected);
  await tellFullTransfer(selected, access);
  return {
    ...looked,
    place: { kind: "run", name },
    networks() {
      throw new Error(`a full network of ${selected.run.model} is measured part by part`);
    },
  };
}

/** What is known of a run once every checkpoint has been opened; all must be of one model. */
async function lookOver({ run, steps, duplicates }: SelectedRun) {
  const digests = new Map<number, string>();
  let first: Architecture | undefined, weights = 0;
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    if (first) checkSameSizes(checkpoint, architecture, first);
    else [first, weights] = [architecture, countWeights(checkpoint.tensors)];
    digests.set(step, await checkpoint.digest());
  }
  const { model, source } = run;
  return { model, steps, digests, duplicates, weights, layers: first!.layers, source, run };
}
