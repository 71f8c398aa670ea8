/** What sampling does to alpha_0, width and E: samples of several sizes beside the full network. */

import { chooseSteps } from "../checkpoints/choose_steps.ts";
import { detectArchitecture } from "../architectures/detect.ts";
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { multifractalSpectra } from "../multifractal/multifractal_spectra.ts";
import { multifractalSpectrum } from "../multifractal/multifractal_spectrum.ts";
import { fullNetworkMasses } from "../networks/full/full_network_masses.ts";
import type { SampledEdges } from "../options/values.ts";
import { type DefaultedOption, given } from "../options/option.ts";
import { OPTIONS, type SomeOptions } from "../options/options.ts";
import { pick } from "../options/read_options.ts";
import { readBoxOptions } from "../networks/box_options.ts";
import { sampleNetworks } from "../networks/sample_networks.ts";
import { degreeOfEmergence, type EmergenceRow } from "./degree_of_emergence.ts";

/** What is compared. */
export interface SamplingBiasOptions extends SomeOptions<"samples" | "steps" | "baseline"> {
  /** Sizes of the samples: neurons drawn from each layer. */
  readonly layerSamples: readonly number[];
  /** Which out-edges of sampled neurons are kept; default both ways. */
  readonly edges?: readonly SampledEdges[];
  /** Longest edge that counts; default 150. */
  readonly threshold?: number;
}

const SAMPLING_BIAS_OPTIONS = {
  ...pick(OPTIONS, ["samples", "threshold", "steps", "baseline"]),
  layerSamples: given<readonly number[]>("a list of sizes", Array.isArray, {
    help: "sizes of the samples",
    default: [],
  }) as DefaultedOption<readonly number[]>,
  edges: given<readonly SampledEdges[]>("a list of all and sampled", Array.isArray, {
    help: "which out-edges of sampled neurons are kept",
    default: ["sampled", "all"],
  }) as DefaultedOption<readonly SampledEdges[]>,
};

/** One row of the comparison: a step as one kind of network tells it. */
export interface SamplingBiasRow extends EmergenceRow {
  /** Which out-edges are kept; `"full"` is the full network, which has all neurons and all edges. */
  readonly edges: SampledEdges | "full";
  /** Neurons drawn from each layer; `null` for the full network. */
  readonly layerSample: number | null;
}

/**
 * Measure a run by samples of several sizes and by its full network. Sampled edges cut every neuron's edges and not only
 * the set of neurons, so that alpha_0, the width and E of the samples (Xiao et al., ICLR 2025, arXiv 2402.09099) differ from
 * those of the network that they stand for; larger samples and all edges come closer.
 *
 * @returns The full network's rows, then those of each kind and size of sample; there is one full network a step, so its
 * rows have no interval.
 * @throws {RangeError} If the baseline is missing, a sample is larger than a layer, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { samplingBias } from "neuromfa/statistics";
 *
 * const run = await openRun("suite:nano-64");
 * const rows = await samplingBias(run, { layerSamples: [8], samples: 2, steps: [0, 4096], edges: ["all"] });
 * assert.deepEqual(rows.map(({ edges, step }) => `${edges} ${step}`), ["full 0", "full 4096", "all 0", "all 4096"]);
 * ```
 */
export async function samplingBias(
  run: CheckpointRun,
  options: SamplingBiasOptions,
): Promise<SamplingBiasRow[]> {
  const read = readBoxOptions("samplingBias", SAMPLING_BIAS_OPTIONS, options);
  const { layerSamples, edges, samples, threshold, baseline } = read;
  const steps = chooseSteps(run, read.steps);
  const full = [];
  for (const step of steps) {
    const checkpoint = await run.checkpoint(step);
    const architecture = detectArchitecture(checkpoint);
    const { masses } = await fullNetworkMasses(checkpoint, architecture, { threshold });
    full.push({ step, samples: [{ sample: 0, spectrum: multifractalSpectrum(masses) }] });
  }
  const rows: SamplingBiasRow[] = degreeOfEmergence(full, { baseline })
    .map((row) => ({ edges: "full", layerSample: null, ...row }));
  for (const kept of edges) {
    for (const layerSample of layerSamples) {
      const networks = sampleNetworks(run, { samples, layerSample, edges: kept, steps });
      const spectra = await multifractalSpectra(networks, { threshold });
      const own = degreeOfEmergence(spectra, { baseline });
      rows.push(...own.map((row) => ({ edges: kept, layerSample, ...row })));
    }
  }
  return rows;
}
