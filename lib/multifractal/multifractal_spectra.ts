/** The spectra of all samples of a run, step by step. */
import {
  checkDistance,
  growNetworkBoxes,
  NETWORK_BOX_OPTIONS,
  type NetworkBoxOptions,
} from "../networks/grow_network_boxes.ts";
import type { LayerSelection } from "../networks/kept_by_layer.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import type { MultifractalSpectrum, MultifractalSpectrumOptions } from "./multifractal_spectrum.ts";
import { type AveragedNodes, SpectraCollector } from "./spectra_collector.ts";

/** The spectrum of one sample with what it was averaged over. */
export interface SampleSpectrum {
  /** The number of the sample. */
  readonly sample: number;
  /** The spectrum, or the reason why there is none. */
  readonly spectrum: MultifractalSpectrum;
  /** Nodes kept and dropped in each layer. */
  readonly layers: readonly LayerSelection[];
}

/** The spectra of one checkpoint. */
export interface StepSpectra {
  /** The model's name. */
  readonly model: string;
  /** The training step. */
  readonly step: number;
  /** SHA-256 of the checkpoint's weights. */
  readonly digest: string;
  /** One entry for each sample. */
  readonly samples: readonly SampleSpectrum[];
}

/** How networks become spectra. */
export interface MultifractalSpectraOptions extends NetworkBoxOptions, MultifractalSpectrumOptions {
  /**
   * Which nodes are averaged over: `"kept"` (default) are those with enough edges at that step, as published, so that the
   * population changes in training; `"common"` are those with enough at every step given. The latter holds the masses of
   * all networks, nodes × radii × 4 bytes each, until the last one has come.
   */
  readonly nodes?: AveragedNodes;
  /** Called after each network with the number of networks measured so far. */
  readonly onNetwork?: (measured: number) => void;
}

/**
 * Measure networks as they come, one in memory at a time: box growing, tau(q), f(alpha) (Xiao et al.,
 * ICLR 2025, arXiv 2402.09099).
 *
 * @param networks Sampled networks, those of a step one after another, as {@linkcode sampleNetworks} gives them.
 * @param options Threshold, orders, radii and nodes.
 * @returns One entry for each step, in the order met.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { multifractalSpectra, openRun, sampleNetworks } from "neuromfa";
 *
 * const run = await openRun("suite:nano-64");
 * const networks = sampleNetworks(run, { samples: 2, steps: [0, 512] });
 * const spectra = await multifractalSpectra(networks, { threshold: 150 });
 * assert.deepEqual(spectra.map(({ step, samples }) => [step, samples.length]), [[0, 2], [512, 2]]);
 * ```
 */
export async function multifractalSpectra(
  networks: AsyncIterable<NetworkSample> | Iterable<NetworkSample>,
  options: MultifractalSpectraOptions = {},
): Promise<StepSpectra[]> {
  const { onNetwork, nodes, ...measuring } = options;
  checkDistance(measuring);
  const [boxes, spectrumOptions] = splitOptions(measuring);
  const collector = new SpectraCollector({ spectrum: spectrumOptions, nodes });
  let measured = 0;
  for await (const network of networks) {
    collector.add(network, growNetworkBoxes(network, boxes));
    onNetwork?.(++measured);
  }
  return collector.spectra();
}

/** What decides masses, and the rest. */
export function splitOptions(
  options: NetworkBoxOptions & MultifractalSpectrumOptions,
): [NetworkBoxOptions, MultifractalSpectrumOptions] {
  const boxes: readonly string[] = NETWORK_BOX_OPTIONS;
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  const part = (wanted: boolean) =>
    Object.fromEntries(entries.filter(([name]) => boxes.includes(name) === wanted));
  return [part(true), part(false)];
}
