/** From tables of node fractal dimensions on disk to figures beside them. */

import { join } from "node:path";
import { nfdDistributionFigure } from "../../figures/nfd/nfd_distribution.ts";
import { nfdEvolutionFigure } from "../../figures/nfd/nfd_evolution.ts";
import type { Figure } from "../../figures/render/draw_figure.ts";
import { type FigureOptions, styleOf, withFigureStyle } from "../../figures/figure_style.ts";
import { keepFigure } from "../keep_figure.ts";
import type { SampleNumber } from "../../multifractal/spectra_tables.ts";
import { exists } from "../../files/list_files.ts";
import { FIGURE_OPTIONS } from "../../options/figure_options.ts";
import { pick, readOptions } from "../../options/read_options.ts";
import { stepsNamed } from "../../options/step_words.ts";
import { chooseSteps } from "../../checkpoints/choose_steps.ts";
import { spreadSteps } from "../spread_steps.ts";
import {
  comparisonFile,
  comparisonsFolder,
  evolutionFile,
  modelFolder,
  nameOf,
  NFD_TABLE_OPTIONS,
  nodesFile,
  readComparisonRecord,
  readRecord,
} from "./nfd_files.ts";
import { samplesOf } from "../analysis_options.ts";
import { nfdComparisonFigure } from "../../figures/nfd/nfd_comparison.ts";

/** What of a model is drawn. */
export interface DrawNfdOptions extends FigureOptions {
  /** Folder of the results, with the model's tables in `<out>/nfd/<model>/`. */
  readonly out: string;
  /** The number of the sample, or `full`; the first that there is unless given. */
  readonly sample?: SampleNumber;
  /**
   * The steps to draw the distribution of, as a list or in words such as `log:5`; unless given, up
   * to seven of those where a neuron has a dimension, the first and the last among them.
   */
  readonly steps?: readonly number[] | string;
}

/**
 * Draw a model's node fractal dimensions from its tables: `nfd_distribution_<model>_sample<k>` and
 * `nfd_evolution_<model>_sample<k>`, as SVG and PNG, in `<out>/nfd/<model>/figures/`.
 *
 * @returns The two figures; the distribution is `null` for a full network so large that its neurons
 * have no table, and where no neuron has a dimension at any step.
 * @throws {Error} If the tables are not there or lack a step.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { drawNfd } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * await measure("suite:nano-64", { samples: 1, steps: [0, 512], out });
 * const { distribution } = await drawNfd("nano-64", { out });
 * assert.match(distribution!.svg, /step 512/);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function drawNfd(
  model: string,
  options: DrawNfdOptions,
): Promise<{ distribution: Figure | null; evolution: Figure }> {
  const table = { ...pick(NFD_TABLE_OPTIONS, ["out", "sample", "steps"]), ...FIGURE_OPTIONS };
  const { out, steps: asked, ...read } = readOptions("drawNfd", table, options);
  const { checkpoints, options: made } = await readRecord(out, model);
  const { sample = samplesOf(made)[0]! } = read, { includeStructural } = made;
  const measured = checkpoints.map(({ step }) => step);
  const rows = await evolutionFile.read(out, { model, sample });
  // A largest dimension of 0 is no measured one, nor is one that is missing.
  const missing = asked === undefined
    ? []
    : stepsNamed(asked).filter((step) => !measured.includes(step));
  if (missing.length > 0) {
    const there = `steps in ${out}: ${measured.join(", ")}`;
    throw new Error(`step ${missing.join(", ")} of ${model} was not measured; ${there}`);
  }
  const steps = asked === undefined
    ? spreadSteps(rows.filter(({ max }) => max > 0).map(({ step }) => step))
    : chooseSteps({ model, source: out, steps: measured }, asked);
  const folder = join(modelFolder(out, model), "figures");
  const style = styleOf(read);
  const evolution = withFigureStyle(
    style,
    () => nfdEvolutionFigure(rows, { model, sample, includeStructural }),
  );
  await keepFigure(evolution, join(folder, `nfd_evolution_${model}_${nameOf(sample)}`), read);
  const file = (step: number) => ({ model, step, sample });
  const isDrawable = (asked !== undefined || steps.length > 0) &&
    (sample !== "full" || await exists(nodesFile.path(out, file(steps[0]!))));
  if (!isDrawable) return { distribution: null, evolution };
  const nodes = await Promise.all(
    steps.map(async (step) => ({ step, nodes: await nodesFile.read(out, file(step)) })),
  );
  const distribution = withFigureStyle(
    style,
    () => nfdDistributionFigure(nodes, { model, sample }),
  );
  await keepFigure(distribution, join(folder, `nfd_distribution_${model}_${nameOf(sample)}`), read);
  return { distribution, evolution };
}

/** Which comparison is drawn. */
export interface DrawNfdComparisonOptions extends FigureOptions {
  /** Folder of the results, with the comparisons in `<out>/nfd/comparisons/`. */
  readonly out: string;
  /** The training step; the last one compared unless given. */
  readonly step?: number;
  /** The number of the sample, or `full`; the first that there is unless given. */
  readonly sample?: SampleNumber;
}

/**
 * Draw what {@linkcode compareNfd} wrote for a step, as SVG and PNG, to
 * `<out>/nfd/comparisons/figures/nfd_comparison_step<N>_sample<k>`.
 *
 * @throws {Error} If the step was not compared, or the table is not there.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { drawNfdComparison } from "neuromfa/runs";
 *
 * await assert.rejects(drawNfdComparison({ out: "nowhere" }), /compare some models first/);
 * ```
 */
export async function drawNfdComparison(options: DrawNfdComparisonOptions): Promise<Figure> {
  const table = { ...pick(NFD_TABLE_OPTIONS, ["out", "step", "sample"]), ...FIGURE_OPTIONS };
  const { out, ...read } = readOptions("drawNfdComparison", table, options);
  const { steps, options: made } = await readComparisonRecord(out);
  const { sample = samplesOf(made)[0]!, step = steps.at(-1)! } = read;
  if (!steps.includes(step)) {
    throw new Error(`step ${step} was not compared; steps in ${out}: ${steps.join(", ")}`);
  }
  const rows = await comparisonFile.read(out, { step, sample });
  const { includeStructural } = made;
  const figure = withFigureStyle(
    styleOf(read),
    () => nfdComparisonFigure(rows, { step, sample, includeStructural }),
  );
  const name = `nfd_comparison_step${step}_${nameOf(sample)}`;
  await keepFigure(figure, join(comparisonsFolder(out), "figures", name), read);
  return figure;
}
