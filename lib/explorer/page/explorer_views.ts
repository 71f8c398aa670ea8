/** The views of the explorer: which figure shows what. */

/// <reference lib="dom" />

import type { Cell } from "../../files/csv.ts";
import { emergenceAndScoresFigure } from "../../figures/emergence/emergence_and_scores.ts";
import { emergenceOverTrainingFigure } from "../../figures/emergence/emergence_over_training.ts";
import { excessFigure } from "../../figures/emergence/excess.ts";
import { boxGrowingFigure } from "../../figures/networks/box_growing.ts";
import { drawnBlock, networkGraphFigure } from "../../figures/networks/network_graph.ts";
import { neuronBoxesFigure } from "../../figures/networks/neuron_boxes.ts";
import { nfdByLayerFigure } from "../../figures/nfd/nfd_by_layer.ts";
import { massExponentFigure } from "../../figures/spectra/mass_exponent.ts";
import { partitionFunctionFigure } from "../../figures/spectra/partition_function.ts";
import { spectraFigure } from "../../figures/spectra/spectra.ts";
import { stepWords } from "../../figures/style.ts";
import type { LinkedLayers } from "../../networks/network.ts";
import { nfdStatistics } from "../../nfd/nfd_tables.ts";
import { spreadSteps } from "../../runs/spread_steps.ts";
import type { BenchmarkScore } from "../../scores/score_table.ts";
import type { NetworkDetail, NetworkPlace, Replies } from "../engine/explorer_work.ts";
import type { ExplorerResult } from "../engine/explorer_engine.ts";
import type { NumberRows } from "./number_table.ts";
import { thresholdMapFigure, type ThresholdRow } from "./threshold_map.ts";
import type { Shown } from "./view_card.ts";

/** Rows as a table takes them. */
export function tableRows(rows: readonly object[]): NumberRows {
  return rows.map((row) => ({ ...row } as Record<string, Cell>));
}

/** E over training, beside scores where there are any. */
export function emergenceView(
  { model, emergence, samples }: ExplorerResult,
  scores: readonly BenchmarkScore[],
): Shown {
  const rows = tableRows(emergence), caption = `E of ${model} at each step`;
  const known = emergence.filter(({ E }) => !Number.isNaN(E));
  if (known.length === 0) {
    throw new RangeError(`${model} has no step with an E: ${emergence[0]?.status ?? "no step"}`);
  }
  const figure = scores.length > 0
    ? emergenceAndScoresFigure(emergence, { model, scores })
    : emergenceOverTrainingFigure(model, emergence, samples);
  return { figures: [figure], rows, caption };
}

/** E against the null model. */
export function nullView({ model, excess, options }: ExplorerResult): Shown | null {
  if (excess === null || options.null === undefined) return null;
  return {
    figures: [excessFigure(excess, { model, kind: options.null })],
    rows: tableRows(excess),
    caption: `E of ${model} and of its null model`,
  };
}

/** The spectra of a few steps. */
export function spectraView({ model, spectra, samples }: ExplorerResult): Shown {
  return {
    figures: [spectraFigure(spectra, measuredSteps(spectra), { model })],
    rows: tableRows(samples),
    caption: `Regularity and width of each sample of ${model}`,
  };
}

/** The mass exponents of a few steps. */
export function exponentView({ model, spectra }: ExplorerResult): Shown {
  return {
    figures: [massExponentFigure(spectra, measuredSteps(spectra), { model })],
    rows: tableRows(spectra),
    caption: `τ(q), α and f(α) of each sample of ${model}`,
  };
}

function measuredSteps(spectra: ExplorerResult["spectra"]): number[] {
  const steps = [...new Set(spectra.map(({ step }) => step))];
  if (steps.length === 0) throw new RangeError("no sample has a spectrum; raise the threshold");
  return spreadSteps(steps);
}

/** Which network a view is of, in words. */
function ofNetwork(model: string, { step, sample }: NetworkPlace): string {
  return `${model} at step ${stepWords(step)}, sample ${sample}`;
}

/** The order of the grid that is nearest to the one asked for. */
export function nearestOrder(q: ArrayLike<number>, order: number): number {
  return Array.from(q).reduce((best, one) =>
    Math.abs(one - order) < Math.abs(best - order) ? one : best
  );
}

