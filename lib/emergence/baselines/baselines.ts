/** What is known of weights without any multifractal analysis, so that E is never judged alone. */

import { announceUsualSteps, chooseSteps } from "../../checkpoints/choose_steps.ts";
import type { Architecture } from "../../architectures/architecture.ts";
import type { Checkpoint, CheckpointRun } from "../../checkpoints/checkpoint.ts";
import { readBoxOptions } from "../../networks/box_options.ts";
import { lengthBins } from "../../networks/full/length_bins.ts";
import { callback, type DefaultedOption, integer } from "../../options/option.ts";
import { OPTIONS, type SomeOptions } from "../../options/options.ts";
import { pick } from "../../options/read_options.ts";
import { NULL_CHECKPOINT_OPTIONS } from "../null_models/null_kind.ts";
import type { BaselineRow } from "./baseline_row.ts";
import { entropyOf, type MeasuredMatrix, measureMatrix } from "./measure_matrix.ts";
import { detectArchitecture } from "../../architectures/detect.ts";
import { columnName } from "../../files/column_name.ts";

/** How baselines are taken. */
export interface BaselinesOptions {
  /** The checkpoint of step 0, for the distance from it. */
  readonly untrained?: Checkpoint;
  /** Longest edge that has a bin of its own length in the histogram of lengths; default 150. */
  readonly threshold?: number;
  /** How many of a matrix's largest |w| are the tail; default 5 %. */
  readonly hillK?: number | undefined;
  /**
   * All eigenvalues are taken of matrices whose smaller side is no larger than this. They take time
   * as its cube and memory as its square: on one core about 2 s for 1024 by 4096, and 20 s and 17 MB
   * for 2048 by 8192; so some 3 min for a checkpoint of Pythia-410m and 15 for one of Pythia-1b. Of
   * larger matrices there is the largest eigenvalue alone, for the stable rank, and `status` says
   * what to give for the spectral exponent. With 1 it is taken of none. Default 1024.
   */
  readonly largestSide?: number;
}

const RUN_OPTIONS = {
  ...pick(OPTIONS, ["threshold", "steps"]),
  hillK: integer({ min: 1, max: 2 ** 31 - 1, help: "how many of the largest |w| are the tail" }),
  largestSide: integer({
    ...{ min: 1, max: 2 ** 16, default: 1024 },
    help: "largest smaller side of a matrix whose eigenvalues are all taken",
  }) as DefaultedOption<number>,
};

const BASELINE_RUN_OPTIONS = {
  ...RUN_OPTIONS,
  onWarning: callback<(warning: string) => void>("told that only some steps are taken"),
};

const BASELINES_OPTIONS = {
  ...pick(RUN_OPTIONS, ["threshold", "hillK", "largestSide"]),
  untrained: NULL_CHECKPOINT_OPTIONS.untrained,
};

/**
 * Baselines of each weight matrix of a checkpoint, and of all together, one matrix in memory at a time. Fused query, key and
 * value are one matrix here, as they are stored and as WeightWatcher takes them; a convolution's edges are the norms of its
 * kernels, and its eigenvalues are those of the matrix [out, in · kernel], where WeightWatcher takes each position of the kernel
 * by itself.
 *
 * @returns One row for each matrix in the architecture's order, then one for the network.
 * @throws {RangeError} If a weight is not finite, an option is out of range, or the untrained checkpoint has other shapes.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If a matrix cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { detectArchitecture } from "neuromfa/checkpoints";
 * import { baselines } from "neuromfa/statistics";
 *
 * const checkpoint = await (await openRun("suite:nano-64")).checkpoint(4096);
 * const rows = await baselines(checkpoint, detectArchitecture(checkpoint));
 * assert.equal(rows.length, 4 * 4 + 1);
 * assert.equal(rows.at(-1)!.matrix, "network");
 * assert.match(rows[0]!.status, /no distance/); // no untrained checkpoint was given
 * ```
 */
export async function baselines(
  checkpoint: Checkpoint,
  architecture: Architecture,
  options: BaselinesOptions = {},
): Promise<BaselineRow[]> {
  const read = readBoxOptions("baselines", BASELINES_OPTIONS, options);
  const { untrained, threshold, hillK, largestSide } = read;
  const lengths = lengthBins(1, threshold, 0);
  const measured: MeasuredMatrix[] = [];
  const own = { untrained, lengths, hillK, largestSide };
  for (const matrix of architecture.matrices) {
    measured.push(await measureMatrix(checkpoint, matrix, own));
  }
  return [...measured.map(({ row }) => row), wholeNetwork(checkpoint.step, architecture, measured)];
}

