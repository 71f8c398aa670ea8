import type { Scores } from "./evaluate.ts";
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

/** Rows as CSV with a header, numbers as shortest round-trip decimals. */
export function scoreTable(rows: readonly ScoreRow[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const lines = rows.map((row) => columns.map((column) => String(row[column])).join(","));
  return [columns.join(","), ...lines, ""].join("\n");
}
