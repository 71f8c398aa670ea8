/** From tables of node fractal dimensions on disk to figures beside them. */
import { join } from "node:path";
import { nodeFractalDimensionDistributionFigure } from "../figures/node_fractal_dimension_distribution.ts";
import { nodeFractalDimensionEvolutionFigure } from "../figures/node_fractal_dimension_evolution.ts";
import type { Figure } from "../figures/render/figure.ts";
import { saveFigure } from "../figures/render/save_figure.ts";
import type { SampleNumber } from "../multifractal/sample_number.ts";
import { exists } from "../files/exists.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import { evolutionFile, modelFolder, nameOf, nodesFile } from "./node_fractal_dimension_files.ts";
import { samplesOf } from "./node_fractal_dimension_options.ts";
import { readRecord } from "./node_fractal_dimension_record.ts";
import { spreadSteps } from "./spread_steps.ts";

/** What of a model is drawn. */
export interface DrawNodeFractalDimensionOptions {
  /** Folder of the results, with the model's tables in `<out>/nfd/<model>/`. */
  readonly out: string;
  /** The number of the sample, or `full`; the first that there is unless given. */
  readonly sample?: SampleNumber;
  /** The steps to draw the distribution of; unless given, up to seven of those where a neuron has a dimension, the first and the last among them. */
  readonly steps?: readonly number[];
}

/**
 * Draw a model's node fractal dimensions from its tables: `nfd_distribution_<model>_sample<k>` and
 * `nfd_evolution_<model>_sample<k>`, as SVG and PNG, in `<out>/nfd/<model>/figures/`.
 *
 * @param model The model's name, as in the names of its tables.
 * @returns The two figures; the distribution is `null` for a full network so large that its neurons
 * have no table, and where no neuron has a dimension at any step.
 * @throws {Error} If the tables are not there or lack a step.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, analyzeNodeFractalDimension, drawNodeFractalDimension } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const options = analysisOptions({ samples: 1 });
 * const place = { out, store: `${out}/networks`, steps: [0, 512] };
 * await analyzeNodeFractalDimension("suite:nano-64", { options, ...place });
 * const { distribution } = await drawNodeFractalDimension("nano-64", { out });
 * assert.match(distribution!.svg, /step 512/);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function drawNodeFractalDimension(
  model: string,
  options: DrawNodeFractalDimensionOptions,
): Promise<{ distribution: Figure | null; evolution: Figure }> {
  refuseUnknownOptions("drawNodeFractalDimension", options, ["out", "sample", "steps"]);
  const { out } = options;
  const { checkpoints, options: made } = await readRecord(out, model);
  const { includeStructural } = made;
  const { sample = samplesOf(made)[0]! } = options;
  const measured = checkpoints.map(({ step }) => step);
  const rows = await evolutionFile.read(out, { model, sample });
  // A largest dimension of 0 is no measured one, nor is one that is missing.
  const drawable = rows.filter(({ max }) => max > 0).map(({ step }) => step);
  const steps = options.steps ?? spreadSteps(drawable);
  const missing = steps.filter((step) => !measured.includes(step));
  if (missing.length > 0) {
    throw new Error(
      `step ${missing.join(", ")} of ${model} was not measured; steps in ${out}: ${
        measured.join(", ")
      }`,
    );
  }
  const folder = join(modelFolder(out, model), "figures");
  const evolution = nodeFractalDimensionEvolutionFigure(rows, {
    model,
    sample,
    includeStructural,
  });
  await saveFigure(evolution, join(folder, `nfd_evolution_${model}_${nameOf(sample)}`));
  const isUndrawable = options.steps === undefined && steps.length === 0;
  if (
    isUndrawable ||
    sample === "full" && !await exists(nodesFile.path(out, { model, step: steps[0]!, sample }))
  ) {
    return { distribution: null, evolution };
  }
  const nodes = await Promise.all(
    steps.map(async (step) => ({
      step,
      nodes: await nodesFile.read(out, { model, step, sample }),
    })),
  );
  const distribution = nodeFractalDimensionDistributionFigure(nodes, { model, sample });
  await saveFigure(distribution, join(folder, `nfd_distribution_${model}_${nameOf(sample)}`));
  return { distribution, evolution };
}
