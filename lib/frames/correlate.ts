/** Correlations as a Danfo frame. */

import { type Frame, fromFrame, toFrame } from "./frames.ts";
import {
  type CorrelatedScore,
  type CorrelationOptions,
  correlationTable,
} from "../correlations/correlation_table.ts";

/**
 * Correlate a quantity with every score over the steps of training; {@linkcode correlationTable} tells how, and has the
 * same rows without Danfo.
 *
 * @category Scores
 * @param quantities A Danfo frame, or rows, of one row a step with the column that is correlated, such as E.
 * @param scores A Danfo frame, or rows, with the columns `step`, `metric` and `value`.
 * @returns A Danfo frame with a row for each metric, variant and method, and the columns of {@linkcode CorrelationRow}.
 * @throws {RangeError} If the steps differ and that is refused, one comes twice, there is no row, or an option is out of
 * range.
 * @throws {TypeError} If a column or an option is unknown, or a cell is no number.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { correlate, toFrame } from "neuromfa/frames";
 *
 * const steps = [0, 1, 2, 4, 8, 16, 32];
 * const E = await toFrame(steps.map((step, i) => ({ step, E: i + (i % 2) })));
 * const scores = await toFrame(steps.map((step, i) => ({ step, metric: "copying", value: i })));
 * const table = await correlate(E, scores);
 * assert.deepEqual(table.column("n").values, [7, 7, 6, 6, 7, 7]);
 * ```
 */
export async function correlate(
  quantities: Frame | readonly { readonly step: number }[],
  scores: Frame | readonly CorrelatedScore[],
  options: CorrelationOptions = {},
): Promise<Frame> {
  return await toFrame(correlationTable(
    rowsOf(quantities, ["step"]),
    rowsOf(scores, ["step", "metric", "value"]),
    options,
  ));
}

/** The rows of a table; a frame's type does not tell its columns. */
function rowsOf<Row>(table: Frame | readonly Row[], columns: readonly string[]): readonly Row[] {
  if (Array.isArray(table)) return table;
  const frame = table as Frame;
  const missing = columns.find((column) => !frame.columns.includes(column));
  if (missing === undefined) return fromFrame(frame) as Row[];
  throw new TypeError(`the frame has no column "${missing}", only ${frame.columns.join(", ")}`);
}
