/** E and benchmarks at chosen steps, each on a spoke of its own. */

import * as Plot from "@observablehq/plot";
import type { BenchmarkScore } from "../../scores/score_table.ts";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { isLowerBetter } from "../../scores/metric_kind.ts";
import { barOf, barWords, scoresToDraw } from "./emergence_marks.ts";
import {
  drawFigure,
  type Figure,
  type ModelFigureOptions,
  type Panel,
} from "../render/draw_figure.ts";
import {
  extent,
  largeNumber,
  panel,
  shortName,
  STEP_KEY_MARGIN,
  stepColors,
  stepKey,
} from "../style.ts";
import { isNarrow } from "../figure_style.ts";

/** What a radar shows. */
export interface RadarOptions extends ModelFigureOptions {
  /**
   * Scores, each metric a spoke; that of one that falls as a model gets better, such as a loss, is
   * turned. At most 23.
   */
  readonly scores: readonly BenchmarkScore[];
  /** The steps to draw; each needs an E and every score. */
  readonly steps: readonly number[];
}

/** Most that the outermost ring measures from the centre, in pixels. */
const RADIUS = 165;
const HEIGHT = 440;
/** Room above the key of steps. */
const TOP = 8;
/** Width of a bold letter and room between a spoke and its label, in pixels, on the wide side. */
const LETTER = 8;
const SPACE = 18;
/**
 * Most spokes whose names have room beside them, and most letters of a line of a name; else a key
 * has the names.
 */
const [MOST_NAMED, LONGEST] = [10, 17];
/** Most spokes that can be told apart. */
const MOST_SPOKES = 24;
/** Height of a line of the key, and most letters of an entry. */
const [LINE, LONGEST_IN_KEY] = [15, 42];

/**
 * Draw E and scores at some steps on spokes, as the paper does (Xiao et al., ICLR 2025), each spoke from the smallest
 * to the largest value that it has over all steps with an E, not just those drawn, and the other
 * way round where less is better; both ends are written beside it.
 *
 * @throws {RangeError} If there is no step or no score to draw, more metrics than a radar has room
 * for, or a step has no E or lacks a score: the nearest one is never taken in its place.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, modelScores, openRun } from "neuromfa";
 * import { radarFigure } from "neuromfa/figures";
 *
 * const run = await openRun("suite:nano-64"), scores = await modelScores(run);
 * const { emergence } = await measure(run, { samples: 2, steps: [0, 512] });
 * const options = { model: "nano-64", scores, steps: [0, 512] };
 * assert.match(radarFigure(emergence, options).svg, /copying/);
 * assert.throws(() => radarFigure(emergence, { ...options, steps: [63] }), /step 63/);
 * ```
 */
export function radarFigure(
  emergence: readonly EmergenceRow[],
  { scores, steps, model, made = "" }: RadarOptions,
): Figure {
  const spokes = radarSpokes(model, emergence, scores, steps);
  const colors = stepColors(steps.length);
  const place = (spoke: number, radius: number): Place => {
    const angle = 2 * Math.PI * spoke / spokes.length;
    return { x: radius * Math.sin(angle), y: radius * Math.cos(angle) };
  };
  const loop = (radius: (spoke: RadarSpoke) => number, stroke: string, strokeWidth: number) =>
    Plot.line(spokes.map((spoke, i) => place(i, radius(spoke))), {
      ...{ x: "x", y: "y", curve: "linear-closed", stroke, strokeWidth },
    });
  const bar = (
    spoke: number,
    [low, high]: readonly number[],
    stroke: string,
    strokeWidth: number,
  ) =>
    Plot.line([place(spoke, low!), place(spoke, high!)], {
      ...{ x: "x", y: "y", stroke, strokeWidth, strokeOpacity: 0.8 },
    });
  if (spokes.length > MOST_SPOKES) {
    throw new RangeError(
      `a radar has room for ${MOST_SPOKES - 1} metrics, but ${model} has ${
        spokes.length - 1
      }; choose some`,
    );
  }
  const whole = spokes.map(({ name, range }) => [...name.split(/(?<=\/)/), range]);
  const isNumbered = isNarrow() || spokes.length > MOST_NAMED ||
    whole.flat().some(({ length }) => length > LONGEST);
  const labels = isNumbered ? spokes.map((_, i) => [`${i + 1}`]) : whole;
  const width = (panel.width - STEP_KEY_MARGIN) / 2;
  const longest = Math.max(...labels.flat().map(({ length }) => length));
  const scale = Math.min(RADIUS, width - SPACE - LETTER * longest);
  const [across, up] = [width / scale, (HEIGHT - TOP) / 2 / scale];
  return drawFigure({
    name: "radar",
    title: `${model}: degree of emergence and what the model can do, at ${steps.length} steps`,
    caption:
      "Each spoke has a scale of its own: the centre is its smallest and the outer ring its largest value over all " +
      `steps with an E, also those not drawn; both are written ${
        isNumbered ? "below" : "beside it"
      }. ` +
      "Rings are quarters of the way. Bars along spokes: " +
      `95 % interval of E, ${barsOfScores(scores)}. ` +
      (spokes.some(({ isTurned }) => isTurned)
        ? "Where less is better the centre is the largest value and the outer ring the smallest. "
        : "") +
      made,
    panels: [{
      ...{ width: panel.width, style: panel.style, height: HEIGHT, axis: null },
      ...{ marginLeft: 0, marginRight: STEP_KEY_MARGIN, marginTop: TOP, marginBottom: 0 },
      x: { domain: [-across, across] },
      y: { domain: [-up, up] },
      marks: [
        ...[0.25, 0.5, 0.75, 1].map((radius) => loop(() => radius, "#ccc", 1)),
        ...spokes.map((_, i) => bar(i, [0, 1], "#ccc", 1)),
        ...steps.flatMap((step, s) => [
          loop(({ readings }) => readings.get(step)!.radius, colors[s]!, 2),
          ...spokes.map(({ readings }, i) => {
            const { low, high } = readings.get(step)!;
            return bar(i, [low, high], colors[s]!, 4);
          }),
        ]),
        ...spokes.map(({ readings }, i) => {
          // Beyond the outermost ring, or a bar that goes further.
          const end = Math.max(1, ...[...readings.values()].map(({ high }) => high));
          return spokeLabel(labels[i]!.join("\n"), place(i, end));
        }),
        ...stepKey(steps, colors),
      ],
    }, ...isNumbered ? [spokeKey(spokes)] : []],
  });
}

