/** A sampled network that is measured again and again, each time at another threshold. */

import type { BoxOptions } from "../../networks/box_options.ts";
import { growBoxes } from "../../networks/grow_boxes.ts";
import { drawnShare, keptByLayer, type MassTable } from "../../networks/mass_table.ts";
import type { NetworkSample } from "../../networks/sample_networks.ts";
import { INTEGERS_ONLY } from "../../numpy/round_half_even.ts";
import {
  type ReadSpectrumOptions,
  spectrumOfMasses,
} from "../../multifractal/multifractal_spectrum.ts";
import type { SampleSpectrum } from "../../multifractal/multifractal_spectra.ts";

/** The largest threshold at which masses are kept; beyond it edges are counted again. */
export const MOST_KEPT = 300;

/** Where counts are that are summed and not kept: fresh memory takes longer to get than to fill. */
let used = new Uint32Array();

function reused(length: number): Uint32Array<ArrayBuffer> {
  if (used.length < length) used = new Uint32Array(length);
  return used.subarray(0, length);
}

/** A network with the masses of its nodes at all radii. */
export class KeptNetwork {
  /** Edges of each node by rounded length from 1, row-major [nodes × MOST_KEPT + 1]. */
  readonly #counts: Uint32Array;
  /** Those of them that were rounded down, so that they are longer than what they count as. */
  readonly #above: Uint16Array | Uint32Array;
  /** All edges of each node up to each rounded length. */
  readonly #sums: Uint16Array | Uint32Array;
  readonly #share: number;

  /** @param sample The network; only what is needed of it is kept. */
  constructor(readonly sample: Pick<NetworkSample, "step" | "sample" | "digest" | "network">) {
    const { nodeIds: { length: nodes }, offsets, lengths } = sample.network;
    const most = nodes === 0
      ? 0
      : Math.max(...offsets.subarray(1).map((end, i) => end - offsets[i]!));
    const Counts = most < 2 ** 16 ? Uint16Array : Uint32Array, width = MOST_KEPT + 1;
    this.#counts = new Uint32Array(nodes * width);
    this.#above = new Counts(nodes * width);
    for (let i = 0; i < nodes; i++) {
      for (let k = offsets[i]!; k < offsets[i + 1]!; k++) {
        const length = lengths[k]!;
        if (!(length > 1 && length < MOST_KEPT + 0.5)) continue;
        const key = length + INTEGERS_ONLY - INTEGERS_ONLY;
        if (key > MOST_KEPT) continue;
        this.#counts[i * width + key]!++;
        if (length > key) this.#above[i * width + key]!++;
      }
    }
    this.#sums = Counts.from(this.#counts);
    for (let i = 0; i < nodes; i++) {
      for (let k = i * width + 1; k < (i + 1) * width; k++) this.#sums[k]! += this.#sums[k - 1]!;
    }
    this.#share = drawnShare(sample.network);
  }

  /**
   * The masses as {@linkcode growBoxes} gives them, the same to the last bit.
   *
   * @param memory Gives the counts their place, which need not be empty.
   */
  grow(boxes: BoxOptions, memory = (length: number) => new Uint32Array(length)): MassTable {
    const { threshold, minimumEdges, digits } = boxes, { network } = this.sample;
    if (digits !== 0 || !Number.isInteger(threshold) || threshold > MOST_KEPT) {
      return growBoxes(network, boxes);
    }
    const { nodeIds: { length: nodes }, lengths } = network, width = MOST_KEPT + 1;
    const own = this.#counts, above = this.#above;
    const selected: number[] = [];
    for (let i = 0, row = 0; i < nodes; i++, row += width) {
      if (this.#sums[row + threshold]! - above[row + threshold]! > minimumEdges) selected.push(i);
    }
    // Nearly every radius occurs in the first few nodes.
    let missing = Array.from({ length: threshold }, (_, i) => i + 1);
    for (const i of selected) {
      if (missing.length === 0) break;
      const row = i * width;
      missing = missing.filter((key) =>
        own[row + key]! === (key === threshold ? above[row + key]! : 0)
      );
    }
    const lacks = new Set(missing);
    const keys = selected.length === 0
      ? []
      : Array.from({ length: threshold }, (_, i) => i + 1).filter((key) => !lacks.has(key));
    const radii = Float64Array.from(keys);
    const counts = memory(selected.length * radii.length);
    const runs = neighbouring(keys);
    let place = 0;
    for (const i of selected) {
      const row = i * width;
      for (const { first, length } of runs) {
        counts.set(own.subarray(row + first, row + first + length), place);
        place += length;
      }
      if (keys.at(-1) === threshold) counts[place - 1]! -= above[row + threshold]!;
    }
    return { radii, counts, selected: Uint32Array.from(selected), nodes, edges: lengths.length };
  }

  /** Its spectrum. */
  measure(boxes: BoxOptions, spectrum: ReadSpectrumOptions): SampleSpectrum {
    const { sample, network } = this.sample, masses = this.grow(boxes, reused);
    return {
      sample,
      spectrum: spectrumOfMasses(masses, spectrum, this.#share),
      layers: keptByLayer(network, masses),
    };
  }
}

/** Ascending numbers as runs of neighbours. */
function neighbouring(numbers: readonly number[]): { readonly first: number; length: number }[] {
  const runs: { readonly first: number; length: number }[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last !== undefined && number === last.first + last.length) last.length++;
    else runs.push({ first: number, length: 1 });
  }
  return runs;
}
