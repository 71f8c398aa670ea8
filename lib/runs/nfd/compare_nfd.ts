/** Node fractal dimensions of several models side by side, from the tables of each. */

import type { SampleNumber } from "../../multifractal/spectra_tables.ts";
import type { NfdComparisonRow, NfdEvolutionRow } from "../../nfd/nfd_tables.ts";
import { chooseSteps } from "../../checkpoints/choose_steps.ts";
import { FileSet } from "../../files/file_set.ts";
import { stepParts, stepsNamed } from "../../options/step_words.ts";
import { pick, readOptions } from "../../options/read_options.ts";
import { firstDifference, samplesOf } from "../analysis_options.ts";
import type { NfdRecord } from "../stored_records.ts";
import {
  addComparisonRecord,
  comparisonFile,
  evolutionFile,
  NFD_TABLE_OPTIONS,
  readRecord,
} from "./nfd_files.ts";

/** What is compared and where it lies. */
export interface CompareNfdOptions {
  /** Folder of the results, with those of each model in `<out>/nfd/<model>/`. */
  readonly out: string;
  /**
   * The steps to compare, as a list or in words such as `published` or `log:5`, which mean steps
   * that every model has; unless given, all of these.
   */
  readonly steps?: readonly number[] | string;
}

/** The models at one step of one sample. */
export interface NfdComparison {
  /** The training step. */
  readonly step: number;
  /** The number of the sample, or `full`. */
  readonly sample: SampleNumber;
  /** A row for each model, by ascending size. */
  readonly rows: readonly NfdComparisonRow[];
}

/** A step that some models lack, and which. */
export interface StepLeftOut {
  /** The training step. */
  readonly step: number;
  /** Names of the models that lack it. */
  readonly missing: readonly string[];
}

/** All comparisons of some models. */
export interface NfdComparisons {
  /** One for each sample and step. */
  readonly comparisons: readonly NfdComparison[];
  /** Steps that are not compared because a model lacks them; no other step takes their place. */
  readonly leftOut: readonly StepLeftOut[];
}

/**
 * Compare models that {@linkcode measure} measured with the same options, and write
 * `<out>/nfd/comparisons/nfd_comparison_step<N>_sample<k>.csv` for each step that all of them have, and a `run.json`.
 *
 * @throws {Error} If a model was not measured, was measured with other options, or lacks a step asked for, or if no step is common to all.
 * @throws {RangeError} If fewer than two different models are named.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { compareNfd } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * await measure("suite:nano-64", { samples: 1, steps: [0, 512], out });
 * const compared = compareNfd(["nano-64", "nano-128"], { out });
 * await assert.rejects(compared, /nano-128 has no complete node fractal dimensions/);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function compareNfd(
  models: readonly string[],
  options: CompareNfdOptions,
): Promise<NfdComparisons> {
  const table = pick(NFD_TABLE_OPTIONS, ["out", "steps"]);
  const { out, steps: asked } = readOptions("compareNfd", table, options);
  if (models.length < 2 || new Set(models).size < models.length) {
    throw new RangeError(
      `a comparison takes two or more different models, not: ${models.join(", ")}`,
    );
  }
  const records = await Promise.all(models.map((model) => readRecord(out, model)));
  records.sort((a, b) => a.modelSize - b.modelSize || (a.model < b.model ? -1 : 1));
  requireSameOptions(records);
  const { steps, leftOut } = commonSteps(records, out, asked);
  const made = records[0]!.options, comparisons: NfdComparison[] = [];
  for (const sample of samplesOf(made)) {
    const evolutions = await Promise.all(
      records.map(({ model }) => evolutionFile.read(out, { model, sample })),
    );
    for (const step of steps) {
      const rows = records.map((record, i) => comparisonRow(record, evolutions[i]!, step));
      comparisons.push({ step, sample, rows });
    }
  }
  await using files = new FileSet();
  for (const { rows, ...place } of comparisons) {
    await files.add(comparisonFile.path(out, place), comparisonFile.format(rows));
  }
  const compared = records.map(({ options: _, ...record }) => record);
  await addComparisonRecord(files, out, { options: made, steps, leftOut, models: compared });
  await files.commit();
  return { comparisons, leftOut };
}

function requireSameOptions([first, ...others]: readonly NfdRecord[]): void {
  for (const { model, options } of others) {
    const difference = firstDifference(first!.options, options);
    if (difference === null) continue;
    const { name, values: [one, other] } = difference;
    throw new Error(
      `${first!.model} was measured with ${name} ${one} but ${model} with ${other}; ` +
        "calculate both with the same options",
    );
  }
}

/** The steps that all models have, or some of these, and those that are left out since a model lacks them. */
function commonSteps(
  records: readonly NfdRecord[],
  out: string,
  asked?: readonly number[] | string,
): { steps: number[]; leftOut: StepLeftOut[] } {
  const stepsOf = records.map(({ model, checkpoints }) => ({
    model,
    steps: checkpoints.map(({ step }) => step),
  }));
  const named = asked === undefined ? [] : stepsNamed(asked);
  const every = [...new Set([...stepsOf.flatMap(({ steps }) => steps), ...named])];
  const candidates = every.sort((a, b) => a - b).map((step) => ({
    step,
    missing: stepsOf.filter(({ steps }) => !steps.includes(step)).map(({ model }) => model),
  }));
  const lacked = candidates.filter(({ missing }) => missing.length > 0);
  const common = candidates.filter(({ missing }) => missing.length === 0).map(({ step }) => step);
  if (common.length === 0 || lacked.some(({ step }) => named.includes(step))) {
    const have = stepsOf.map(({ model, steps }) => `${model} has ${steps.join(", ")}`);
    const what = named.length > 0
      ? `not every model has the steps ${named.join(", ")}`
      : "the models have no step in common";
    throw new Error(`${what}: ${have.join("; ")}`);
  }
  if (asked === undefined) return { steps: common, leftOut: lacked };
  const all = { model: stepsOf.map(({ model }) => model).join(", "), source: out };
  const steps = chooseSteps({ ...all, steps: common }, asked);
  // A number of steps means as many of those that all have; a list or a range also means others.
  const meant = stepParts(asked).some(({ kind }) => kind === "log")
    ? steps
    : chooseSteps({ ...all, steps: every }, asked);
  return { steps, leftOut: lacked.filter(({ step }) => meant.includes(step)) };
}

function comparisonRow(
  { model, modelSize }: NfdRecord,
  evolution: readonly NfdEvolutionRow[],
  step: number,
): NfdComparisonRow {
  const row = evolution.find((row) => row.step === step);
  if (!row) {
    throw new Error(
      `the table of ${model} over training lacks step ${step}, which its run.json lists; calculate it anew`,
    );
  }
  const { step: _, ...statistics } = row;
  return { model, modelSize, ...statistics };
}
