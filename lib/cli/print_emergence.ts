/** The table of E as text for a terminal. */
import type { EmergenceRow } from "../emergence/degree_of_emergence.ts";
import type { ExcessRow } from "../emergence/excess_emergence.ts";
import type { FullAnalysisOptions } from "../runs/full_analysis_options.ts";
import type { NullModelChoice } from "../runs/null_model_choice.ts";
import { hasExcess } from "../runs/tables.ts";

/**
 * Lines that show E over training: a title, a header, a line a step; the full network has no interval, and a run without a null
 * model no excess.
 */
export function emergenceLines(
  model: string,
  rows: readonly EmergenceRow[] | readonly ExcessRow[],
  { network, nullModel }: Partial<Pick<FullAnalysisOptions, "network" | "nullModel">> = {},
): string[] {
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => i === cells.length - 1 ? cell : cell.padStart(i === 0 ? 8 : 9)).join(
      " ",
    );
  const title = network === "full"
    ? `${model}: degree of emergence E of the full network`
    : `${model}: degree of emergence E with its 95 % interval`;
  const excess = hasExcess(rows) ? rows : null;
  return [
    nullModel ? `${title}, and its excess over ${describeNullModel(nullModel)}` : title,
    line([
      ...["step", "alpha_0", "width", "E", "low", "high", "samples"],
      ...excess ? ["E_null", "excess", "low", "high", "p"] : [],
      "status",
    ]),
    ...rows.map(({ step, alpha_0, width, E, E_low, E_high, samples_kept, status }, i) =>
      line([
        ...[`${step}`, ...[alpha_0, width, E, E_low, E_high].map(shown), `${samples_kept}`],
        ...excess ? excessCells(excess[i]!) : [],
        status,
      ])
    ),
  ];
}

function excessCells({ E_null, excess, excess_low, excess_high, p_value }: ExcessRow): string[] {
  return [E_null, excess, excess_low, excess_high, p_value].map(shown);
}

function describeNullModel({ kind, draws }: NullModelChoice): string {
  return `${draws} ${draws === 1 ? "draw" : "draws"} of the null model ${kind}`;
}

function shown(value: number): string {
  if (Number.isNaN(value)) return "–";
  return (Math.abs(value) < 0.00005 ? 0 : value).toFixed(4);
}
