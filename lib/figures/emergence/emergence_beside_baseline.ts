/** E beside one simple measure of the weights and what the model can do. */

import { shown } from "../../messages/shown.ts";
import * as Plot from "@observablehq/plot";
import type { BenchmarkScore } from "../../scores/score_table.ts";
import {
  type Baseline,
  type BaselineRow,
  BASELINES,
} from "../../emergence/baselines/baseline_row.ts";
import { drawnVariants, type EmergenceVariant } from "./emergence_variants.ts";
import {
  barWords,
  emergenceMarks,
  extentOfE,
  scoreMarks,
  scoresByMetric,
} from "./emergence_marks.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure, type Panel } from "../render/draw_figure.ts";
import {
  E_AXIS,
  frame,
  isEven,
  panel,
  shortName,
  stepAxis,
  valueAxis,
  zeroLine,
} from "../style.ts";

/** What E is drawn beside. */
export interface EmergenceBesideBaselineOptions {
  /** The model's name, for the title. */
  readonly model: string;
  /** The table of baselines, as {@linkcode baselineRun} gives it; step 0 is what the others are compared with. */
  readonly baselines: readonly BaselineRow[];
  /** The column that is drawn; `meanWeightedDegree` unless given. */
  readonly baseline?: Baseline;
  /** Scores of one metric, such as what {@linkcode meanScores} gives; their panel is left out unless given. */
  readonly scores?: readonly BenchmarkScore[];
}

/** Least distance of two labels, in pixels. */
const LABEL_GAP = 15;
const HEIGHT = 200;
/** Most letters of a metric above its panel. */
const LONGEST = 60;
/** Width of a bold letter, in pixels, on the wide side. */
const LETTER = 8.4;

/** Of what has a panel to itself, so that colours tell readings of E apart and nothing else. */
const INK = "#000";

/**
 * Draw E under some readings, the change of one baseline of the network since step 0, and a score, one above the other on
 * the same axis of steps.
 *
 * @throws {RangeError} If there is no reading, one has no E, the baseline is missing or 0 at step 0, or there are several
 * metrics.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { baselineRun, measure, openRun } from "neuromfa";
 * import { emergenceBesideBaselineFigure } from "neuromfa/figures";
 *
 * const run = await openRun("suite:nano-64"), baselines = await baselineRun(run, { steps: [0, 512] });
 * const { rows } = await measure(run, { samples: 2, steps: [0, 512] });
 * const variants = [{ name: "single edges", rows }];
 * const figure = emergenceBesideBaselineFigure(variants, { model: "nano-64", baselines });
 * assert.match(figure.svg, /change of mean weighted degree/);
 * ```
 */
export function emergenceBesideBaselineFigure(
  variants: readonly EmergenceVariant[],
  { model, baselines, baseline = "meanWeightedDegree", scores = [] }:
    EmergenceBesideBaselineOptions,
): Figure {
  if (variants.length === 0) throw new RangeError(`${model} has no reading of E to draw; give one`);
  const readings = drawnVariants(model, variants);
  const changes = changesOf(baselines, baseline, model);
  const metrics = scoresByMetric(scores);
  if (metrics.length > 1) {
    throw new RangeError(
      `the scores are of ${metrics.length} metrics, but one is drawn; choose one, or give meanScores(scores)`,
    );
  }
  const all = readings.flatMap(({ drawn }) => drawn);
  const steps = [...all, ...changes, ...scores].map(({ step }) => step);
  const axis = stepAxis(steps), last = Math.max(...steps);
  const marginRight = 16 + LETTER * Math.max(...readings.map(({ name }) => name.length));
  const gap = LABEL_GAP / (HEIGHT - panel.marginTop - panel.marginBottom);
  const labels = endLabels(readings, last, gap, extentOfE(all));
  const panels: Panel[] = [
    {
      y: E_AXIS,
      marks: [
        zeroLine(),
        ...readings.flatMap(({ drawn, color }, i) => [...emergenceMarks(drawn, color), labels[i]!]),
      ],
    },
    {
      y: { label: `↑ change of ${BASELINES[baseline]} (%)`, grid: true },
      marks: [
        zeroLine(),
        Plot.line(changes, { x: "step", y: "change", stroke: INK, strokeWidth: 2 }),
        Plot.dot(changes, { x: "step", y: "change", fill: INK, r: 2 }),
      ],
    },
    ...metrics.map(({ metric, scores }) => (
      {
        y: {
          ...{ label: `↑ ${shortName(metric, LONGEST)}`, grid: true },
          ...valueAxis(scores.map(({ value }) => value)),
        },
        marks: scoreMarks(scores, INK),
      }
    )),
  ];
  const [middle, below] = metrics.length > 0
    ? ["In the middle", `Below: the score, ${barWords(scores, "bars are ± one standard error")}. `]
    : ["Below", ""];
  return drawFigure({
    name: "emergence_beside_baseline",
    title: `${model}: degree of emergence beside the ${BASELINES[baseline]}`,
    caption: `Above: E with its 95 % interval over samples. ${middle}: how far the ` +
      `${BASELINES[baseline]} of the whole network is from its value at step 0. ${below}` +
      `All share the axis of training steps${isEven(steps) ? "" : ", spaced as ln(1 + step)"}.`,
    panels: panels.map((one, i) => ({
      ...frame({ height: HEIGHT, marginRight }),
      x: { ...axis, domain: [0, last], ...i < panels.length - 1 && { label: null } },
      ...one,
    })),
  });
}

/** How far a baseline of the network is from where it was at step 0, in per cent of it. */
function changesOf(rows: readonly BaselineRow[], baseline: Baseline, model: string) {
  if (!Object.hasOwn(BASELINES, baseline)) {
    const known = Object.keys(BASELINES).join(", ");
    throw new RangeError(`baseline must be one of ${known}, but it is ${shown(baseline)}`);
  }
  const values = rows.flatMap(({ matrix, step, [baseline]: value }) =>
    matrix === "network" && step !== null && value !== null ? [{ step, value }] : []
  ).sort((a, b) => a.step - b.step);
  const untrained = values.find(({ step }) => step === 0)?.value;
  if (!untrained) {
    const why = untrained === 0 ? "is 0" : "was not measured";
    throw new RangeError(
      `the ${BASELINES[baseline]} of ${model} ${why} at step 0, so there is nothing to compare ` +
        "later steps with",
    );
  }
  return values.map(({ step, value }) => ({ step, change: 100 * (value / untrained - 1) }));
}