/** ln Z_q against ln r with its fit, for one order. */
export function partitionView(
  model: string,
  place: NetworkPlace,
  { partition, exponent }: NetworkDetail,
  order: number,
): Shown {
  if (partition === null || exponent === null) {
    throw new RangeError(
      "this network has too few neurons or radii for a fit; raise the threshold",
    );
  }
  const { q, radii, logRadii, logZ } = partition, chosen = nearestOrder(q, order);
  const row = q.indexOf(chosen) * radii.length;
  return {
    figures: [
      partitionFunctionFigure(partition, exponent, {
        orders: [chosen],
        of: ofNetwork(model, place),
      }),
    ],
    rows: Array.from(radii, (radius, j) => ({
      ...{ radius, logRadius: logRadii[j]!, [`logZ of q = ${chosen}`]: logZ[row + j]! },
    })),
    caption: `ln Z of ${ofNetwork(model, place)}`,
  };
}

/** A neuron that has enough edges to be measured. */
export interface MeasuredNeuron {
  readonly id: number;
  readonly layer: string;
  /** Its row among the masses. */
  readonly row: number;
}

/** The neurons that have enough edges. */
export function measuredNeurons({ masses, nodeIds, nodeLayers, layers }: NetworkDetail) {
  return Array.from(masses.selected, (position, row): MeasuredNeuron => ({
    id: nodeIds[position]!,
    layer: layers[nodeLayers[position]!]!,
    row,
  }));
}

/** A box that grows around one neuron. */
export function boxView(
  model: string,
  place: NetworkPlace,
  detail: NetworkDetail,
  neuron: MeasuredNeuron | undefined,
): Shown {
  if (neuron === undefined) {
    throw new RangeError("no neuron of this network has enough edges; raise the threshold");
  }
  const { masses, offsets, lengths } = detail, { radii, counts, selected } = masses;
  const position = selected[neuron.row]!, words = `neuron ${neuron.id}`;
  let mass = 1;
  const rows = Array.from(radii, (radius, j) => (
    { radius, mass: mass += counts[neuron.row * radii.length + j]! }
  ));
  const own = lengths.subarray(offsets[position]!, offsets[position + 1]!);
  const most = radii.at(-1)!;
  const shown = [0.25, 0.5, 1].map((share) => Math.max(1, Math.round(share * most)))
    .filter((radius, i, all) => radius > (all[i - 1] ?? 0));
  return {
    figures: [
      neuronBoxesFigure(own, { neuron: `${words} (${neuron.layer})`, radii: shown }),
      boxGrowingFigure(masses, { row: neuron.row, neuron: words, of: ofNetwork(model, place) }),
    ],
    rows,
    caption: `Mass of ${words} (${neuron.layer}) of ${ofNetwork(model, place)}`,
  };
}

/** Neurons of each draw that a graph has. */
export const GRAPH_NEURONS = 5;

/** A block as a graph. */
export function graphView(
  model: string,
  place: NetworkPlace,
  linked: LinkedLayers,
  block: number,
): Shown {
  const { edges } = drawnBlock(linked, block, GRAPH_NEURONS);
  return {
    figures: [
      networkGraphFigure(linked, {
        ...{ network: `${model} at step ${stepWords(place.step)}`, block },
        neurons: GRAPH_NEURONS,
      }),
    ],
    rows: edges.map(({ x1, y1, x2, y2, length }) => (
      { fromColumn: x1, fromPlace: y1, toColumn: x2, toPlace: y2, length }
    )),
    caption: `Lengths of the edges drawn of block ${block} of ${ofNetwork(model, place)}`,
  };
}

/** Node fractal dimensions by layer. */
export function nfdView(model: string, sample: number, steps: Replies["nfd"]): Shown {
  const rows = steps.flatMap(({ step, nodes }) =>
    [...Map.groupBy(nodes.filter(({ status }) => status !== "never"), ({ layer }) => layer)]
      .map(([layer, own]) => ({ step, layer, ...nfdStatistics(own) }))
  );
  return {
    figures: [nfdByLayerFigure(steps, { model, sample })],
    rows: tableRows(rows),
    caption: `Node fractal dimensions of ${model} by layer, sample ${sample}`,
  };
}

/** E at other thresholds. */
export function mapView(model: string, rows: readonly ThresholdRow[], threshold: number): Shown {
  return {
    figures: [thresholdMapFigure(rows, { model, threshold })],
    rows: tableRows(rows),
    caption: `E of ${model} by step and threshold`,
  };
}
