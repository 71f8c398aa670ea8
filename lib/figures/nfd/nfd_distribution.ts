/** How node fractal dimensions are distributed, step by step. */

import { type SampleNumber, sampleWords } from "../../multifractal/spectra_tables.ts";
import * as Plot from "@observablehq/plot";
// @ts-types="@types/d3-array"
import { median, rollup } from "d3-array";
import type { NfdRow } from "../../nfd/nfd_tables.ts";
import { BESIDE, categoryColor, colorKey, frame, panel, rangeWords, stepWords } from "../style.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";

/** Width of a bar, in units of the dimension. */
const BAR = 0.05;
/** Height of the histogram of a step, in pixels. */
const STEP_HEIGHT = 76;

/** The nodes of one step. */
export interface NfdStep {
  /** The training step. */
  readonly step: number;
  /** The table of the step's network. */
  readonly nodes: readonly NfdRow[];
}

/** Which network it is, for the title. */
export interface NfdFigureOptions {
  /** The model's name. */
  readonly model: string;
  /** The number of the sample. */
  readonly sample: SampleNumber;
}

/**
 * Draw a histogram of node fractal dimensions for each of some steps, stacked by what the neurons are. Nodes that can
 * never have a dimension are left out; those that have none at a step are counted beside it.
 *
 * @param steps The nodes of each step, in the order to draw.
 * @throws {RangeError} If there is no step, or a step without any node that has a dimension.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { nfdDistributionFigure } from "neuromfa/figures";
 *
 * const nodes = [0.8, 0.9, 1.2].map((nfdValue, nodeId) =>
 *   ({ nodeId, layer: "block 0 input", role: "input", nfdValue, edges: 32, status: "ok" }));
 * const figure = nfdDistributionFigure([{ step: 512, nodes }], { model: "toy", sample: 0 });
 * assert.match(figure.svg, /step 512/);
 * ```
 */
export function nfdDistributionFigure(
  steps: readonly NfdStep[],
  { model, sample }: NfdFigureOptions,
): Figure {
  if (steps.length === 0) throw new RangeError(`${model} has no step to draw; give at least one`);
  const rows = steps.map(({ step, nodes }) => {
    const own = nodes.filter(({ status }) => status === "ok");
    const never = nodes.filter(({ status }) => status === "never").length;
    const middle = median(own, ({ nfdValue }) => nfdValue);
    if (middle !== undefined) {
      return { step, nodes: own, middle, never, none: nodes.length - own.length - never };
    }
    throw new RangeError(`step ${step} of ${model} has no node with a fractal dimension to draw`);
  });
  const roles = [...new Set(rows.flatMap(({ nodes }) => nodes.map(({ role }) => role)))];
  const colors = roles.map((_, i) => categoryColor(i));
  const label = (text: (row: typeof rows[number]) => string, dy: number, fontWeight = "normal") =>
    Plot.text(rows, { fy: "step", text, ...BESIDE, frameAnchor: "top-right", dy, fontWeight });
  const without = rows.some(({ none }) => none > 0)
    ? ", and those without one at the step, counted at the right"
    : "";
  return drawFigure({
    name: "nfd_distribution",
    title: `${model}: what fractal dimensions its neurons have`,
    caption: `Neurons of ${sampleWords(sample)} in bars ${BAR} wide, stacked by what they are; ` +
      `dashed: their median. Left out: ${rangeWords(rows.map(({ never }) => never))} neurons at ` +
      "each step that can never have a dimension (fixed attention pattern, or too few edges at " +
      `any length)${without}.`,
    panels: [colorKey(roles, colors), {
      ...frame({ marginRight: 120 }),
      height: STEP_HEIGHT * steps.length + panel.marginTop + panel.marginBottom,
      x: { label: "node fractal dimension →", labelAnchor: "center", grid: true },
      y: { label: "↑ neurons", ticks: 3 },
      fy: { domain: steps.map(({ step }) => step), axis: null, padding: 0.15 },
      marks: [
        Plot.rectY(stackedBars(rows, roles), {
          ...{ x1: "from", x2: "to", y1: "below", y2: "above", fy: "step" },
          ...{ fill: ({ role }) => colors[role]!, insetLeft: 0.5, insetRight: 0.5 },
        }),
        Plot.ruleX(rows, { x: "middle", fy: "step", strokeDasharray: "4,3" }),
        Plot.ruleY([0]),
        label(({ step }) => `step ${stepWords(step)}`, 0, "bold"),
        label(({ middle }) => `median ${middle.toFixed(3)}`, 17),
        label(({ none }) => none === 0 ? "" : `${none} without`, 34),
      ],
    }],
  });
}

/** The bars of all steps over one set of edges; `role` is a place in the list of roles. */
function stackedBars(steps: readonly NfdStep[], roles: readonly string[]) {
  return steps.flatMap(({ step, nodes }) => {
    const tops = new Map<number, number>();
    return roles.flatMap((name, role) => {
      const own = nodes.filter((node) => node.role === name);
      const counts = rollup(own, (bar) => bar.length, ({ nfdValue }) => Math.floor(nfdValue / BAR));
      return Array.from(counts, ([place, count]) => {
        const below = tops.get(place) ?? 0, above = below + count;
        tops.set(place, above);
        return { step, role, from: place * BAR, to: (place + 1) * BAR, below, above };
      });
    });
  });
}
