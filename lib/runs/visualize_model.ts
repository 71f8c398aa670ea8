/** From a model's tables to its figures. */
import { join } from "node:path";
import type { BenchmarkScore } from "../benchmarks/suite_scores.ts";
import { emergenceAndScoresFigure } from "../figures/emergence_and_scores.ts";
import { emergenceOverTrainingFigure } from "../figures/emergence_over_training.ts";
import { massExponentFigure } from "../figures/mass_exponent.ts";
import { saveFigure } from "../figures/render/save_figure.ts";
import { spectraFigure } from "../figures/spectra.ts";
import { spreadSteps } from "./spread_steps.ts";
import { readModelTables } from "./tables.ts";

/**
 * Draw a model's figures from its tables, as SVG and PNG under `<out>/figures/<model>/`.
 *
 * @param model The model's name in tables.
 * @param out Folder of the results.
 * @param scores Scores to draw beside E; that figure is left out where there are none.
 * @returns The paths of the figures, without extension.
 * @throws {Error} If a table is missing.
 */
export async function visualizeModel(
  model: string,
  out: string,
  scores: readonly BenchmarkScore[] = [],
): Promise<string[]> {
  const { emergence, spectra, samples } = await readModelTables(out, model);
  const steps = spreadSteps([...new Set(spectra.map(({ step }) => step))]);
  const figures = [
    emergenceOverTrainingFigure(model, emergence, samples),
    spectraFigure(spectra, steps),
    massExponentFigure(spectra, steps),
    ...scores.length > 0 ? [emergenceAndScoresFigure(emergence, { model, scores })] : [],
  ];
  const paths = figures.map(({ name }) => join(out, "figures", model, name));
  for (const [i, figure] of figures.entries()) await saveFigure(figure, paths[i]!);
  return paths;
}
