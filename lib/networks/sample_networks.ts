/** Sampled networks of every checkpoint of a run, one checkpoint in memory at a time. */
import type { Architecture } from "../architectures/architecture.ts";
import { detectArchitecture } from "../architectures/detect.ts";
import type { QueryKeyValueLayout } from "../architectures/fused_query_key_value.ts";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { checkCount, MOST_LAYER_SAMPLE, MOST_SAMPLES } from "./check_count.ts";
import { drawSamples } from "./draw_samples.ts";
import type { SampledEdges } from "./linked_neurons.ts";
import {
  bringSamples,
  type NetworkSample,
  networksOfCheckpoint,
} from "./networks_of_checkpoint.ts";
import type { NodeSample } from "./node_sample.ts";
import { refuseUnknownOptions } from "./refuse_unknown_options.ts";
import { checkSameSizes } from "./same_sizes.ts";

export type { NetworkSample };

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
  checkCount("samples", samples, MOST_SAMPLES);
  checkCount("layerSample", layerSample, MOST_LAYER_SAMPLE);
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
    const numbered = drawn.map((nodes, sample) => ({ sample, nodes }));
    const digest = await checkpoint.digest();
    const opened = { model: run.model, step, digest, checkpoint, architecture };
    await bringSamples(opened, numbered, { qkv, edges });
    yield* networksOfCheckpoint(opened, numbered, { qkv, edges });
  }
}

function checkChoice(name: string, value: string, [one, other]: readonly [string, string]): void {
  if (value === one || value === other) return;
  throw new RangeError(`${name} must be "${one}" or "${other}", but it is "${value}"`);
}
