/** The degree of emergence beside what the model can do. */

import type { BenchmarkScore } from "../../scores/score_table.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { metricKind } from "../../scores/metric_kind.ts";
import {
  barWords,
  directionWords,
  emergencePanelMarks,
  scoreMarks,
  scoresByMetric,
} from "./emergence_marks.ts";
import { endLabels } from "../spread_labels.ts";
import {
  drawFigure,
  type Figure,
  type ModelFigureOptions,
  type Panel,
} from "../render/draw_figure.ts";
import {
  categoryColors,
  colorKey,
  E_AXIS,
  EMERGENCE_COLOR,
  extent,
  frame,
  scoreColor,
  scoreDash,
  shortName,
  stepAxis,
  valueAxis,
} from "../style.ts";

/** What emergence is drawn beside. */
export interface EmergenceAndScoresOptions extends ModelFigureOptions {
  /**
   * Scores, each metric a line; one that leaves 0 to 1 or is better when lower, such as a loss,
   * gets a panel of its own.
   */
  readonly scores: readonly BenchmarkScore[];
  /** The first step drawn, from which the axis counts; 0 unless given. E is what its table says either way. */
  readonly since?: number;
}

/** Width of a bold letter, in pixels, on the wide side. */
const LETTER = 8.4;
/** Longest name that has room beside a plot; longer ones stand in a key below it. */
const LONGEST_BESIDE = 28;
/** Most letters of a name in a key and above a panel. */
const LONGEST_BELOW = 60;
/** Most lines in a panel: as many as there are colours, each with and without dashes. */
const MOST_LINES = 2 * (categoryColors.length - 1);

/**
 * Draw E over training with its interval, and below it, on the same axis of steps, every score with its standard error.
 *
 * @throws {RangeError} If among the steps drawn there is none with an E, or none with a score.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, modelScores, openRun } from "neuromfa";
 * import { emergenceAndScoresFigure } from "neuromfa/figures";
 *
 * const run = await openRun("suite:nano-64"), scores = await modelScores(run);
 * const { emergence } = await measure(run, { samples: 2, steps: [0, 512] });
 * assert.match(emergenceAndScoresFigure(emergence, { model: "nano-64", scores }).svg, /copying/);
 * ```
 */
export function emergenceAndScoresFigure(
  emergence: readonly EmergenceRow[],
  { scores: allScores, model, made = "", since = 0 }: EmergenceAndScoresOptions,
): Figure {
  const rows = counted(emergence.filter(({ E }) => !Number.isNaN(E)), since);
  const from = since === 0 ? "" : ` from step ${since} on`;
  if (rows.length === 0) {
    throw new RangeError(`${model} has no step with an E to draw${from}; see the statuses`);
  }
  const scores = counted(allScores, since);
  if (scores.length === 0) throw new RangeError(`${model} has no score to draw E beside${from}`);
  const groups = panelGroups(scores);
  const steps = [...rows, ...scores].map(({ step }) => step);
  const x = { ...stepAxis(steps, since), domain: [0, extent(steps)[1]] };
  const beside = groups.flatMap(({ lines, isBeside }) => isBeside ? lines : []);
  const longest = Math.max(...beside.map(({ name }) => name.length), 0);
  const shared = frame({ marginRight: Math.max(24, 16 + LETTER * longest) });
  const interval = rows.some(({ eLow }) => !Number.isNaN(eLow))
    ? " with its 95 % interval over samples"
    : "";
  return drawFigure({
    name: "emergence_and_scores",
    title: `${model}: degree of emergence beside what the model can do`,
    caption: `Above: E${interval}, 0 for the untrained model. Below: scores on held-out ` +
      `items, ${
        barWords(scores, "bars are ± one standard error")
      }. All share the axis of steps. ${made}`,
    panels: [
      {
        ...{ ...shared, height: 240, x: { ...x, label: null }, y: E_AXIS },
        marks: emergencePanelMarks(rows, EMERGENCE_COLOR),
      },
      ...groups.flatMap((group, i) => {
        const own = { ...x, ...i < groups.length - 1 && { label: null } };
        return scorePanels(group, { ...shared, x: own }, x.domain[1]!);
      }),
    ],
  });
}

