/** Baselines of all matrices together. */

import type { Architecture } from "../../architectures/architecture.ts";
import { columnName } from "../../files/column_name.ts";
import type { BaselineRow } from "./baseline_row.ts";
import type { LengthHistogram } from "./length_entropy.ts";
import type { MeasuredMatrix } from "./measure_matrix.ts";

/**
 * The row of the network: sums where a baseline adds up over edges, means over matrices where it
 * belongs to a matrix.
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
  const mean = (column: "stableRank" | "hillExponent" | "spectralExponent") => {
    const values = rows.flatMap((row) => row[column] === null ? [] : [row[column]]);
    if (values.length < rows.length) {
      notes.push(`${columnName(column)} of ${values.length} of ${rows.length} matrices`);
    }
    return values.length === 0
      ? null
      : values.reduce((total, value) => total + value, 0) / values.length;
  };
  /** The standard error of a mean of independent estimates. */
  const meanError = (column: "hillStderr" | "spectralStderr") => {
    const values = rows.flatMap((row) => row[column] === null ? [] : [row[column]]);
    return values.length === 0 ? null : Math.hypot(...values) / values.length;
  };
  const moved = rows.every(({ distanceFromStep0 }) => distanceFromStep0 !== null);
  if (!moved) notes.push("no distance: no untrained checkpoint was given");
  return {
    step,
    matrix: "network",
    role: "network",
    block: null,
    edges: sum(({ edges }) => edges),
    meanWeightedDegree: strength / neurons,
    frobeniusNorm: Math.sqrt(sum((row) => row.frobeniusNorm ** 2)),
    distanceFromStep0: moved ? Math.sqrt(sum((row) => row.distanceFromStep0! ** 2)) : null,
    stableRank: mean("stableRank"),
    hillK: null,
    hillExponent: mean("hillExponent"),
    hillStderr: meanError("hillStderr"),
    lengthEntropy: histogram.entropy(),
    spectralExponent: mean("spectralExponent"),
    spectralStderr: meanError("spectralStderr"),
    spectralXmin: null,
    spectralDistance: null,
    spectralTail: null,
    status: notes.join("; ") || "ok",
  };
}