function barsOfScores(scores: readonly BenchmarkScore[]): string {
  const isKnown = scores.some(({ stderr }) => stderr !== null);
  return isKnown
    ? barWords(scores, "± one standard error of scores")
    : `scores ${barWords(scores, "")}`;
}

/** What each number of a spoke stands for, in two columns. */
function spokeKey(spokes: readonly RadarSpoke[]): Panel {
  const rows = Math.ceil(spokes.length / 2);
  const entries = spokes.map(({ name, range }, i) => {
    const named = shortName(name, keyLetters() - range.length);
    return { text: `${i + 1} ${named}: ${range}`, column: Math.floor(i / rows), row: i % rows };
  });
  return {
    ...{ width: panel.width, style: panel.style, height: 12 + LINE * rows, axis: null },
    ...{ marginLeft: 12, marginRight: 0, marginTop: 4, marginBottom: 8 },
    x: { domain: [0, 2] },
    y: { domain: [rows - 0.5, -0.5] },
    marks: [Plot.text(entries, { x: "column", y: "row", text: "text", textAnchor: "start" })],
  };
}

/** A place on the radar, in radii of the outermost ring. */
type Place = Readonly<Record<"x" | "y", number>>;

/** A spoke's name and range beyond its end, away from the centre. */
function spokeLabel(text: string, { x, y }: Place): Plot.Markish {
  return Plot.text([text], {
    ...{ x, y, dx: 10 * x, dy: -8 * y, fontWeight: "bold" },
    textAnchor: x > 0.1 ? "start" : x < -0.1 ? "end" : "middle",
    lineAnchor: y > 0.6 ? "bottom" : y < -0.6 ? "top" : "middle",
  });
}

/** One quantity of a radar. */
type RadarSpoke = ReturnType<typeof spoke>;

/** A value with its interval. */
type Value = Readonly<Record<"value" | "low" | "high", number>>;

/** E and every metric as spokes, each scaled by its values at all steps that have an E. */
export function radarSpokes(
  model: string,
  emergence: readonly EmergenceRow[],
  scores: readonly BenchmarkScore[],
  steps: readonly number[],
): RadarSpoke[] {
  if (steps.length === 0) throw new RangeError(`no step of ${model} to draw; pass at least one`);
  const metrics = scoresToDraw(model, scores);
  const rows = emergence.filter(({ E }) => !Number.isNaN(E));
  const withE = new Set(rows.map(({ step }) => step));
  // An end of an interval that one sample doesn't give is the value itself.
  const orElse = (end: number, E: number) => Number.isNaN(end) ? E : end;
  const ofE = rows.map((
    { step, E, eLow, eHigh },
  ): [number, Value] => [step, { value: E, low: orElse(eLow, E), high: orElse(eHigh, E) }]);
  const ofMetrics = metrics.map(({ metric, scores }) => ({
    name: metric,
    isTurned: scores.some(isLowerBetter),
    values: scores.filter(({ step }) => withE.has(step))
      .map((score): [number, Value] => [score.step, { value: score.value, ...barOf(score) }]),
  }));
  const ofAll = [{ name: "E", isTurned: false, values: ofE }, ...ofMetrics];
  return ofAll.map(({ name, isTurned, values }) => {
    const byStep = new Map(values);
    for (const step of steps) {
      if (byStep.has(step)) continue;
      throw new RangeError(
        `step ${step} of ${model} has no ${name}; steps with one: ${[...byStep.keys()].join(", ")}`,
      );
    }
    return spoke(name, byStep, steps, isTurned);
  });
}

/**
 * A quantity by its values: what its ends stand for, and its readings, from 0 at the centre, which
 * is its least value or, turned, its largest, to 1 at the outermost ring.
 */
function spoke(
  name: string,
  values: ReadonlyMap<number, Value>,
  steps: readonly number[],
  isTurned: boolean,
) {
  const [least, most] = extent([...values.values()].map(({ value }) => value));
  const [centre, ring] = isTurned ? [most, least] : [least, most];
  // A bar that ran through the centre would come out on the other side, as another spoke's.
  const radius = (value: number) =>
    most > least ? Math.max(0, (value - centre) / (ring - centre)) : 0;
  const readings = new Map(steps.map((step) => {
    const { value, low, high } = values.get(step)!;
    const [inner, outer] = isTurned ? [high, low] : [low, high];
    return [step, { radius: radius(value), low: radius(inner), high: radius(outer) }];
  }));
  const range = most > least ? `${shown(centre)} to ${shown(ring)}` : `always ${shown(least)}`;
  return { name, range, readings, isTurned };
}

/** Two decimals, with a real minus; short where a number is large. */
function shown(value: number): string {
  return largeNumber(value) ?? value.toFixed(2).replace(/^-(?=0\.00$)/, "").replace("-", "−");
}

/** Letters of an entry of the key that have room in its column. */
function keyLetters(): number {
  return Math.floor(LONGEST_IN_KEY * (panel.width - 12) / 628);
}
