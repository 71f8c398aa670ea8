/** The table of E as text for a terminal. */
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";

/** Lines that show E over training: a title, a header, a line a step; the full network has no interval. */
export function emergenceLines(
  model: string,
  rows: readonly EmergenceRow[],
  isFull = false,
): string[] {
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => i === cells.length - 1 ? cell : cell.padStart(i === 0 ? 8 : 9)).join(
      " ",
    );
  return [
    isFull
      ? `${model}: degree of emergence E of the full network`
      : `${model}: degree of emergence E with its 95 % interval`,
    line(["step", "alpha_0", "width", "E", "low", "high", "samples", "status"]),
    ...rows.map(({ step, alpha_0, width, E, E_low, E_high, samples_kept, status }) =>
      line([`${step}`, ...[alpha_0, width, E, E_low, E_high].map(shown), `${samples_kept}`, status])
    ),
  ];
}

function shown(value: number): string {
  if (Number.isNaN(value)) return "–";
  return (Math.abs(value) < 0.00005 ? 0 : value).toFixed(4);
}
