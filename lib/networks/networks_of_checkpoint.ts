/** The sampled networks of one checkpoint. */
import type { Architecture } from "../architectures/architecture.ts";
import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { LinkedLayers } from "./link.ts";
import { linkLayers } from "./link_layers.ts";
import { linkedNeurons, type SampledEdges } from "./linked_neurons.ts";
import type { NeuronInteractionNetwork } from "./neuron_interaction_network.ts";
import type { NodeSample } from "./node_sample.ts";
import { readWeights } from "./read_weights.ts";
import { sampledNetwork } from "./sampled_network.ts";
import { type ReadWeightsOptions, weightRequests } from "./wanted_rows.ts";

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

/** The neurons drawn for one sample. */
export interface NumberedSample {
  /** The number of the sample. */
  readonly sample: number;
  /** Its neurons. */
  readonly nodes: NodeSample;
}

/** A checkpoint whose layers are known. */
export interface OpenedCheckpoint {
  /** The model's name. */
  readonly model: string;
  /** The training step. */
  readonly step: number;
  /** The checkpoint. */
  readonly checkpoint: Checkpoint;
  /** SHA-256 of its weights. */
  readonly digest: string;
  /** Its layers and matrices. */
  readonly architecture: Architecture;
}

/**
 * Bring the rows that some samples of a checkpoint need close by, all together, where the checkpoint is far away.
 *
 * @throws {Error} naming the checkpoint, if they cannot be had.
 */
export async function bringSamples(
  { checkpoint, architecture }: OpenedCheckpoint,
  samples: readonly NumberedSample[],
  options: ReadWeightsOptions,
): Promise<void> {
  const drawn = samples.map(({ nodes }) => nodes);
  await named(
    checkpoint,
    () => checkpoint.prefetch?.(weightRequests(architecture, drawn, options)),
  );
}

/**
 * The networks of some samples of one checkpoint, in the order given; rows that several of them need are read once.
 *
 * @throws {Error} naming the checkpoint, if it cannot be read.
 */
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
      weights = await named(
        checkpoint,
        () => readWeights(checkpoint, architecture, group, options),
      );
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
