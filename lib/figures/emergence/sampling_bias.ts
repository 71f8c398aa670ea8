/** What sampling does to alpha_0, width and E. */

import * as Plot from "@observablehq/plot";
import type { SamplingBiasRow } from "../../emergence/sampling_bias.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure, type Panel } from "../render/draw_figure.ts";
import { categoryColors, extent, frame, FULL_NETWORK_COLOR, stepWords } from "../style.ts";

/** What the samples kept, in the colours that they have as readings after the full network. */
const KINDS = [
  { edges: "sampled", name: "sampled edges", color: categoryColors[2]! },
  { edges: "all", name: "all edges", color: categoryColors[1]! },
] as const;

/**
 * Draw alpha_0, width and E of one step against the size of the samples, with the full network as a line across.
 *
 * @throws {RangeError} If the full network or every sample of that step has no E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { samplingBiasFigure } from "neuromfa/figures";
 * import { samplingBias } from "neuromfa/statistics";
 *
 * const run = await openRun("suite:nano-64");
 * const rows = await samplingBias(run, { layerSamples: [8, 16], samples: 2, steps: [0, 4096] });
 * assert.match(samplingBiasFigure("nano-64", rows, 4096).svg, /full network/);
 * ```
 */
export function samplingBiasFigure(
  model: string,
  rows: readonly SamplingBiasRow[],
  step: number,
): Figure {
  const drawn = rows.filter((row) => row.step === step && !Number.isNaN(row.E));
  const full = drawn.find(({ edges }) => edges === "full");
  const samples = drawn.filter(({ edges }) => edges !== "full");
  if (full === undefined || samples.length === 0) {
    const missing = full === undefined ? "the full network" : "any sample";
    throw new RangeError(`there is no E of ${missing} of ${model} at step ${step} to draw`);
  }
  const most = Math.max(...samples.map(({ samplesKept }) => samplesKept));
  return drawFigure({
    name: "sampling_bias",
    title: `${model} at step ${stepWords(step)}: what sampling does`,
    caption: `Means over ${most} samples of so many neurons a ` +
      "layer (twice as many inside the feed-forward layer); bars at E: 95 % interval over " +
      "samples. Line across: the full network, every neuron and every weight.",
    panels: [
      quantityPanel(full, samples, "alpha0", "↑ α₀ (regularity)"),
      quantityPanel(full, samples, "width", "↑ width (heterogeneity)"),
      quantityPanel(full, samples, "E", "↑ degree of emergence E"),
    ],
  });
}

function quantityPanel(
  full: SamplingBiasRow,
  samples: readonly SamplingBiasRow[],
  column: "alpha0" | "width" | "E",
  label: string,
): Panel {
  const isE = column === "E";
  const lines = KINDS.flatMap(({ edges, name, color }) => {
    const points = samples.filter((row) => row.edges === edges);
    return points.length === 0 ? [] : [{ name, points, color, end: points.at(-1)![column] }];
  });
  const ends = extent(
    [full, ...samples].flatMap((row) => isE ? [row.E, row.eLow, row.eHigh] : [row[column]]),
  );
  const sizes = [...new Set(samples.map(({ layerSample }) => layerSample!))];
  const across = { name: "full network", color: FULL_NETWORK_COLOR, end: full[column] };
  const labels = endLabels([across, ...lines], Math.max(...sizes), 0.13, ends);
  return {
    ...frame({ height: 200, marginRight: 130, inset: 6 }),
    x: {
      ...{ type: "log", labelAnchor: "center", ticks: sizes, tickFormat: String },
      label: isE ? "neurons sampled a layer (logarithmic) →" : null,
    },
    y: { label, grid: true },
    marks: [
      Plot.ruleY([full[column]], { stroke: FULL_NETWORK_COLOR, strokeDasharray: "5,3" }),
      labels[0]!,
      ...lines.flatMap(({ points, color }, i) => [
        ...isE
          ? [Plot.ruleX(points, { x: "layerSample", y1: "eLow", y2: "eHigh", stroke: color })]
          : [],
        Plot.line(points, { x: "layerSample", y: column, stroke: color, strokeWidth: 2 }),
        Plot.dot(points, { x: "layerSample", y: column, fill: color, r: 3 }),
        labels[i + 1]!,
      ]),
    ],
  };
}
