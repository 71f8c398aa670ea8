/** Simple measures of the weights over training, beside the degree of emergence. */

import * as Plot from "@observablehq/plot";
import {
  type Baseline,
  type BaselineRow,
  BASELINES,
} from "../../emergence/baselines/baseline_row.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { emergencePanelMarks, rowsWithE } from "./emergence_marks.ts";
import { drawFigure, type Figure, type ModelFigureOptions } from "../render/draw_figure.ts";
import { E_AXIS, frame, isEven, MAIN_COLOR, panel, stepAxis } from "../style.ts";
import { isNarrow } from "../figure_style.ts";

/** What baselines are drawn beside. */
export interface BaselinesFigureOptions extends ModelFigureOptions {
  /** The table of E. */
  readonly emergence: readonly EmergenceRow[];
}

/** How the lines of single matrices look. */
const faint = { z: "matrix", stroke: "#888", strokeOpacity: 0.35 } as const;

/** Sums over matrices are of another size than each matrix, so only they are drawn. */
const SUMS: readonly Baseline[] = ["frobeniusNorm", "distanceFromStep0"];

/**
 * Draw E and each baseline of the network over training, all on the same axis of steps; single matrices in grey where the
 * network's value is a mean.
 *
 * @throws {RangeError} If there is no step with an E, or no baseline of a network.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { baselineRun, measure, openRun } from "neuromfa";
 * import { baselinesFigure } from "neuromfa/figures";
 *
 * const run = await openRun("suite:nano-64"), rows = await baselineRun(run, { steps: [0, 512] });
 * const { emergence } = await measure(run, { samples: 2, steps: [0, 512] });
 * assert.match(baselinesFigure(rows, { model: "nano-64", emergence }).svg, /stable rank/);
 * ```
 */
export function baselinesFigure(
  rows: readonly BaselineRow[],
  { model, emergence, made = "" }: BaselinesFigureOptions,
): Figure {
  const drawn = rowsWithE(emergence, model);
  const network = rows.filter(({ matrix }) => matrix === "network");
  const matrices = rows.filter(({ matrix }) => matrix !== "network");
  const shown = (Object.keys(BASELINES) as Baseline[])
    .filter((baseline) => network.some((row) => row[baseline] !== null));
  if (shown.length === 0) {
    throw new RangeError(`${model} has no baseline of the network to draw; see the statuses`);
  }
  const steps = [...drawn, ...network].map(({ step }) => step ?? 0);
  const axis = stepAxis(steps);
  const ticks = isEven(steps) ? axis.ticks : axis.ticks.filter((_, i) => i === 0 || i % 2 === 1); // half the width has room for half of them
  const panels: Plot.PlotOptions[] = [
    { y: { ...E_AXIS, nice: true }, marks: emergencePanelMarks(drawn, MAIN_COLOR, 2) },
    ...shown.map((y) => {
      const [own, ofMatrices] = [network, matrices].map((some) =>
        some.filter((row) => row.step !== null && row[y] !== null)
      );
      return {
        y: { label: `↑ ${BASELINES[y]}`, grid: true, nice: true },
        marks: [
          ...SUMS.includes(y) ? [] : [Plot.line(ofMatrices!, { ...faint, x: "step", y })],
          Plot.line(own!, { x: "step", y, stroke: "black", strokeWidth: 2 }),
          Plot.dot(own!, { x: "step", y, fill: "black", r: 2 }),
        ],
      };
    }),
  ];
  return drawFigure({
    name: "baselines",
    title: `${model}: simple measures of the weights beside the degree of emergence`,
    caption:
      "Blue: E with its 95 % interval over samples. Black: the whole network; grey: single matrices, where the " +
      "network's value is a mean or counts their edges together. Small exponents are heavy tails. All share the axis of " +
      `training steps${isEven(steps) ? "" : ", spaced as ln(1 + step)"}. ${made}`,
    columns: 2,
    panels: panels.map((one, i) => {
      const isLast = i >= panels.length - 2;
      const label = isLast ? "training step →" : null;
      return {
        ...frame({
          width: isNarrow() ? panel.width / 2 : 330,
          height: isLast ? 188 : 170,
          marginRight: 24,
        }),
        marginBottom: isLast ? panel.marginBottom : 26,
        x: { ...axis, domain: [0, Math.max(...steps)], ticks, label },
        ...one,
      };
    }),
  });
}
