/** The spectra of all samples of a run, step by step. */

import { callback, choice, type DefaultedOption } from "../options/option.ts";
import { readBoxOptions } from "../networks/box_options.ts";
import {
  checkDistance,
  growNetworkBoxes,
  NETWORK_BOX_OPTIONS,
  type NetworkBoxOptions,
} from "../networks/grow_network_boxes.ts";
import {
  drawnShare,
  keptByLayer,
  type LayerSelection,
  massRows,
  type MassTable,
} from "../networks/mass_table.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import {
  type MultifractalSpectrum,
  type MultifractalSpectrumOptions,
  type ReadSpectrumOptions,
  SPECTRUM_OPTIONS,
  spectrumOfMasses,
} from "./multifractal_spectrum.ts";
import type { NeuronLayer } from "../architectures/architecture.ts";
import type { NeuronInteractionNetwork } from "../networks/network.ts";

/** The spectrum of one sample with what it was averaged over. */
export interface SampleSpectrum {
  /** The number of the sample. */
  readonly sample: number;
  /** The spectrum, or the reason why there is none. */
  readonly spectrum: MultifractalSpectrum;
  /** Nodes kept and dropped in each layer. */
  readonly layers: readonly LayerSelection[];
}

/**
 * The spectra of one checkpoint.
 *
 * @category Networks and spectra
 */
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
 * @category Networks and spectra
 * @param networks Sampled networks, those of a step one after another, as {@linkcode sampleNetworks} gives them.
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
  const read = readBoxOptions("multifractalSpectra", SPECTRA_OPTIONS, options);
  const { nodes, onNetwork } = read;
  checkDistance(read);
  const collector = new SpectraCollector({ spectrum: read, nodes });
  let measured = 0;
  for await (const network of networks) {
    collector.add(network, growNetworkBoxes(network, read));
    onNetwork?.(++measured);
  }
  return collector.spectra();
}

/** The options of spectra, as declared. */
export const SPECTRA_OPTIONS = {
  ...NETWORK_BOX_OPTIONS,
  ...SPECTRUM_OPTIONS,
  nodes: choice(["kept", "common"], {
    default: "kept",
    help: "nodes averaged over: those with enough edges at that step, or at every step",
  }) as DefaultedOption<AveragedNodes>,
  onNetwork: callback<(measured: number) => void>("called with the number of networks measured"),
};

/** Which nodes with enough edges are averaged over: those of each step, or those that have enough at every step. */
export type AveragedNodes = "kept" | "common";

/** Some layers of a network, measured by themselves. */
export interface NetworkPart {
  readonly has: (layer: NeuronLayer) => boolean;
  /** Whether its fits are at all radii of the network, or at those that occur in the part. */
  readonly radii: "all" | "occurring";
}

/** What becomes of masses. */
export interface CollectedSpectra {
  readonly spectrum: ReadSpectrumOptions;
  readonly nodes: AveragedNodes;
  /** Which layers are measured; all of them unless given. */
  readonly part?: NetworkPart;
}

/** The masses of one sample, and whose they are, without the lengths. */
interface SampleMasses {
  readonly sample: number;
  readonly network: Pick<NeuronInteractionNetwork, "nodeIds" | "nodeLayers" | "layers">;
  readonly masses: MassTable;
}

/** A step that is being gathered. */
interface CollectedStep extends Pick<StepSpectra, "model" | "step" | "digest"> {
  readonly measured: SampleSpectrum[];
  readonly held: SampleMasses[];
}

/** Gathers the spectra of a run. Masses are held only where common nodes are asked for. */
export class SpectraCollector {
  readonly #options: CollectedSpectra;
  readonly #steps: CollectedStep[] = [];
  /** For each model and sample, the ids of the nodes that every step so far has kept. */
  readonly #kept = new Map<string, Set<number>>();

  constructor(options: CollectedSpectra) {
    this.#options = options;
  }

  /** Measure one network, given its masses; those of a step come one after another. */
  add({ model, step, sample, digest, network }: NetworkSample, grown: MassTable): void {
    const last = this.#steps.at(-1);
    if (last?.step !== step || last.model !== model) {
      this.#steps.push({ model, step, digest, measured: [], held: [] });
    }
    const { measured, held } = this.#steps.at(-1)!;
    const masses = this.#options.part ? { ...grown, ...this.#partOf(network) } : grown;
    if (this.#options.nodes !== "common") {
      measured.push(this.#measure({ sample, network, masses }));
      return;
    }
    const { nodeIds, nodeLayers, layers } = network;
    held.push({ sample, network: { nodeIds, nodeLayers, layers }, masses });
    const here = new Set(Array.from(masses.selected, (node) => nodeIds[node]!));
    const key = `${sample} of ${model}`;
    this.#kept.set(key, this.#kept.get(key)?.intersection(here) ?? here);
  }

  /** Everything gathered, one entry for each step. */
  spectra(): StepSpectra[] {
    return this.#steps.map(({ model, step, digest, measured, held }) => {
      const common = held.map(({ sample, network, masses }) => {
        const kept = this.#kept.get(`${sample} of ${model}`)!;
        const rows = massRows(masses, (node) => kept.has(network.nodeIds[node]!), "occurring");
        return this.#measure({ sample, network, masses: rows });
      });
      return { model, step, digest, samples: [...measured, ...common] };
    });
  }

  #measure({ sample, network, masses }: SampleMasses): SampleSpectrum {
    const { spectrum, part } = this.#options;
    const layers = keptByLayer(network, masses);
    const of = (own: MassTable) => spectrumOfMasses(own, spectrum, drawnShare(network));
    if (!part) return { sample, spectrum: of(masses), layers };
    const inside = layers.map(({ layer }) => part.has(layer));
    const rows = massRows(masses, (node) => inside[network.nodeLayers[node]!]!, part.radii);
    const own = layers.filter((_, i) => inside[i]);
    return { sample, spectrum: of(rows), layers: own };
  }

  /** How many nodes and edges the part has. */
  #partOf({ nodeLayers, layers, offsets }: NeuronInteractionNetwork) {
    const inside = layers.map((layer) => this.#options.part!.has(layer));
    let nodes = 0, edges = 0;
    nodeLayers.forEach((layer, node) => {
      if (!inside[layer]) return;
      nodes++;
      edges += offsets[node + 1]! - offsets[node]!;
    });
    return { nodes, edges };
  }
}
