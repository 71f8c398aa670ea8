/** What a watcher prints: a line for each step. */

import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../emergence/excess_emergence.ts";
import { printable } from "../messages/shown.ts";
import type { BenchmarkScore } from "../scores/score_table.ts";

/** A step in a line: what was measured of it, then its scores, and its status where that is not ok. */
export function watchLine(
  row: EmergenceRow | ExcessRow,
  scores: readonly BenchmarkScore[],
): string {
  const { step, alpha0, width, E, eLow, eHigh, status } = row;
  const parts = [
    `alpha_0 ${shown(alpha0)}`,
    `width ${shown(width)}`,
    `E ${shown(E)}${interval(eLow, eHigh)}`,
  ];
  if ("excess" in row) {
    const { excess, excessLow, excessHigh, pValue } = row;
    parts.push(`excess ${shown(excess)}${interval(excessLow, excessHigh)} p ${shown(pValue)}`);
  }
  for (const { metric, value } of scores.filter((score) => score.step === step)) {
    parts.push(`${printable(metric)} ${shown(value)}`);
  }
  return `step ${step}: ${parts.join(", ")}${status === "ok" ? "" : ` (${status})`}`;
}

/** The rows that say something else than what was last said of their steps, which is noted. */
export function changedRows<Row extends EmergenceRow | ExcessRow>(
  rows: readonly Row[],
  said: Map<number, string>,
): Row[] {
  return rows.filter((row) => {
    const text = JSON.stringify(row), isNew = said.get(row.step) !== text;
    said.set(row.step, text);
    return isNew;
  });
}

function interval(low: number, high: number): string {
  return Number.isNaN(low) ? "" : ` [${shown(low)}, ${shown(high)}]`;
}

function shown(value: number): string {
  if (Number.isNaN(value)) return "–";
  return (Math.abs(value) < 0.00005 ? 0 : value).toFixed(4);
}
