/** From a model's tables to its figures. */

import { dirname, join, relative } from "node:path";
import { setImmediate } from "node:timers/promises";
import {
  correctedRows,
  correlationsByMetric,
  type UncorrectedRow,
} from "../correlations/correlation_table.ts";
import type { BenchmarkScore } from "../scores/score_table.ts";
import { correlationsFigure } from "../figures/emergence/correlations.ts";
import { emergenceAndScoresFigure } from "../figures/emergence/emergence_and_scores.ts";
import { emergenceOverTrainingFigure } from "../figures/emergence/emergence_over_training.ts";
import { excessFigure } from "../figures/emergence/excess.ts";
import { massExponentFigure } from "../figures/spectra/mass_exponent.ts";
import type { Figure } from "../figures/render/draw_figure.ts";
import { type FigureOptions, styleOf, withFigureStyle } from "../figures/figure_style.ts";
import { keepFigure } from "./keep_figure.ts";
import { FIGURE_OPTIONS } from "../options/figure_options.ts";
import { readOptions } from "../options/read_options.ts";
import { spectraFigure } from "../figures/spectra/spectra.ts";
import { ifThere } from "../files/list_files.ts";
import { plainName } from "../files/plain_name.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import { figuresTex } from "./figures_tex.ts";
import { saveTable } from "../files/save_table.ts";
import { spreadSteps } from "./spread_steps.ts";
import { describeRecord } from "./run_record.ts";
import { hasExcess, readModelTables, readRecord } from "./tables.ts";

/** Where the correlations of a model's E with its scores lie under the folder of the results. */
export function correlationsPath(out: string, model: string): string {
  return join(out, "emergence", plainName(model, "the model's name"), "correlations.csv");
}

