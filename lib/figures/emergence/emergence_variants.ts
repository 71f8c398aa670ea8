/** The degree of emergence under several readings of the same checkpoints. */

import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import { emergenceMarks, extentOfE, rowsWithE } from "./emergence_marks.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { categoryColor, E_AXIS, frame, nameMargin, stepAxis, zeroLine } from "../style.ts";

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

/**
 * Draw E over training for each of some readings of the same checkpoints, with intervals.
 *
 * @throws {RangeError} If a reading has no E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { emergenceVariantsFigure } from "neuromfa/figures";
 *
 * const { rows } = await measure("suite:nano-64", { samples: 2, steps: [0, 512], threshold: 20 });
 * const figure = emergenceVariantsFigure("nano-64", [{ name: "threshold 20", rows }]);
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
  const ends = extentOfE(all);
  const {
    title = `${model}: degree of emergence under ${lines.length} readings of the same checkpoints`,
    caption = "Every line reads the same checkpoints and samples of neurons in another way.",
  } = words;
  return drawFigure({
    name: "emergence_variants",
    title,
    caption: `${caption} Bands: 95 % interval over samples.`,
    panels: [{
      ...frame({ height: 380, marginRight: nameMargin(lines.map(({ name }) => name), 170, 21) }),
      x: stepAxis(all.map(({ step }) => step)),
      y: E_AXIS,
      marks: [
        zeroLine(),
        ...lines.flatMap(({ drawn, color }) => emergenceMarks(drawn, color)),
        ...[...Map.groupBy(lines, ({ drawn }) => drawn.at(-1)!.step)]
          .flatMap(([step, own]) => endLabels(own, step, 0.055, ends)),
      ],
    }],
  });
}

/** Every reading with its rows that have an E, in a colour of its own. */
export function drawnVariants(model: string, variants: readonly EmergenceVariant[]) {
  return variants.map(({ name, rows }, i) => {
    const drawn = rowsWithE(rows, `${name} of ${model}`);
    return { name, drawn, color: categoryColor(i), end: drawn.at(-1)!.E };
  });
}
