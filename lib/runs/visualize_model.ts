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
 * Draw a model's figures from its tables, as SVG and PNG: under `<out>/figures/<model>/`, and E beside scores under
 * `<out>/emergence/figures_metrics/`.
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
  const own = [
    emergenceOverTrainingFigure(model, emergence, samples),
    spectraFigure(spectra, steps),
    massExponentFigure(spectra, steps),
  ];
  const placed = new Map(own.map((figure) => [join(out, "figures", model, figure.name), figure]));
  if (scores.length > 0) {
    // Where the published code puts its figures of E beside metrics.
    const path = join(out, "emergence", "figures_metrics", `emergence_and_scores_${model}`);
    placed.set(path, emergenceAndScoresFigure(emergence, { model, scores }));
  }
  for (const [path, figure] of placed) await saveFigure(figure, path);
  return [...placed.keys()];
}