/** Whom the drawing of a model tells. */
export interface VisualizeListeners extends FigureOptions {
  /** Called at the start and after each piece of work: a score correlated, a figure drawn, or one written as SVG and PNG. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Draw a model's figures from its tables, as SVG and PNG: under `<out>/figures/<model>/`, and E beside scores and how it
 * correlates with them under `<out>/emergence/figures_metrics/`, on several pages `_1`, `_2`, … where there are more than
 * twelve metrics. The correlations are written as `<out>/emergence/<model>/correlations.csv`.
 *
 * @param allScores Scores that E is compared with; table and figures of that are left out where there are none.
 * @returns The paths of the figures, without extension.
 * @throws {Error} If a table is missing.
 * @throws {RangeError} If there are more than 300 metrics.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 * import { saveModelTables, visualizeModel } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * const result = await measure("suite:nano-64", { samples: 2, steps: [0, 4096] });
 * await saveModelTables(out, result, result.record);
 * const figures = await visualizeModel("nano-64", out);
 * for (const path of figures) assert.ok((await Deno.stat(`${path}.svg`)).isFile);
 * assert.ok(figures.includes(`${out}/figures/nano-64/spectra`));
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function visualizeModel(
  model: string,
  out: string,
  allScores: readonly BenchmarkScore[] = [],
  { onProgress, ...given }: VisualizeListeners = {},
): Promise<string[]> {
  const look = readOptions("visualizeModel", FIGURE_OPTIONS, given), style = styleOf(look);
  const { emergence, spectra, samples } = await readModelTables(out, model);
  const record = await readRecord(out, model);
  const made = describeRecord(record);
  const steps = spreadSteps([...new Set(spectra.map(({ step }) => step))]);
  const { null: kind } = record.options;
  // Without a step to compare with there are spectra and no E; where there is nothing at all the figure of E says so.
  const hasE = emergence.some(({ E }) => !Number.isNaN(E));
  const scores = hasE ? allScores : [];
  const drawings = [
    ...hasE || steps.length === 0
      ? [() => emergenceOverTrainingFigure(model, emergence, samples, made)]
      : [],
    () => spectraFigure(spectra, steps, { model, made }),
    () => massExponentFigure(spectra, steps, { model, made }),
    ...hasE && kind !== undefined && hasExcess(emergence)
      ? [() => excessFigure(emergence, { model, kind, made })]
      : [],
  ].map((draw) => ({ draw, path: (name: string) => join(out, "figures", model, name) }));
  const pages = metricPages(model, scores);
  const metrics = new Set(scores.map(({ metric }) => metric)).size;
  const takeTurns = turns(metrics + 2 * (drawings.length + 2 * pages.length), onProgress);
  const rows: UncorrectedRow[] = [];
  if (scores.length > 0) {
    const byMetric = correlationsByMetric(emergence, scores, { unmatched: "leave out" });
    for await (const own of takeTurns(byMetric)) rows.push(...own);
  }
  const correlations = correctedRows(rows);
  // Where the published code puts its figures of E beside metrics.
  const folder = join(out, "emergence", "figures_metrics");
  const onPages = [
    ...pages.map(({ rows: scores, suffix, caption }) => ({
      draw: () => emergenceAndScoresFigure(emergence, { model, scores, made: caption + made }),
      path: () => join(folder, `emergence_and_scores_${model}${suffix}`),
    })),
    ...metricPages(model, correlations).map(({ rows, suffix, caption }) => ({
      draw: () => correlationsFigure(rows, { model, made: caption + made }),
      path: () => join(folder, `correlations_${model}${suffix}`),
    })),
  ];
  // All are drawn before the first is written: what cannot be drawn leaves nothing behind.
  const placed = new Map<string, Figure>();
  for await (const { draw, path } of takeTurns([...drawings, ...onPages])) {
    const figure = withFigureStyle(style, draw);
    placed.set(path(figure.name), figure);
  }
  if (scores.length > 0) await saveTable(correlations, correlationsPath(out, model));
  for await (const [path, figure] of takeTurns(placed)) await keepFigure(figure, path, look);
  const place = texPath(out, model);
  if (look.pdf) await writeWholeFile(place, texOf(placed, place));
  else await ifThere(Deno.remove(place));
  return [...placed.keys()];
}

/** Where the LaTeX that includes a model's figures lies under the folder of the results. */
export function texPath(out: string, model: string): string {
  return join(out, "figures", model, "figures.tex");
}

function texOf(figures: ReadonlyMap<string, Figure>, place: string): string {
  return figuresTex([...figures].map(([path, { title, caption }]) => (
    { path: relative(dirname(place), path).replaceAll("\\", "/"), title, caption }
  )));
}

/** Pieces of work one after the other, told of, and with a turn for others in between. */
function turns(total: number, onProgress: VisualizeListeners["onProgress"]) {
  let done = 0;
  onProgress?.(done, total);
  return async function* <T>(pieces: Iterable<T>): AsyncGenerator<T, void, void> {
    for (const piece of pieces) {
      yield piece;
      onProgress?.(++done, total);
      await setImmediate();
    }
  };
}

/** Most metrics of a page. */
const METRICS_A_PAGE = 12;
/** Most pages; nobody looks through more. */
const MOST_PAGES = 25;

/** Rows of many metrics in pages, in the order in which they come, each with what its file and its caption say of it. */
export function metricPages<Row extends { readonly metric: string }>(
  model: string,
  rows: readonly Row[],
) {
  const metrics = [...Map.groupBy(rows, ({ metric }) => metric).values()];
  const count = Math.ceil(metrics.length / METRICS_A_PAGE);
  if (count > MOST_PAGES) {
    throw new RangeError(
      `${model} has scores of ${metrics.length} metrics, and at most ` +
        `${MOST_PAGES * METRICS_A_PAGE} are drawn; name some of them with --metrics`,
    );
  }
  return Array.from({ length: count }, (_, i) => {
    const first = i * METRICS_A_PAGE, own = metrics.slice(first, first + METRICS_A_PAGE);
    const rows = own.flat(), last = first + own.length;
    if (count === 1) return { rows, suffix: "", caption: "" };
    const which = `metrics ${first + 1} to ${last} of ${metrics.length}`;
    return { rows, suffix: `_${i + 1}`, caption: `Page ${i + 1} of ${count}, ${which}. ` };
  });
}