/** A metric's line. */
type Line = ReturnType<typeof scoreLines>[number];

/** Metrics that share a panel. */
interface PanelGroup {
  readonly label: string;
  readonly lines: readonly Line[];
  /** Whether it is of numbers from 0 to 1, several of which share the panel. */
  readonly isShared: boolean;
  /** Whether names stand at the ends of lines. */
  readonly isBeside: boolean;
}

/** Every metric with the look of its line. */
function scoreLines(scores: readonly BenchmarkScore[]) {
  return scoresByMetric(scores).map((one, i) => ({ ...one, ...lineLook(one.metric, i) }))
    .map((one) => ({ ...one, end: one.scores.at(-1)!.value }));
}

function lineLook(metric: string, i: number) {
  const dash = scoreDash(i);
  return { name: dash === undefined ? metric : `${metric} (dashed)`, color: scoreColor(i), dash };
}

/**
 * The panels below E: shares of right answers, other numbers from 0 to 1, and each metric that has
 * an axis of its own.
 */
function panelGroups(scores: readonly BenchmarkScore[]): PanelGroup[] {
  const lines = scoreLines(scores);
  const placed = ({ metric, scores }: Line) => {
    const isUnit = scores.every(({ value }) => value >= 0 && value <= 1);
    const isLower = scores.some(({ higherIsBetter }) => higherIsBetter === false);
    if (!isUnit || isLower || metricKind(metric).higherIsBetter === false) return "own";
    return metricKind(metric).isShare ? "share" : "unit";
  };
  const units = lines.filter((line) => placed(line) === "unit").length;
  // A single one says more under its own name.
  const place = (line: Line) => placed(line) === "unit" && units === 1 ? "own" : placed(line);
  const shared = (kind: "share" | "unit", label: string) => {
    const own = lines.filter((line) => place(line) === kind);
    return Array.from({ length: Math.ceil(own.length / MOST_LINES) }, (_, page): PanelGroup => {
      const some = own.slice(page * MOST_LINES, (page + 1) * MOST_LINES);
      // Of more lines than there are looks, each panel takes them anew.
      const looked = lines.length <= MOST_LINES
        ? some
        : some.map((line, i) => ({ ...line, ...lineLook(line.metric, i) }));
      const isBeside = looked.every(({ name }) => name.length <= LONGEST_BESIDE);
      return { label, lines: looked, isShared: true, isBeside };
    });
  };
  return [
    ...shared("share", "share of right answers"),
    ...shared("unit", "score from 0 to 1"),
    ...lines.filter((line) => place(line) === "own").map((line) => ({
      label: shortName(line.metric, LONGEST_BELOW) + directionWords(line.scores),
      // Alone in its panel a line needs no dashes to be told from others.
      lines: [{ ...line, dash: undefined }],
      isShared: false,
      isBeside: false,
    })),
  ];
}

/**
 * A panel of scores, and the key of its lines where their names are too long to stand beside it.
 */
function scorePanels(
  { label, lines, isShared, isBeside }: PanelGroup,
  shared: Panel,
  last: number,
): Panel[] {
  const panel: Panel = {
    ...shared,
    height: isShared ? 300 : 200,
    y: {
      ...{ label: `↑ ${label}`, grid: true },
      ...isShared
        ? { domain: [0, 1] }
        : valueAxis(lines.flatMap(({ scores }) => scores.map(({ value }) => value))),
    },
    marks: [
      ...lines.flatMap(({ scores, color, dash }) =>
        scoreMarks(scores, color, { clip: true, dash })
      ),
      ...isBeside ? endLabels(lines, last, 0.075, [0, 1]) : [],
    ],
  };
  if (!isShared || isBeside) return [panel];
  const names = lines.map(({ name }) => shortName(name, LONGEST_BELOW));
  return [panel, colorKey(names, lines.map(({ color }) => color))];
}

/** The rows from a step on, their steps counted from it. */
function counted<Row extends { readonly step: number }>(rows: readonly Row[], since: number) {
  return rows.filter(({ step }) => step >= since)
    .map((row) => ({ ...row, step: row.step - since }));
}
