/** The sampled networks of one checkpoint. */

import type { DeclaredNetwork } from "../options/declared_network.ts";
import { declaredRun } from "../architectures/declared_run.ts";
import type { Architecture } from "../architectures/architecture.ts";
import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import { announceUsualSteps, chooseSteps } from "../checkpoints/choose_steps.ts";
import {
  duplicatesOf,
  findDuplicateSteps,
  refuseDuplicates,
  SeenWeights,
} from "../checkpoints/duplicate_steps.ts";
import type { TransferPlan } from "../checkpoints/hub/transfer_plan.ts";
import { type LinkedLayers, type NeuronInteractionNetwork, sampledNetwork } from "./network.ts";
import { linkedNeurons, linkLayers } from "./link_layers.ts";
import { drawSamples, type NodeSample } from "./sample_nodes.ts";
import { RelatedSteps } from "./related_steps.ts";
import { transferPlans } from "./transfer_plans.ts";
import { readWeights, type ReadWeightsOptions, weightRequests } from "./read_weights.ts";
import { detectArchitecture } from "../architectures/detect.ts";
import { callback } from "../options/option.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import type { SampledEdges } from "../options/values.ts";

/** Weights held at once for several samples that share a pass over the checkpoint: 256 MiB of doubles. */
const MOST_WEIGHTS = 2 ** 25;

/**
 * One sampled network and where it comes from.
 *
 * @category Networks and spectra
 */
export interface NetworkSample {
  /** The model's name. */
  readonly model: string;
  /** The training step of its checkpoint. */
  readonly step: number;
  /** The number of the sample, which seeds its draws; the same draws serve every step. */
  readonly sample: number;
  /** SHA-256 of the checkpoint's weights. */
  readonly digest: string;
  /** Its edges, link by link in the order they are made. */
  readonly linked: LinkedLayers;
  /** The network. */
  readonly network: NeuronInteractionNetwork;
}

/** The neurons drawn for one sample. */
export interface NumberedSample {
  readonly sample: number;
  readonly nodes: NodeSample;
}

/** A checkpoint whose layers are known. */
export interface OpenedCheckpoint {
  readonly model: string;
  readonly step: number;
  readonly checkpoint: Checkpoint;
  /** SHA-256 of its weights. */
  readonly digest: string;
  readonly architecture: Architecture;
}

/** Bring the rows that some samples need close by, all together, where they are far away. */
export async function bringSamples(
  { checkpoint, architecture }: OpenedCheckpoint,
  samples: readonly NumberedSample[],
  options: ReadWeightsOptions,
): Promise<void> {
  const drawn = samples.map(({ nodes }) => nodes);
  const bring = () => checkpoint.prefetch?.(weightRequests(architecture, drawn, options));
  await named(checkpoint, bring);
}

/** The networks of some samples in their order; rows that several of them need are read once. */
export async function* networksOfCheckpoint(
  { model, step, digest, checkpoint, architecture }: OpenedCheckpoint,
  samples: readonly NumberedSample[],
  options: ReadWeightsOptions,
): AsyncGenerator<NetworkSample, void, void> {
  if (samples.length === 0) return;
  const { edges } = options;
  const together = samplesTogether(architecture, samples[0]!.nodes, edges);
  let weights: Float64Array[][] = [];
  for (const [place, { sample, nodes }] of samples.entries()) {
    if (place % together === 0) {
      const group = samples.slice(place, place + together).map(({ nodes }) => nodes);
      const read = () => readWeights(checkpoint, architecture, group, options);
      weights = await named(checkpoint, read);
    }
    const linked = linkLayers(architecture, nodes, weights[place % together]!, { edges });
    const network = await named(checkpoint, () => sampledNetwork(linked));
    yield { model, step, sample, digest, linked, network };
  }
}

/** What is wrong with a checkpoint, with its name in front where the message has it not. */
async function named<T>({ source }: Checkpoint, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { message } = error as Error;
    if (message.includes(source)) throw error;
    throw new Error(`${source}: ${message}`, { cause: error });
  }
}

/** How many samples' weights are held at once, so that memory stays bounded where all edges of a large model are kept. */
function samplesTogether(
  { layers, matrices, patterns }: Architecture,
  sample: NodeSample,
  edges: SampledEdges,
): number {
  let weights = 0;
  for (const joins of [...matrices, ...patterns]) {
    const { sources, targets } = linkedNeurons(joins, layers, sample, edges);
    weights += sources.length * targets.length;
  }
  return Math.max(1, Math.floor(MOST_WEIGHTS / weights));
}

const SAMPLE_OPTIONS = {
  ...pick(OPTIONS, [
    ...["samples", "layerSample", "qkv", "edges", "steps", "architecture", "part"] as const,
    ...["allowDuplicates", "allowUnrelated"] as const,
  ]),
  onTransfer: callback<NonNullable<SampleNetworksOptions["onTransfer"]>>("told what is moved"),
  onWarning: callback<(warning: string) => void>("told that only some steps are sampled"),
};

