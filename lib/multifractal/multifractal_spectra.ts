/** The spectra of all samples of a run, step by step. */
import { type BoxGrowingOptions, growBoxes } from "../networks/grow_boxes.ts";
import { growPathBoxes } from "../networks/grow_path_boxes.ts";
import { keptByLayer, type LayerSelection } from "../networks/kept_by_layer.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import {
  type MultifractalSpectrum,
  multifractalSpectrum,
  type MultifractalSpectrumOptions,
} from "./multifractal_spectrum.ts";

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
export interface MultifractalSpectraOptions extends BoxGrowingOptions, MultifractalSpectrumOptions {
  /** Whether a mass counts a node's out-edges (default), or the nodes that shortest paths lead to. */
  readonly distance?: "edge" | "path";
  /** How many layers ahead paths may lead; default 2. */
  readonly layers?: number;
  /** Called after each network with the number of networks measured so far. */
  readonly onNetwork?: (measured: number) => void;
}

/**
 * Measure networks as they come, one in memory at a time: box growing, tau(q), f(alpha) (Xiao et al.,
 * ICLR 2025, arXiv 2402.09099).
 *
 * @param networks Sampled networks, those of a step one after another, as {@linkcode sampleNetworks} gives them.
 * @param options Threshold and orders.
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
  const {
    onNetwork,
    threshold,
    minimumEdges,
    digits,
    distance = "edge",
    layers,
    ...spectrumOptions
  } = options;
  if (distance !== "edge" && distance !== "path") {
    throw new RangeError(`distance must be "edge" or "path", but it is "${distance}".`);
  }
  if (distance === "edge" && layers !== undefined) {
    throw new RangeError(
      `layers is ${layers}, but only distance "path" looks more than one layer ahead.`,
    );
  }
  const boxes = withoutUndefined({ threshold, minimumEdges, digits });
  const steps: { model: string; step: number; digest: string; samples: SampleSpectrum[] }[] = [];
  let measured = 0;
  for await (const { model, step, sample, digest, linked, network } of networks) {
    const masses = distance === "edge"
      ? growBoxes(network, boxes)
      : growPathBoxes(linked, { ...boxes, ...layers !== undefined && { layers } });
    const spectrum = multifractalSpectrum(masses, spectrumOptions);
    const last = steps.at(-1);
    if (last?.step !== step || last.model !== model) {
      steps.push({ model, step, digest, samples: [] });
    }
    steps.at(-1)!.samples.push({ sample, spectrum, layers: keptByLayer(network, masses) });
    onNetwork?.(++measured);
  }
  return steps;
}

function withoutUndefined(options: Record<string, number | undefined>): BoxGrowingOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
