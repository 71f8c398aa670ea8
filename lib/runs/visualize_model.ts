/** From a model's tables to its figures. */
import { join } from "node:path";
import { correlationTable } from "../benchmarks/correlation_table.ts";
import type { BenchmarkScore } from "../benchmarks/suite_scores.ts";
import { correlationsFigure } from "../figures/correlations.ts";
import { emergenceAndScoresFigure } from "../figures/emergence_and_scores.ts";
import { emergenceOverTrainingFigure } from "../figures/emergence_over_training.ts";
import { excessFigure } from "../figures/excess.ts";
import { massExponentFigure } from "../figures/mass_exponent.ts";
import { saveFigure } from "../figures/render/save_figure.ts";
import { spectraFigure } from "../figures/spectra.ts";
import { plainName } from "../files/plain_name.ts";
import { saveTable } from "../files/save_table.ts";
import { spreadSteps } from "./spread_steps.ts";
import { describeRecord } from "./describe_record.ts";
import { hasExcess, readModelTables, readRecord } from "./tables.ts";

/** Where the correlations of a model's E with its scores lie under the folder of the results. */
export function correlationsPath(out: string, model: string): string {
  return join(out, "emergence", plainName(model, "the model's name"), "correlations.csv");
}

/**
 * Draw a model's figures from its tables, as SVG and PNG: under `<out>/figures/<model>/`, and E beside scores and how it
 * correlates with them under `<out>/emergence/figures_metrics/`. The correlations are written as
 * `<out>/emergence/<model>/correlations.csv`.
 *
 * @param model The model's name in tables.
 * @param out Folder of the results.
 * @param scores Scores that E is compared with; table and figures of that are left out where there are none.
 * @returns The paths of the figures, without extension.
 * @throws {Error} If a table is missing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measureRun, openRun, saveModelTables, visualizeModel } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const run = await openRun("suite:nano-64");
 * const { record, ...tables } = await measureRun(run, { samples: 2, steps: [0, 4096] });
 * await saveModelTables(out, tables, record);
 * const figures = await visualizeModel("nano-64", out);
 * for (const path of figures) assert.ok((await Deno.stat(`${path}.svg`)).isFile);
 * assert.ok(figures.includes(`${out}/figures/nano-64/spectra`));
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function visualizeModel(
  model: string,
  out: string,
  scores: readonly BenchmarkScore[] = [],
): Promise<string[]> {
  const { emergence, spectra, samples } = await readModelTables(out, model);
  const record = await readRecord(out, model);
  const made = describeRecord(record);
  const steps = spreadSteps([...new Set(spectra.map(({ step }) => step))]);
  const own = [
    emergenceOverTrainingFigure(model, emergence, samples, made),
    spectraFigure(spectra, steps, { model, made }),
    massExponentFigure(spectra, steps, { model, made }),
  ];
  const { nullModel } = record.options;
  if (nullModel !== undefined && hasExcess(emergence)) {
    own.push(excessFigure(emergence, { model, kind: nullModel.kind, made }));
  }
  const placed = new Map(own.map((figure) => [join(out, "figures", model, figure.name), figure]));
  if (scores.length > 0) {
    // Where the published code puts its figures of E beside metrics.
    const folder = join(out, "emergence", "figures_metrics");
    const correlations = correlationTable(emergence, scores, { unmatched: "leave out" });
    await saveTable(correlations, correlationsPath(out, model));
    placed.set(
      join(folder, `emergence_and_scores_${model}`),
      emergenceAndScoresFigure(emergence, { model, scores, made }),
    );
    placed.set(
      join(folder, `correlations_${model}`),
      correlationsFigure(correlations, { model, made }),
    );
  }
  for (const [path, figure] of placed) await saveFigure(figure, path);
  return [...placed.keys()];
}