/** Which steps, and how baselines are taken. */
export interface BaselineRunOptions
  extends Omit<BaselinesOptions, "untrained">, SomeOptions<"steps"> {
  /**
   * Told, once for each run, that only its usual steps are taken, since none are asked for. Printed
   * as a warning unless given.
   */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/**
 * Baselines of the checkpoints of a run, steps ascending, with distances from step 0 where the run has it. Of a Pythia on the hub
 * only the steps with published scores are taken unless others are asked for, and a warning says so.
 *
 * @category Emergence
 * @returns For each step the rows that {@linkcode baselines} gives.
 * @throws {RangeError} If a weight is not finite, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 * @throws {Error} If a checkpoint cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { baselineRun, openRun } from "neuromfa";
 *
 * const rows = await baselineRun(await openRun("suite:nano-64"), { steps: [0, 4096] });
 * const [untrained, last] = rows.filter(({ matrix }) => matrix === "network");
 * assert.equal(untrained!.distanceFromStep0, 0);
 * assert.ok(last!.hillExponent! < untrained!.hillExponent!); // training makes the tail heavier
 * ```
 */
export async function baselineRun(
  run: CheckpointRun,
  options: BaselineRunOptions = {},
): Promise<BaselineRow[]> {
  const read = readBoxOptions("baselineRun", BASELINE_RUN_OPTIONS, options);
  const { steps: asked, onWarning, ...own } = read;
  announceUsualSteps(run, asked, onWarning);
  const untrained = run.steps.includes(0) ? await run.checkpoint(0) : undefined;
  const rows: BaselineRow[] = [];
  for (const step of chooseSteps(run, asked)) {
    const checkpoint = await run.checkpoint(step);
    const given = { ...own, ...untrained && { untrained } };
    rows.push(...await baselines(checkpoint, detectArchitecture(checkpoint), given));
  }
  return rows;
}

/** The columns that are means over matrices. */
type MeanColumn = "stableRank" | "hillExponent" | "spectralExponent";

/** Sums where a baseline adds up over edges, means over matrices where it belongs to a matrix. */
function wholeNetwork(
  step: number | null,
  { layers }: Architecture,
  measured: readonly MeasuredMatrix[],
): BaselineRow {
  const rows = measured.map(({ row }) => row);
  const sum = (value: (row: BaselineRow) => number) =>
    rows.reduce((total, row) => total + value(row), 0);
  const histogram = new Float64Array(measured[0]?.histogram.length ?? 0);
  for (const own of measured) own.histogram.forEach((count, bin) => histogram[bin]! += count);
  const sources = new Set(measured.map(({ matrix }) => matrix.from));
  const neurons = [...sources].reduce((total, layer) => total + layers[layer]!.size, 0);
  const strength = measured.reduce((total, own) => total + own.strength, 0);
  const notes: string[] = [];
  const found = (column: "hillStderr" | "spectralStderr" | MeanColumn) =>
    rows.map((row) => row[column]).filter((value) => value !== null);
  const mean = (column: MeanColumn) => {
    const values = found(column);
    if (values.length < rows.length) {
      notes.push(`${columnName(column)} of ${values.length} of ${rows.length} matrices`);
    }
    const total = values.reduce((total, value) => total + value, 0);
    return values.length === 0 ? null : total / values.length;
  };
  /** The standard error of a mean of independent estimates. */
  const meanError = (column: "hillStderr" | "spectralStderr") => {
    const values = found(column);
    return values.length === 0 ? null : Math.hypot(...values) / values.length;
  };
  const moved = rows.every(({ distanceFromStep0 }) => distanceFromStep0 !== null);
  if (!moved) notes.push("no distance: no untrained checkpoint was given");
  return {
    ...{ step, matrix: "network", role: "network", block: null },
    edges: sum(({ edges }) => edges),
    meanWeightedDegree: strength / neurons,
    frobeniusNorm: Math.sqrt(sum((row) => row.frobeniusNorm ** 2)),
    distanceFromStep0: moved ? Math.sqrt(sum((row) => row.distanceFromStep0! ** 2)) : null,
    stableRank: mean("stableRank"),
    hillK: null,
    hillExponent: mean("hillExponent"),
    hillStderr: meanError("hillStderr"),
    lengthEntropy: entropyOf(histogram),
    spectralExponent: mean("spectralExponent"),
    spectralStderr: meanError("spectralStderr"),
    ...{ spectralXmin: null, spectralDistance: null, spectralTail: null },
    status: notes.join("; ") || "ok",
  };
}
