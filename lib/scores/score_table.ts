/** Tables of scores, a column for each metric. */

import { parseCsv } from "../files/csv.ts";
import { shown, shownName, someNames } from "../messages/shown.ts";
import { nearestMetric } from "./nearest_metric.ts";

/**
 * One score of one checkpoint.
 *
 * @category Scores
 */
export interface BenchmarkScore {
  /** Training step. */
  readonly step: number;
  /** Name of the skill, or `held_out_loss`. */
  readonly metric: string;
  /**
   * Share of right answers between 0 and 1; the loss in nats a token, a character or an image; or
   * what its measure is.
   */
  readonly value: number;
  /** Standard error of the value, or `null` where it is not known. */
  readonly stderr: number | null;
  /**
   * Whether a larger value is a better one; where it is not given, or `null`, the metric's name is
   * all that tells.
   */
  readonly higherIsBetter?: boolean | null;
}

/** Which scores are read. */
export interface SuiteScoresOptions {
  /** Names of metrics; other columns may hold anything. All columns of numbers unless given. */
  readonly metrics?: readonly string[] | undefined;
  /** Called with the columns that are passed over, since they hold no number. */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/** How a missing value is written: not at all, or as spreadsheets, R and pandas write it. */
const MISSING = /^(|na|n\/a|nan|null|none|-)$/i;

/**
 * The scores in a table with a column `step`, one for each metric, and where they are known the
 * standard errors as `<metric>_stderr`: for each step and metric that has a value one entry.
 *
 * @param path Where the table is, for messages.
 */
export function scoresInTable(
  text: string,
  path: string,
  { metrics, onWarning }: SuiteScoresOptions = {},
): BenchmarkScore[] {
  const rows = parseCsv(text, path);
  const columns = metricColumns(rows);
  const unknown = metrics?.find((metric) => !columns.includes(metric));
  if (unknown !== undefined && columns.length > 0) throw unknownScore(unknown, columns);
  const [named, passedOver] = metrics
    ? [columns.filter((column) => metrics.includes(column)), []]
    : partition(columns, (column) => rows.some((row) => readNumber(row[column]!) !== null));
  if (passedOver.length > 0) {
    onWarning?.(`${path}: no score is read from ${someNames(passedOver)}, without any number`);
  }
  const scores = rows.flatMap((row, i) => {
    const cell = (column: string) => numberIn(row, column, i, path);
    const step = cell("step");
    return named.flatMap((metric) => {
      const value = cell(metric);
      if (value === null) return [];
      if (step === null) throw new Error(`${path}: step in row ${i + 1} is missing`);
      const stderr = `${metric}_stderr`;
      return [{ step, metric, value, stderr: stderr in row ? cell(stderr) : null }];
    });
  });
  if (scores.length === 0) {
    throw new Error(`${path} has no scores; \`deno task train\` writes them`);
  }
  return scores;
}

/** The columns that may be metrics. */
function metricColumns([first = {}]: readonly Readonly<Record<string, string>>[]): string[] {
  return Object.keys(first).filter((column) => column !== "step" && !column.endsWith("_stderr"));
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}

/** The number in a cell, `null` where a value is missing. */
function numberIn(
  row: Readonly<Record<string, string>>,
  column: string,
  i: number,
  path: string,
): number | null {
  const cell = row[column];
  if (cell === undefined) throw new Error(`${path} has no column ${shownName(column)}`);
  if (MISSING.test(cell.trim())) return null;
  const number = readNumber(cell);
  if (number !== null) return number;
  throw new Error(
    `${path}: ${shownName(column)} in row ${i + 1} is ${
      shown(cell)
    }, not a number; leave the cell empty ` +
      "where there is no value",
  );
}

/** Number() takes a blank for 0. */
function readNumber(cell: string): number | null {
  return cell.trim() !== "" && Number.isFinite(Number(cell)) ? Number(cell) : null;
}

/** What is said of a metric that a table of scores does not have. */
export function unknownScore(metric: string, known: readonly string[]): Error {
  return new Error(
    `no score is named ${shownName(metric)}; did you mean ${
      shownName(nearestMetric(metric, known))
    }? ` +
      `There are ${someNames(known)}`,
  );
}
