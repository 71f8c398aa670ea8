/** The degree of emergence under several readings of the same checkpoints. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { emergenceMarks } from "./emergence_marks.ts";
import { endLabel, spreadLabels } from "../spread_labels.ts";
import { drawFigure } from "../render/draw_figure.ts";
import type { Figure } from "../render/figure.ts";
import { stepAxis } from "../step_axis.ts";
import { categoryColors, panel } from "../style.ts";

/** One reading: its name and its table of E. */
export interface EmergenceVariant {
  /** Written at the end of its line, in one or two words. */
  readonly name: string;
  /** Its table of E. */
  readonly rows: readonly EmergenceRow[];
}

/** What a figure says, where its lines are no readings of the same checkpoints. */
export interface EmergenceVariantsWords {
  /** In place of the title. */
  readonly title?: string;
  /** In place of the caption's first sentence. */
  readonly caption?: string;
}

/** Least distance of two labels, as a share of the height of the axis. */
const LABEL_GAP = 0.055;

/**
 * Draw E over training for each of some readings of the same checkpoints, with intervals.
 *
 * @param model The model's name, for the title.
 * @param variants The readings; each needs an E at one step at least.
 * @param words What it says in place of its own words.
 * @throws {RangeError} If a reading has no E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { emergenceVariantsFigure } from "neuromfa/figures";
 *
 * const row = (step: number, E: number) =>
 *   ({ step, alpha0: 1, width: 1, E, eLow: E - 0.01, eHigh: E + 0.01, samplesKept: 10, status: "ok" });
 * const figure = emergenceVariantsFigure("toy", [
 *   { name: "threshold 150", rows: [row(0, 0), row(64, 0.2)] },
 *   { name: "threshold 20", rows: [row(0, 0), row(64, 0.1)] },
 * ]);
 * assert.match(figure.svg, /threshold 20/);
 * ```
 */
export function emergenceVariantsFigure(
  model: string,
  variants: readonly EmergenceVariant[],
  words: EmergenceVariantsWords = {},
): Figure {
  const lines = drawnVariants(model, variants);
  const all = lines.flatMap(({ drawn }) => drawn);
  const values = all.flatMap(({ E, eLow, eHigh }) => [E, eLow, eHigh])
    .filter((value) => !Number.isNaN(value));
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const labels = [...Map.groupBy(lines, ({ drawn }) => drawn.at(-1)!.step)].flatMap(
    ([step, own]) => {
      const ends = own.map(({ drawn }) => drawn.at(-1)!.E);
      const places = spreadLabels(ends, LABEL_GAP * (highest - lowest), [lowest, highest]);
      return own.map(({ name, color }, i) => endLabel(name, step, places[i]!, color));
    },
  );
  return drawFigure({
    name: "emergence_variants",
    title: words.title ??
      `${model}: degree of emergence under ${lines.length} readings of the same checkpoints`,
    caption: `${
      words.caption ??
        "Every line reads the same checkpoints and samples of neurons in another way."
    } Bands: 95 % bootstrap interval over samples.`,
    panels: [{
      ...panel,
      height: 380,
      marginRight: 170,
      x: stepAxis(all.map(({ step }) => step)),
      y: { label: "↑ degree of emergence E", grid: true },
      marks: [
        Plot.ruleY([0], { stroke: "#999" }),
        ...lines.flatMap(({ drawn, color }) => emergenceMarks(drawn, color)),
        ...labels,
      ],
    }],
  });
}

/** A reading, the rows of it that have an E, and its colour. */
export interface DrawnVariant {
  readonly name: string;
  readonly drawn: readonly EmergenceRow[];
  readonly color: string;
}

/**
 * Every reading with its rows that have an E, in a colour of its own.
 *
 * @param model The model's name, for messages.
 * @throws {RangeError} If a reading has no E.
 */
export function drawnVariants(
  model: string,
  variants: readonly EmergenceVariant[],
): DrawnVariant[] {
  return variants.map(({ name, rows }, i) => {
    const drawn = rows.filter(({ E }) => !Number.isNaN(E));
    const color = categoryColors[i % categoryColors.length]!;
    if (drawn.length > 0) return { name, drawn, color };
    throw new RangeError(`${name} of ${model} has no step with an E to draw; see the statuses`);
  });
}
