import { formatCsv } from "../../files/csv.ts";
import type { Scores } from "./scores.ts";
import type { ScoreRow } from "./training_state.ts";

/** A row of `scores.csv`: step, held-out loss and every skill, each followed by its standard error. */
export function scoreRow(step: number, { heldOutLoss, skills }: Scores): ScoreRow {
  const row: Record<string, number> = { step };
  for (const [name, { value, stderr }] of [["held_out_loss", heldOutLoss] as const, ...skills]) {
    row[name] = value;
    row[`${name}_stderr`] = stderr;
  }
  return row;
}

/** Rows as `scores.csv`. */
export function scoreTable(rows: readonly ScoreRow[]): string {
  return formatCsv(Object.keys(rows[0] ?? {}), rows);
}
