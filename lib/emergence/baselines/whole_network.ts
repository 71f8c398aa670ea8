/** Baselines of all matrices together. */
import type { Architecture } from "../../architectures/architecture.ts";
import type { BaselineRow } from "./baseline_row.ts";
import type { LengthHistogram } from "./length_entropy.ts";
import type { MeasuredMatrix } from "./measure_matrix.ts";

/**
 * The row of the network: sums where a baseline adds up over edges, means over matrices where it belongs to a matrix.
 *
 * @param step The training step.
 * @param architecture Layers that the matrices leave.
 * @param measured The matrices.
 * @param histogram An empty one, for all lengths together.
 */
export function wholeNetwork(
  step: number | null,
  { layers }: Architecture,
  measured: readonly MeasuredMatrix[],
  histogram: LengthHistogram,
): BaselineRow {
  const rows = measured.map(({ row }) => row);
  const sum = (value: (row: BaselineRow) => number) =>
    rows.reduce((total, row) => total + value(row), 0);
  for (const own of measured) histogram.addAll(own.histogram);
  const sources = new Set(measured.map(({ matrix }) => matrix.from));
  const neurons = [...sources].reduce((total, layer) => total + layers[layer]!.size, 0);
  const strength = measured.reduce((total, own) => total + own.strength, 0);
  const notes: string[] = [];
  const mean = (column: "stable_rank" | "hill_exponent" | "spectral_exponent") => {
    const values = rows.flatMap((row) => row[column] === null ? [] : [row[column]]);
    if (values.length < rows.length) {
      notes.push(`${column} of ${values.length} of ${rows.length} matrices`);
    }
    return values.length === 0
      ? null
      : values.reduce((total, value) => total + value, 0) / values.length;
  };
  /** The standard error of a mean of independent estimates. */
  const meanError = (column: "hill_stderr" | "spectral_stderr") => {
    const values = rows.flatMap((row) => row[column] === null ? [] : [row[column]]);
    return values.length === 0 ? null : Math.hypot(...values) / values.length;
  };
  const moved = rows.every(({ distance_from_step_0 }) => distance_from_step_0 !== null);
  if (!moved) notes.push("no distance: no untrained checkpoint was given");
  return {
    step,
    matrix: "network",
    role: "network",
    block: null,
    edges: sum(({ edges }) => edges),
    mean_weighted_degree: strength / neurons,
    frobenius_norm: Math.sqrt(sum((row) => row.frobenius_norm ** 2)),
    distance_from_step_0: moved ? Math.sqrt(sum((row) => row.distance_from_step_0! ** 2)) : null,
    stable_rank: mean("stable_rank"),
    hill_k: null,
    hill_exponent: mean("hill_exponent"),
    hill_stderr: meanError("hill_stderr"),
    length_entropy: histogram.entropy(),
    spectral_exponent: mean("spectral_exponent"),
    spectral_stderr: meanError("spectral_stderr"),
    spectral_xmin: null,
    spectral_distance: null,
    spectral_tail: null,
    status: notes.join("; ") || "ok",
  };
}
