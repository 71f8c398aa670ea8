/** How far single samples lie from each other and from what they estimate. */

import * as Plot from "@observablehq/plot";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { ABOVE, frame, FULL_NETWORK_COLOR, MAIN_COLOR, panel, rangeWords } from "../style.ts";

/** Height of a row in pixels. */
const ROW = 30;

/** A quantity taken of single samples drawn in several ways. */
export interface SampledQuantity {
  /** Written below its axis, e.g. `α₀ (regularity)`. */
  readonly name: string;
  /** Its value in the full network, drawn as a line; left out where it is not known. */
  readonly full?: number;
  /** For each way of sampling its name, and the value in each sample, NaN where it has none. */
  readonly groups: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** What a figure of spread is about. */
export interface SampleSpreadOptions {
  /** The model and step, for the title. */
  readonly network: string;
}

/**
 * Draw quantities of single samples as dots, a row for each way of sampling and a panel for each quantity, with the mean and
 * one standard deviation of the samples to each side.
 *
 * @param quantities The quantities, at least one, each with the same ways of sampling.
 * @throws {RangeError} If there is nothing to draw.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { sampleSpreadFigure } from "neuromfa/figures";
 *
 * const groups = [{ name: "8 neurons", values: [0.7, 0.8] }, { name: "32 neurons", values: [0.74, 0.75] }];
 * const figure = sampleSpreadFigure([{ name: "α₀", full: 0.76, groups }], { network: "nano-64 at step 0" });
 * assert.match(figure.svg, /32 neurons/);
 * ```
 */
export function sampleSpreadFigure(
  quantities: readonly SampledQuantity[],
  { network }: SampleSpreadOptions,
): Figure {
  const [first] = quantities;
  if (!first || quantities.some(({ groups }) => groups.some(({ values }) => values.length === 0))) {
    throw new RangeError(
      "there are no samples to draw; give each way of sampling one value or more",
    );
  }
  const values = quantities.flatMap(({ groups }) => groups.flatMap((group) => group.values));
  const missing = values.filter((value) => !Number.isFinite(value)).length;
  if (missing === values.length) {
    throw new RangeError("no sample has a value to draw; see the statuses of the spectra");
  }
  const names = first.groups.map(({ name }) => name);
  const left = 16 + 7.2 * Math.max(...names.map(({ length }) => length));
  const sizes = rangeWords(first.groups.map(({ values }) => values.length));
  const named = quantities.findIndex(({ full }) => full !== undefined); // one line is named for all
  const width = (panel.width - left) / quantities.length;
  const lacking = `${missing} of ${values.length} values are missing: no spectrum there.`;
  return drawFigure({
    name: "sample_spread",
    title: `${network}: how much single samples differ`,
    caption: `A grey dot is one sample of neurons (${sizes} a row); bold: their mean, with one ` +
      "standard deviation of the samples to each side." +
      `${named >= 0 ? " Dashed: the full network." : ""}${missing > 0 ? ` ${lacking}` : ""}`,
    columns: quantities.length,
    panels: quantities.map(({ name, full, groups }, i) => {
      const measured = groups.map(({ name, values }) => (
        { group: name, values: values.filter(Number.isFinite) }
      ));
      const dots = measured.flatMap(({ group, values }) =>
        values.map((value) => ({ group, value }))
      );
      const means = measured.filter(({ values }) => values.length > 0)
        .map(({ group, values }) => ({ group, ...meanAndDeviation(values) }));
      return {
        ...frame({ width: width + (i === 0 ? left : 0), height: ROW * names.length + 72 }),
        ...{ marginLeft: i === 0 ? left : 10, marginRight: 14, marginTop: 20 },
        x: { label: `${name} →`, labelAnchor: "center", grid: true, nice: true, ticks: 3 },
        y: { domain: names, label: null, tickSize: 0, ...i > 0 && { axis: null } },
        marks: [
          ...full === undefined
            ? []
            : [Plot.ruleX([full], { stroke: FULL_NETWORK_COLOR, strokeDasharray: "5,3" })],
          Plot.text(i === named ? [full!] : [], {
            ...{ x: (value) => value, text: () => "full network", ...ABOVE },
            ...{ textAnchor: "end", dx: 14, dy: -3 },
          }),
          Plot.dot(dots, {
            ...{ x: "value", y: "group", dy: 6, r: 2.2, fill: "#888", fillOpacity: 0.7 },
          }),
          Plot.ruleY(means, {
            ...{ y: "group", x1: ({ mean, std }) => mean - std, x2: ({ mean, std }) => mean + std },
            ...{ stroke: MAIN_COLOR, strokeWidth: 2.5, dy: -4 },
          }),
          Plot.dot(means, {
            ...{ x: "mean", y: "group", dy: -4, r: 4.5, fill: MAIN_COLOR, stroke: "white" },
          }),
        ],
      };
    }),
  });
}

/** Mean and standard deviation with n − 1, which is 0 for a single value. */
function meanAndDeviation(values: readonly number[]): { mean: number; std: number } {
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, std: Math.sqrt(squares / Math.max(1, values.length - 1)) };
}
