/** E over training, beside what the weight distribution of each step alone gives. */

import * as Plot from "@observablehq/plot";
import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { ExpectedEmergenceRow } from "../../emergence/expected_emergence.ts";
import { drawFigure, type Figure } from "../render/draw_figure.ts";
import { ABOVE, extent, frame, MAIN_COLOR, panel, stepAxis } from "../style.ts";
import { emergencePanelMarks, extentOfE, rowsWithE } from "./emergence_marks.ts";

/** A model's E, as measured and as expected. */
export interface ExpectedModel {
  /** The model's name. */
  readonly model: string;
  /** Its table of E. */
  readonly rows: readonly EmergenceRow[];
  /** What the observed weights give in random places. */
  readonly observed: readonly ExpectedEmergenceRow[];
  /** What Gaussian weights of the same standard deviations give. */
  readonly gaussian: readonly ExpectedEmergenceRow[];
}

const [OBSERVED, GAUSSIAN] = ["#000000", "#D55E00"];

/**
 * Draw E of models over training, a panel each, with two expectations: of the same weights in random places, and of Gaussian weights
 * of the same standard deviations. What lies between E and the first is structure.
 *
 * @param models The models, at least one.
 * @param made How E was measured, for the caption.
 * @throws {RangeError} If there is no model, or one has no E.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, openRun } from "neuromfa";
 * import { expectedEmergenceFigure } from "neuromfa/figures";
 * import { expectedEmergence } from "neuromfa/statistics";
 *
 * const run = await openRun("suite:nano-32"), steps = [0, 512];
 * const { rows } = await measure(run, { samples: 2, steps });
 * const observed = await expectedEmergence(run, { steps });
 * const gaussian = await expectedEmergence(run, { steps, distribution: "gaussian" });
 * const figure = expectedEmergenceFigure([{ model: "nano-32", rows, observed, gaussian }]);
 * assert.match(figure.svg, /nano-32/);
 * ```
 */
export function expectedEmergenceFigure(models: readonly ExpectedModel[], made = ""): Figure {
  if (models.length === 0) throw new RangeError("there is no model to draw; give one at least");
  const drawn = models.map((one) => ({ ...one, rows: rowsWithE(one.rows, one.model) }));
  const expectations = drawn.flatMap(({ observed, gaussian }) => [...observed, ...gaussian]);
  const domain = extent([
    ...drawn.flatMap(({ rows }) => extentOfE(rows)),
    ...expectations.map(({ E }) => E),
  ]);
  const columns = Math.min(2, drawn.length);
  return drawFigure({
    name: "expected_emergence",
    title: "Degree of emergence beside what the weight distribution alone gives",
    caption:
      "Blue: E as measured, with its 95 % interval over samples. Black: E of the same weights in random places. Orange: of " +
      `Gaussian weights with the standard deviations of each step. Both are computed, not drawn. ${made}`,
    columns,
    panels: [
      ...drawn.map(({ model, rows, observed, gaussian }, i): Plot.PlotOptions => {
        const isLast = i >= drawn.length - columns;
        const axis = stepAxis(rows.map(({ step }) => step));
        const lines = [[gaussian, GAUSSIAN], [observed, OBSERVED]] as const;
        return {
          ...frame({ width: panel.width / columns, height: isLast ? 208 : 190, marginRight: 20 }),
          marginBottom: isLast ? panel.marginBottom : 26,
          x: {
            ...axis,
            ticks: columns === 1 ? axis.ticks : axis.ticks.filter((_, j) => j % 2 === 0),
            label: isLast ? "training step →" : null,
          },
          y: { label: "↑ E", grid: true, domain, nice: true },
          marks: [
            ...emergencePanelMarks(rows, MAIN_COLOR, 2),
            ...lines.map(([rows, stroke]) =>
              Plot.line(rows.filter(({ E }) => !Number.isNaN(E)), {
                ...{ x: "step", y: "E", stroke, strokeWidth: 1.6 },
                ...stroke === GAUSSIAN && { strokeDasharray: "5,3" },
              })
            ),
            Plot.text([model], { ...ABOVE, dy: -4, text: (text) => text }),
          ],
        };
      }),
      ...drawn.length % columns === 0 ? [] : [frame({ width: panel.width / columns, height: 208 })],
    ],
  });
}
