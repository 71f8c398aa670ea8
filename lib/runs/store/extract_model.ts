/** From checkpoints to sampled networks on disk, and a look at them before they are measured. */

import { declaredNetwork } from "../../options/declared_network.ts";
import { detectArchitecture } from "../../architectures/detect.ts";
import { countWeights } from "../../checkpoints/count_weights.ts";
import { sampleNetworks } from "../../networks/sample_networks.ts";
import { type NetworkOptions, networkOptions, samplingOptions } from "../analysis_options.ts";
import { openSelectedRun, type RunAccess, tellTransfer } from "../open_selected_run.ts";
import { guessNote, leftOutOf } from "../run_record.ts";
import { hasStoredStep, removeRecord, storeNetwork, storeRecord } from "./network_store.ts";
import { openModelNetworks } from "./model_networks.ts";

/** Where networks are written, and whom extraction tells. */
export interface ExtractModelOptions extends RunAccess {
  /** What decides the networks. */
  readonly options: NetworkOptions;
  /** Folder that holds one folder a model. */
  readonly store: string;
  /** The steps to extract, or words for them; the usual ones of the run unless given. */
  readonly steps?: readonly number[] | string | undefined;
  /** Leave steps alone whose networks are there, of the same checkpoint and options. */
  readonly skipExisting?: boolean;
  /** Called at the start and after each network with the networks done and their number in all. */
  readonly onNetwork?: (done: number, total: number) => void;
}

/**
 * Sample the networks of a model's checkpoints and write each as `<store>/<model>/step<N>/sample<k>.npy`, in the
 * published code's layout.
 *
 * @returns How many networks were written, and how many were there already.
 * @throws {Error} If a checkpoint cannot be read or sampled.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions } from "neuromfa";
 * import { extractModel } from "neuromfa/runs";
 *
 * const store = await Deno.makeTempDir();
 * const options = analysisOptions({ samples: 2 });
 * const done = await extractModel("suite:nano-64", { options, store, steps: [0, 512] });
 * assert.deepEqual(done, { written: 4, skipped: 0 });
 * assert.ok((await Deno.stat(`${store}/nano-64/step512/sample1.npy`)).isFile);
 * await Deno.remove(store, { recursive: true });
 * ```
 */
export async function extractModel(
  name: string,
  { store, steps, skipExisting = false, onNetwork, ...given }: ExtractModelOptions,
): Promise<{ written: number; skipped: number }> {
  const options = networkOptions(given.options);
  const selected = await openSelectedRun(name, steps, {
    ...given,
    weights: given.options.weights,
    declared: declaredNetwork(options),
  });
  const { run } = selected;
  const total = selected.steps.length * options.samples;
  const wanted: number[] = [];
  for (const step of selected.steps) {
    const there = skipExisting && await hasStoredStep(store, await run.checkpoint(step), options);
    if (!there) wanted.push(step);
  }
  const skipped = total - wanted.length * options.samples;
  await tellTransfer({ ...selected, steps: wanted }, options, given);
  if (wanted.length === 0) return { written: 0, skipped };
  let written = 0;
  onNetwork?.(skipped, total);
  const looked = { allowDuplicates: true, allowUnrelated: given.allowUnrelated };
  const sampling = { ...samplingOptions(options), steps: wanted, ...looked };
  for await (const sample of sampleNetworks(run, sampling)) {
    // A stop in between must not leave a record that vouches for networks of two extractions.
    if (sample.sample === 0) await removeRecord(store, sample.model, sample.step);
    await storeNetwork(store, sample);
    if (sample.sample === options.samples - 1) {
      const checkpoint = await run.checkpoint(sample.step);
      const architecture = detectArchitecture(checkpoint), { layers } = architecture;
      const weights = countWeights(checkpoint.tensors), { entry } = checkpoint;
      const { model, step, digest: sha256 } = sample;
      const guess = guessNote(architecture, options), leftOut = leftOutOf(architecture);
      await storeRecord(store, {
        ...{ model, step, sha256, layers, weights, options },
        ...entry !== undefined && { entry },
        ...leftOut.length > 0 && { leftOut },
        ...guess !== null && { notes: [guess] },
      });
    }
    written++;
    onNetwork?.(skipped + written, total);
  }
  return { written, skipped };
}

/** Read and count all networks, so that damaged files are found early; the published code's node lists need no storing. */
export async function preprocessModel(
  name: string,
  { options, store, steps, onNetwork, ...access }: Omit<ExtractModelOptions, "skipExisting">,
): Promise<{ model: string; networks: number; nodes: number; edges: number; source: string }> {
  const opened = await openModelNetworks(name, options, store, steps, {
    ...access,
    weights: options.weights,
  });
  const total = opened.steps.length * options.samples;
  let [networks, nodes, edges] = [0, 0, 0];
  for await (const { network } of opened.networks()) {
    networks++;
    nodes += network.nodeIds.length;
    edges += network.lengths.length;
    onNetwork?.(networks, total);
  }
  return { model: opened.model, networks, nodes, edges, source: opened.source };
}
