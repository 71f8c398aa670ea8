/** E over training under many values of one option. */

import type { SensitivityRow } from "../../emergence/sensitivity.ts";
import { ascending, divergingScale, short } from "../style.ts";
import { heatMapPanel, scaleKey, signChanges } from "../heat_map.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";

/** What a map of E shows. */
export interface SensitivityFigureOptions {
  /** The option that was varied; unless given the only one in the table, and `threshold` where there are several. */
  readonly option?: string;
  /** The model's name, for the title; left out unless given. */
  readonly model?: string;
}

const UNCERTAIN = "#757575";

/**
 * Draw E as a map, training steps across and the values of one option upwards, in the order of the rows, with a line where
 * its sign changes. Step 0, where E is 0 by definition, is left out.
 *
 * @param rows What {@linkcode sensitivity} gives, of one option or several.
 * @throws {RangeError} If there is no row of that option with an E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sensitivity } from "neuromfa";
 * import { sensitivityFigure } from "neuromfa/figures";
 *
 * const rows = await sensitivity(await openRun("suite:nano-64"), {
 *   vary: { threshold: [{ medians: 1 }, 150] },
 *   sampling: { samples: 2, steps: [0, 4096] },
 * });
 * assert.match(sensitivityFigure(rows).svg, /1 median/);
 * ```
 */
export function sensitivityFigure(
  rows: readonly SensitivityRow[],
  { option: wanted, model }: SensitivityFigureOptions = {},
): Figure {
  const varied = [...new Set(rows.map((row) => row.option))];
  const option = wanted ?? (varied.length === 1 ? varied[0]! : "threshold");
  const own = rows.filter((row) => row.option === option && row.step !== 0);
  if (own.every(({ E }) => Number.isNaN(E))) {
    const there = varied.join(", ") || "no option";
    throw new RangeError(
      `no E under values of "${option}" after step 0 to draw; the table has ${there}`,
    );
  }
  const steps = ascending(own.map(({ step }) => step));
  const values = [...new Set(own.map(({ value }) => value))];
  const scale = divergingScale(own.map(({ E }) => E));
  const cells = own.map(({ step, value, E, eLow, eHigh }) => ({
    ...{ column: steps.indexOf(step), row: values.indexOf(value), value: E },
    color: scale.color(E),
    text: Number.isNaN(E) ? "–" : short(E),
    textColor: eLow <= 0 && eHigh >= 0 ? UNCERTAIN : scale.textColor(E),
  }));
  const missing = own.filter(({ E }) => Number.isNaN(E)).length;
  const lengths = new Map(own.map(({ value, threshold }) => [value, threshold]));
  const name = (value: string) =>
    option === "threshold" && Number.isNaN(Number(value))
      ? `${value} = ${lengths.get(value)!.toFixed(1)}`
      : value;
  const inWords = WORDS[option] ?? option;
  return drawFigure({
    name: `sensitivity_${option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
    title: `${model === undefined ? "E" : `${model}: E`} over training, by ${inWords}`,
    caption: "Degree of emergence at every step; blue above 0, red below. Black lines: its sign " +
      "changes there, thin where both numbers print as 0. Grey numbers: the " +
      "95 % interval over samples holds 0. " +
      (missing === 0 ? "" : `Grey cells (${missing}): no E, see the status. `) +
      "Every row reads the same checkpoints in another way.",
    panels: [
      heatMapPanel({
        ...{ columns: steps, rows: values.map(name), label: `↑ ${inWords}`, rowHeight: 24 },
        ...{ cells, boundaries: signChanges(cells) },
      }),
      scaleKey("E", scale.colors, scale.bounds),
    ],
  });
}

/** Options as a reader would name them. */
const WORDS: Readonly<Record<string, string>> = {
  q: "orders q",
  layerSample: "neurons drawn from each layer",
  minimumEdges: "least number of edges",
  digits: "digits of rounding",
  radii: "radii of the fit",
  nodes: "nodes averaged over",
};
