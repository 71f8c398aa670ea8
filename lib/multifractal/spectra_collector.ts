/** Spectra from masses as they come, gathered step by step. */
import { keptByLayer } from "../networks/kept_by_layer.ts";
import { massRows } from "../networks/mass_rows.ts";
import type { MassTable } from "../networks/mass_table.ts";
import type { NeuronInteractionNetwork } from "../networks/neuron_interaction_network.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import type { SampleSpectrum, StepSpectra } from "./multifractal_spectra.ts";
import { multifractalSpectrum, type MultifractalSpectrumOptions } from "./multifractal_spectrum.ts";

/** Which nodes with enough edges are averaged over: those of each step, or those that have enough at every step. */
export type AveragedNodes = "kept" | "common";

/** Which nodes a network has, without its lengths. */
type NetworkNodes = Pick<NeuronInteractionNetwork, "nodeIds" | "nodeLayers" | "layers">;

/** Masses that wait until all steps are known. */
interface HeldMasses {
  readonly sample: number;
  readonly nodes: NetworkNodes;
  readonly masses: MassTable;
}

/** A step that is being gathered. */
interface CollectedStep {
  readonly model: string;
  readonly step: number;
  readonly digest: string;
  readonly samples: SampleSpectrum[];
  readonly held: HeldMasses[];
}

/** Gathers the spectra of a run. Masses are held only where common nodes are asked for. */
export class SpectraCollector {
  readonly #options: MultifractalSpectrumOptions;
  readonly #common: boolean;
  readonly #steps: CollectedStep[] = [];
  /** For each model and sample, the ids of the nodes that every step so far has kept. */
  readonly #kept = new Map<string, Set<number>>();

  /**
   * Begin with nothing gathered.
   *
   * @throws {RangeError} If `nodes` is none of its values.
   */
  constructor(options: MultifractalSpectrumOptions, nodes: AveragedNodes = "kept") {
    if (nodes !== "kept" && nodes !== "common") {
      throw new RangeError(`nodes must be "kept" or "common", but it is "${nodes}".`);
    }
    this.#options = options;
    this.#common = nodes === "common";
  }

  /** Measure one network, given its masses; those of a step come one after another. */
  add({ model, step, sample, digest, network }: NetworkSample, masses: MassTable): void {
    const last = this.#steps.at(-1);
    if (last?.step !== step || last.model !== model) {
      this.#steps.push({ model, step, digest, samples: [], held: [] });
    }
    const { samples, held } = this.#steps.at(-1)!;
    if (!this.#common) {
      samples.push(this.#measure(sample, network, masses));
      return;
    }
    const { nodeIds, nodeLayers, layers } = network;
    held.push({ sample, nodes: { nodeIds, nodeLayers, layers }, masses });
    const here = new Set(Array.from(masses.selected, (node) => nodeIds[node]!));
    const key = `${sample} of ${model}`;
    this.#kept.set(key, this.#kept.get(key)?.intersection(here) ?? here);
  }

  /** Everything gathered, one entry for each step. */
  spectra(): StepSpectra[] {
    return this.#steps.map(({ model, step, digest, samples, held }) => ({
      model,
      step,
      digest,
      samples: this.#common
        ? held.map(({ sample, nodes, masses }) => {
          const kept = this.#kept.get(`${sample} of ${model}`)!;
          const rows = massRows(masses, (node) => kept.has(nodes.nodeIds[node]!), "occurring");
          return this.#measure(sample, nodes, rows);
        })
        : samples,
    }));
  }

  #measure(sample: number, nodes: NetworkNodes, masses: MassTable): SampleSpectrum {
    const spectrum = multifractalSpectrum(masses, this.#options);
    return { sample, spectrum, layers: keptByLayer(nodes, masses) };
  }
}