/** What is sampled. */
export interface SampleNetworksOptions extends
  SomeOptions<
    | ("samples" | "layerSample" | "qkv" | "edges" | "steps" | "architecture" | "part")
    | ("allowDuplicates" | "allowUnrelated")
  > {
  /**
   * Told before anything is moved from a hub what all samples will move, a plan for each file; it is
   * waited for, and nothing is moved if it throws.
   */
  readonly onTransfer?: ((plans: readonly TransferPlan[]) => void | Promise<void>) | undefined;
  /**
   * Told, once for each run, that only its usual steps are sampled, since none are asked for.
   * Printed as a warning unless given.
   */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/**
 * Sample the neuron interaction network of each checkpoint of a run (Xiao et al., ICLR 2025, arXiv
 * 2402.09099): steps ascending, and within a step samples 0, 1, 2, … Of a Pythia on the hub only the steps with published scores
 * are sampled unless others are asked for, and a warning says so.
 *
 * @category Networks and spectra
 * @throws {Error} If a checkpoint cannot be read, is smaller than `layerSample`, differs in size from the first, holds the
 * weights of another step, or has weights that do not correlate at all with those of the step before.
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If an option has a value that is none of its own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 *
 * const run = await openRun("suite:nano-64");
 * for await (const { step, sample, network } of sampleNetworks(run, { samples: 1, steps: [0] })) {
 *   assert.deepEqual([step, sample], [0, 0]);
 *   assert.equal(network.nodeIds.length, 4 * 8 * 32); // 4 blocks, 8 × 32 neurons with out-edges in each
 * }
 * ```
 */
export async function* sampleNetworks(
  opened: CheckpointRun,
  options: SampleNetworksOptions = {},
): AsyncGenerator<NetworkSample, void, void> {
  const { samples, layerSample, qkv, edges, steps: asked, ...read } = readOptions(
    "sampleNetworks",
    SAMPLE_OPTIONS,
    options,
  );
  const { allowDuplicates, allowUnrelated, onTransfer, onWarning, ...declared } = read;
  if (typeof declared.architecture === "string") {
    throw new TypeError("sampleNetworks takes the architecture itself, not the path of a file");
  }
  announceUsualSteps(opened, asked, onWarning);
  const run = declaredRun(opened, declared as DeclaredNetwork);
  const steps = chooseSteps(run, asked);
  // Where the source lists digests a step may hold the weights of one that is not sampled.
  if (!allowDuplicates && run.listedDigests) refuseDuplicates(run, await duplicatesOf(run, steps));
  if (onTransfer) {
    const plans = await transferPlans(run, steps, (checkpoint, architecture) => {
      const drawn = drawSamples(checkpoint, architecture, samples, layerSample);
      return weightRequests(architecture, drawn, { qkv, edges });
    });
    if (plans.length > 0) await onTransfer(plans);
  }
  const seen = new SeenWeights(run), related = new RelatedSteps(run);
  let first: Architecture | undefined;
  let drawn: NodeSample[] = [];
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    if (first) checkSameSizes(checkpoint, architecture, first);
    else drawn = drawSamples(checkpoint, architecture, samples, layerSample);
    first ??= architecture;
    const numbered = drawn.map((nodes, sample) => ({ sample, nodes }));
    if (!allowDuplicates) {
      await seen.add(step, checkpoint);
      refuseDuplicates(run, findDuplicateSteps(seen.digests));
    }
    const digest = await checkpoint.digest();
    const opened = { model: run.model, step, digest, checkpoint, architecture };
    await bringSamples(opened, numbered, { qkv, edges });
    if (!allowUnrelated && drawn.length > 0) {
      await related.add(step, checkpoint, weightRequests(architecture, drawn, { qkv, edges }));
    }
    yield* networksOfCheckpoint(opened, numbered, { qkv, edges });
  }
}

/** Check that two checkpoints of a run are of one model. */
export function checkSameSizes(
  { source }: Checkpoint,
  here: Architecture,
  first: Architecture,
): void {
  const refuse = (has: string, had: string) => {
    throw new Error(
      `${source} has ${has} but the run's first step has ${had}; ` +
        "a run holds the checkpoints of one model",
    );
  };
  if (here.family !== first.family) refuse(here.family, first.family);
  const [{ length }, { length: before }] = [here.layers, first.layers];
  if (length !== before) refuse(`${length} layers of neurons`, `${before}`);
  for (const [i, { name, size }] of here.layers.entries()) {
    const { name: firstName, size: firstSize } = first.layers[i]!;
    if (name !== firstName) refuse(`the layer ${name}`, firstName);
    if (size !== firstSize) refuse(`${size} neurons in ${name}`, `${firstSize}`);
  }
}
