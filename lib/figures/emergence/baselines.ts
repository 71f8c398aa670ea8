/** Simple measures of the weights over training, beside the degree of emergence. */

import * as Plot from "@observablehq/plot";
import {
  type Baseline,
  type BaselineRow,
  BASELINES,
} from "../../emergence/baselines/baseline_row.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { emergenceMarks } from "./emergence_marks.ts";
import { drawFigure, type Panel } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { stepAxis } from "../step_axis.ts";
import { MAIN_COLOR, panel } from "../style.ts";

/** What baselines are drawn beside. */
export interface BaselinesFigureOptions {
  /** The model's name, for the title. */
  readonly model: string;
  /** The table of E. */
  readonly emergence: readonly EmergenceRow[];
  /** How the table of E was made, for the caption, as {@linkcode describeRecord} tells it. */
  readonly made?: string;
}

/** Sums over matrices are of another size than each matrix, so only they are drawn. */
const SUMS: readonly Baseline[] = ["frobeniusNorm", "distanceFromStep0"];

/**
 * Draw E and each baseline of the network over training, all on the same axis of steps; single matrices in grey where the
 * network's value is a mean.
 *
 * @param rows The table of baselines, as {@linkcode baselineRun} gives it.
 * @throws {RangeError} If there is no step with an E, or no baseline of a network.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { baselineRun, openRun } from "neuromfa";
 * import { baselinesFigure } from "neuromfa/figures";
 *
 * const rows = await baselineRun(await openRun("suite:nano-64"), { steps: [0, 512] });
 * const row = (step: number, E: number) =>
 *   ({ step, alpha0: 1, width: 1, E, eLow: E - 0.01, eHigh: E + 0.01, samplesKept: 10, status: "ok" });
 * const figure = baselinesFigure(rows, { model: "nano-64", emergence: [row(0, 0), row(512, 0.1)] });
 * assert.match(figure.svg, /stable rank/);
 * ```
 */
export function baselinesFigure(
  rows: readonly BaselineRow[],
  { model, emergence, made = "" }: BaselinesFigureOptions,
): Figure {
  const drawn = emergence.filter(({ E }) => !Number.isNaN(E));
  if (drawn.length === 0) {
    throw new RangeError(`${model} has no step with an E to draw; see the statuses`);
  }
  const network = rows.filter(({ matrix }) => matrix === "network");
  const matrices = rows.filter(({ matrix }) => matrix !== "network");
  const shown = (Object.keys(BASELINES) as Baseline[])
    .filter((baseline) => network.some((row) => row[baseline] !== null));
  if (shown.length === 0) {
    throw new RangeError(`${model} has no baseline of the network to draw; see the statuses`);
  }
  const steps = [...drawn, ...network].map(({ step }) => step ?? 0);
  const axis = stepAxis(steps);
  const shared = {
    ...panel,
    width: 330,
    height: 170,
    marginBottom: 26,
    marginRight: 24,
    x: {
      ...axis,
      domain: [0, Math.max(...steps)],
      ticks: axis.ticks.filter((_, i) => i === 0 || i % 2 === 1), // half the width has room for half of them
      label: null,
    },
  } satisfies Panel;
  const panels: Panel[] = [
    {
      ...shared,
      y: { label: "↑ degree of emergence E", grid: true, nice: true },
      marks: [
        Plot.ruleY([0], { stroke: "#999" }),
        ...emergenceMarks(drawn, MAIN_COLOR),
        Plot.dot(drawn, { x: "step", y: "E", fill: MAIN_COLOR, r: 2 }),
      ],
    },
    ...shown.map((baseline) => ({
      ...shared,
      y: { label: `↑ ${BASELINES[baseline]}`, grid: true, nice: true },
      marks: [
        ...SUMS.includes(baseline) ? [] : [
          Plot.line(measured(matrices, baseline), {
            x: "step",
            y: baseline,
            z: "matrix",
            stroke: "#888",
            strokeOpacity: 0.35,
          }),
        ],
        Plot.line(measured(network, baseline), {
          x: "step",
          y: baseline,
          stroke: "black",
          strokeWidth: 2,
        }),
        Plot.dot(measured(network, baseline), { x: "step", y: baseline, fill: "black", r: 2 }),
      ],
    })),
  ];
  const lowest = panels.length - 2;
  return drawFigure({
    name: "baselines",
    title: `${model}: simple measures of the weights beside the degree of emergence`,
    caption:
      "Blue: E with its 95 % bootstrap interval over samples. Black: the whole network; grey: single matrices, where the " +
      "network's value is a mean or counts their edges together. Small exponents are heavy tails. All share the axis of " +
      `training steps, spaced as ln(1 + step). ${made}`,
    columns: 2,
    panels: panels.map((one, i) =>
      i < lowest ? one : {
        ...one,
        height: 188,
        marginBottom: panel.marginBottom,
        x: { ...shared.x, label: "training step →" },
      }
    ),
  });
}

function measured(rows: readonly BaselineRow[], baseline: Baseline): BaselineRow[] {
  return rows.filter((row) => row.step !== null && row[baseline] !== null);
}
