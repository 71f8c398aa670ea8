/** From a comparison of models on disk to a figure beside it. */
import { join } from "node:path";
import { nodeFractalDimensionComparisonFigure } from "../figures/node_fractal_dimension_comparison.ts";
import type { Figure } from "../figures/render/figure.ts";
import { saveFigure } from "../figures/render/save_figure.ts";
import type { SampleNumber } from "../multifractal/sample_number.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import { comparisonFile, comparisonsFolder, nameOf } from "./node_fractal_dimension_files.ts";
import { samplesOf } from "./node_fractal_dimension_options.ts";
import { readComparisonRecord } from "./node_fractal_dimension_record.ts";

/** Which comparison is drawn. */
export interface DrawNodeFractalDimensionComparisonOptions {
  /** Folder of the results, with the comparisons in `<out>/nfd/comparisons/`. */
  readonly out: string;
  /** The training step; the last one compared unless given. */
  readonly step?: number;
  /** The number of the sample, or `full`; the first that there is unless given. */
  readonly sample?: SampleNumber;
}

/**
 * Draw what {@linkcode compareNodeFractalDimension} wrote for a step, as SVG and PNG, to
 * `<out>/nfd/comparisons/figures/nfd_comparison_step<N>_sample<k>`.
 *
 * @throws {Error} If the step was not compared, or the table is not there.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { drawNodeFractalDimensionComparison } from "neuromfa";
 *
 * await assert.rejects(
 *   drawNodeFractalDimensionComparison({ out: "nowhere" }),
 *   /compare some models first/,
 * );
 * ```
 */
export async function drawNodeFractalDimensionComparison(
  options: DrawNodeFractalDimensionComparisonOptions,
): Promise<Figure> {
  refuseUnknownOptions("drawNodeFractalDimensionComparison", options, ["out", "step", "sample"]);
  const { out } = options;
  const { steps, options: made } = await readComparisonRecord(out);
  const { includeStructural } = made;
  const { sample = samplesOf(made)[0]! } = options;
  const step = options.step ?? steps.at(-1)!;
  if (!steps.includes(step)) {
    throw new Error(`step ${step} was not compared; steps in ${out}: ${steps.join(", ")}`);
  }
  const figure = nodeFractalDimensionComparisonFigure(
    await comparisonFile.read(out, { step, sample }),
    { step, sample, includeStructural },
  );
  const name = `nfd_comparison_step${step}_${nameOf(sample)}`;
  await saveFigure(figure, join(comparisonsFolder(out), "figures", name));
  return figure;
}
