/** Spectra from masses as they come, gathered step by step. */
import type { NeuronLayer } from "../architectures/architecture.ts";
import { keptByLayer } from "../networks/kept_by_layer.ts";
import { massRows } from "../networks/mass_rows.ts";
import type { MassTable } from "../networks/mass_table.ts";
import type { NeuronInteractionNetwork } from "../networks/neuron_interaction_network.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import type { SampleSpectrum, StepSpectra } from "./multifractal_spectra.ts";
import { multifractalSpectrum, type MultifractalSpectrumOptions } from "./multifractal_spectrum.ts";

/** Which nodes with enough edges are averaged over: those of each step, or those that have enough at every step. */
export type AveragedNodes = "kept" | "common";

/** Some layers of a network, measured by themselves. */
export interface NetworkPart {
  /** Whether a layer belongs to it. */
  readonly has: (layer: NeuronLayer) => boolean;
  /** Whether its fits are at all radii of the network, or at those that occur in the part. */
  readonly radii: "all" | "occurring";
}

/** What becomes of masses. */
export interface CollectedSpectra {
  /** How spectra are taken. */
  readonly spectrum: MultifractalSpectrumOptions;
  /** Which nodes are averaged over; `"kept"` unless given. */
  readonly nodes?: AveragedNodes | undefined;
  /** Which layers are measured; all of them unless given. */
  readonly part?: NetworkPart;
}

/** Whose masses they are, without the lengths. */
type NetworkNodes = Pick<NeuronInteractionNetwork, "nodeIds" | "nodeLayers" | "layers">;

/** The masses of one sample. */
interface SampleMasses {
  readonly sample: number;
  readonly network: NetworkNodes;
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
  readonly #common: boolean;
  readonly #steps: CollectedStep[] = [];
  /** For each model and sample, the ids of the nodes that every step so far has kept. */
  readonly #kept = new Map<string, Set<number>>();

  /**
   * Begin with nothing gathered.
   *
   * @throws {RangeError} If `nodes` is none of its values.
   */
  constructor(options: CollectedSpectra) {
    const { nodes = "kept" } = options;
    if (nodes !== "kept" && nodes !== "common") {
      throw new RangeError(`nodes must be "kept" or "common", but it is "${nodes}".`);
    }
    this.#options = options;
    this.#common = nodes === "common";
  }

  /** Measure one network, given its masses; those of a step come one after another. */
  add({ model, step, sample, digest, network }: NetworkSample, grown: MassTable): void {
    const last = this.#steps.at(-1);
    if (last?.step !== step || last.model !== model) {
      this.#steps.push({ model, step, digest, measured: [], held: [] });
    }
    const { measured, held } = this.#steps.at(-1)!;
    const masses = this.#options.part ? { ...grown, ...this.#partOf(network) } : grown;
    if (!this.#common) {
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
      return { model, step, digest, samples: this.#common ? common : measured };
    });
  }

  #measure({ sample, network, masses }: SampleMasses): SampleSpectrum {
    const { spectrum, part } = this.#options;
    const layers = keptByLayer(network, masses);
    if (!part) return { sample, spectrum: multifractalSpectrum(masses, spectrum), layers };
    const inside = layers.map(({ layer }) => part.has(layer));
    const rows = massRows(masses, (node) => inside[network.nodeLayers[node]!]!, part.radii);
    return {
      sample,
      spectrum: multifractalSpectrum(rows, spectrum),
      layers: layers.filter((_, i) => inside[i]),
    };
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
