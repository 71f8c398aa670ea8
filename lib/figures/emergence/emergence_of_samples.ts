/** E between the samples of one checkpoint. */

import * as Plot from "@observablehq/plot";
import { type ComparedSample, emergenceOfSamples } from "../../emergence/emergence_of_samples.ts";
import { endLabels } from "../spread_labels.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { categoryColor, extent, frame, zeroLine } from "../style.ts";

/** The samples of one checkpoint. */
export interface ComparedSamples {
  /** Written at the end of its line, in a few words. */
  readonly name: string;
  /** The samples of one step, such as rows of `samples` of a measurement. */
  readonly samples?: readonly ComparedSample[];
  /** Where samples are not at hand, E of each against the first, such as published numbers; `null` where there is none. */
  readonly values?: readonly (number | null)[];
}

/** What a figure of E between samples says. */
export interface EmergenceOfSamplesOptions {
  /** Added to the caption. */
  readonly made?: string;
}

/** Width of a letter of a name in pixels, on the wide side. */
const LETTER = 8.5;

/**
 * Draw E of samples r1, r2, … of one checkpoint against r1, a line for each checkpoint, as the paper does for BERT-large (Xiao
 * et al., ICLR 2025).
 *
 * @throws {RangeError} If there is no checkpoint, or one has fewer than two samples with an E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { emergenceOfSamplesFigure } from "neuromfa/figures";
 *
 * const figure = emergenceOfSamplesFigure([{ name: "BERT", values: [0, 0.006, 0.001] }]);
 * assert.match(figure.svg, />r3</);
 * ```
 */
export function emergenceOfSamplesFigure(
  checkpoints: readonly ComparedSamples[],
  { made = "" }: EmergenceOfSamplesOptions = {},
): Figure {
  if (checkpoints.length === 0) {
    throw new RangeError("there is no checkpoint to draw; give one at least");
  }
  const lines = checkpoints.map(({ name, samples, values: known }, i) => {
    const values = samples ? emergenceOfSamples(samples).map(({ E }) => E) : known ?? [];
    const drawn = values.flatMap((E, place) => E === null ? [] : [{ sample: place + 1, E }]);
    if (drawn.length > 1) return { name, drawn, color: categoryColor(i), end: drawn.at(-1)!.E };
    throw new RangeError(
      `${name} has ${drawn.length} samples with an E to draw; two are needed at least`,
    );
  });
  const all = lines.flatMap(({ drawn }) => drawn);
  const last = Math.max(...all.map(({ sample }) => sample));
  const marginRight = 20 + LETTER * Math.max(...lines.map(({ name }) => name.length));
  return drawFigure({
    name: "emergence_of_samples",
    title: "E between samples of one checkpoint",
    caption:
      "E of each sample of neurons against the first, r1, of the same checkpoint: what E is where " +
      `nothing was trained in between. ${made}`,
    panels: [{
      ...frame({ height: 300, marginLeft: 64, marginRight }),
      x: {
        ...{ domain: [1, last], ticks: Array.from({ length: last }, (_, i) => i + 1) },
        ...{ tickFormat: (sample: number) => `r${sample}`, label: "sample →" },
        ...{ labelAnchor: "center", grid: true },
      },
      y: { label: "↑ E against r1", grid: true },
      marks: [
        zeroLine(),
        ...lines.flatMap(({ drawn, color }) => [
          Plot.line(drawn, { x: "sample", y: "E", stroke: color, strokeWidth: 2 }),
          Plot.dot(drawn, { x: "sample", y: "E", fill: color, r: 3.5 }),
        ]),
        ...[...Map.groupBy(lines, ({ drawn }) => drawn.at(-1)!.sample)].flatMap(([sample, own]) =>
          endLabels(own, sample, 0.075, extent(all.map(({ E }) => E)))
        ),
      ],
    }],
  });
}
