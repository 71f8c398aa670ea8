/** Sampled networks of every checkpoint of a run, one checkpoint in memory at a time. */
import { detectArchitecture } from "../architectures/detect.ts";
import type { Architecture } from "../architectures/architecture.ts";
import type { QueryKeyValueLayout } from "../architectures/fused_query_key_value.ts";
import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import type { LinkedLayers } from "./link.ts";
import { linkLayers } from "./link_layers.ts";
import { linkedNeurons, type SampledEdges } from "./linked_neurons.ts";
import type { NeuronInteractionNetwork } from "./neuron_interaction_network.ts";
import { type NodeSample, sampleNodes } from "./node_sample.ts";
import { readWeights, weightRequests } from "./read_weights.ts";
import { refuseUnknownOptions } from "./refuse_unknown_options.ts";
import { sampledNetwork } from "./sampled_network.ts";

/** Weights held at once for several samples that share a pass over the checkpoint: 256 MiB of doubles. */
const MOST_WEIGHTS = 2 ** 25;

/** One sampled network and where it comes from. */
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

/** What is sampled. */
export interface SampleNetworksOptions {
  /** Samples of each checkpoint, seeded 0, 1, 2, …; default 10. */
  readonly samples?: number;
  /** Neurons drawn from each layer, twice as many from an MLP's inside; default 32. */
  readonly layerSample?: number;
  /** Which stored rows are a neuron's query, key and value; default `per-head`, as GPT-NeoX stores them. */
  readonly qkv?: QueryKeyValueLayout;
  /** Which out-edges of the sampled neurons are kept; default `all`. */
  readonly edges?: SampledEdges;
  /** The steps to sample; default all of the run. */
  readonly steps?: readonly number[];
}

/**
 * Sample the neuron interaction network of each checkpoint of a run (Xiao et al., ICLR 2025, arXiv
 * 2402.09099): steps ascending, and within a step samples 0, 1, 2, …
 *
 * @throws {Error} If a checkpoint cannot be read, is smaller than `layerSample`, or differs in size from the first.
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
  run: CheckpointRun,
  options: SampleNetworksOptions = {},
): AsyncGenerator<NetworkSample, void, void> {
  refuseUnknownOptions("sampleNetworks", options, [
    "samples",
    "layerSample",
    "qkv",
    "edges",
    "steps",
  ]);
  const { samples = 10, layerSample = 32, qkv = "per-head", edges = "all" } = options;
  const { steps = run.steps } = options;
  if (!(Number.isInteger(samples) && samples > 0)) {
    throw new RangeError(`samples must be a positive integer, but it is ${samples}`);
  }
  checkChoice("qkv", qkv, ["per-head", "reference"]);
  checkChoice("edges", edges, ["all", "sampled"]);
  let first: Architecture | undefined;
  let drawn: NodeSample[] = [];
  for (const step of [...new Set(steps)].sort((a, b) => a - b)) {
    const checkpoint = await run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    if (!first) {
      first = architecture;
      drawn = drawSamples(checkpoint, architecture, samples, layerSample);
    } else {
      checkSameSizes(checkpoint, architecture, first);
    }
    const digest = await checkpoint.digest();
    await checkpoint.prefetch?.(weightRequests(architecture, drawn, { qkv, edges }));
    const together = samplesTogether(architecture, drawn[0]!, edges);
    let weights: Float64Array[][] = [];
    for (const [sample, nodes] of drawn.entries()) {
      if (sample % together === 0) {
        const group = drawn.slice(sample, sample + together);
        weights = await readWeights(checkpoint, architecture, group, { qkv, edges });
      }
      const linked = linkLayers(architecture, nodes, weights[sample % together]!, { edges });
      const network = sampledNetwork(linked);
      yield { model: run.model, step, sample, digest, linked, network };
    }
  }
}

function checkChoice(name: string, value: string, [one, other]: readonly [string, string]): void {
  if (value === one || value === other) return;
  throw new RangeError(`${name} must be "${one}" or "${other}", but it is "${value}"`);
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

/**
 * Draw the neurons of several samples of a checkpoint.
 *
 * @throws {Error} naming the checkpoint, if it is too small for `layerSample`.
 */
export function drawSamples(
  { source }: Checkpoint,
  architecture: Architecture,
  samples: number,
  layerSample: number,
): NodeSample[] {
  try {
    return Array.from(
      { length: samples },
      (_, sample) => sampleNodes(architecture, { sample, layerSample }),
    );
  } catch (error) {
    throw new Error(`${source} cannot be sampled: ${(error as Error).message}`, { cause: error });
  }
}

function checkSameSizes({ source }: Checkpoint, here: Architecture, first: Architecture): void {
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
