/** What one results file of lm-evaluation-harness says. */

import { printable, shown, shownName } from "../messages/shown.ts";
import { stepOfFolder } from "../checkpoints/step_names.ts";
import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import type { BenchmarkScore } from "./suite_scores.ts";

/** The score of a metric in a file, whose step is the file's. */
export type FileScore = Omit<HarnessScore, "step">;

/** A results file of lm-evaluation-harness. */
export interface HarnessResults {
  readonly scores: ReadonlyMap<string, FileScore>;
  /** Name or path of the model that was evaluated, without its step, or `null` if the file does not tell. */
  readonly model: string | null;
  /** Training step of the model that was evaluated, or `null` if the file does not tell. */
  readonly step: number | null;
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parse a results file in either layout: that of the harness until 0.3 (`"acc": 0.5, "acc_stderr": 0.01`) or that of
 * 0.4 and later, where the name of the filter of the answers follows each measure (`"acc,none": 0.5`).
 */
export function parseHarnessResults(text: string, source: string): HarnessResults {
  const file = object(parseResults(text, source), source, "the file");
  const config = optionalObject(file.config);
  const shots = optionalObject(file["n-shot"]);
  const tasks = Object.entries(object(file.results, source, '"results"'))
    .map(([task, entries]) => [task, object(entries, source, shownName(task))] as const);
  // A measure of the later layout has a comma; everything else there describes the task (alias, sample_len).
  const later = tasks.some(([, entries]) => Object.keys(entries).some((key) => key.includes(",")));
  const scores = tasks.flatMap(([task, entries]) =>
    [...measures(entries, later ? LATER_KEY : EARLIER_KEY)].map(([measure, found]) => {
      const metric = `${task}/${measure}`;
      const run = { metric, task, measure, shots: count(shots[task] ?? config.num_fewshot) };
      return [metric, { ...run, ...score(found), file: source }] as const;
    })
  );
  return { scores: new Map(scores), ...evaluated(file, config) };
}

/** Python writes NaN and Infinity, which JSON does not know, as bare words. */
function parseResults(text: string, source: string): unknown {
  const json = text.replaceAll(/([:,[]\s*)NaN(?=\s*[,}\]])/g, (_, before) => `${before}null`)
    .replaceAll(/([:,[]\s*-?)Infinity(?=\s*[,}\]])/g, (_, before) => `${before}1e999`);
  try {
    return parseJson(json);
  } catch (error) {
    if (error instanceof JsonTooLarge) {
      throw new Error(`${source} ${error.message}, more than any results file`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${source} is no valid JSON, perhaps cut short: ${printable(reason)}`);
  }
}

function object(value: unknown, source: string, what: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw new Error(
    `${source} is no results file of lm-evaluation-harness: ${what} must be an object but is ` +
      `${shown(value)}`,
  );
}

function optionalObject(value: unknown): JsonObject {
  return typeof value === "object" && value !== null ? value as JsonObject : {};
}

const EARLIER_KEY = /^(?!alias$|\s*$)(?<name>.+?)(?<stderr>_stderr)?$/s;
const LATER_KEY = /^(?<name>.+?)(?<stderr>_stderr)?,(?<filter>.+)$/s;

/** The raw value and standard error of every measure of a task. */
function measures(
  entries: JsonObject,
  form: RegExp,
): Map<string, { value?: unknown; stderr?: unknown }> {
  const found = new Map<string, { value?: unknown; stderr?: unknown }>();
  for (const [key, entry] of Object.entries(entries)) {
    const { name, stderr, filter = "none" } = form.exec(key)?.groups ?? {};
    if (name === undefined) continue;
    const measure = filter === "none" ? name : `${name},${filter}`;
    found.set(measure, { ...found.get(measure), [stderr ? "stderr" : "value"]: entry });
  }
  return found;
}

/** A value that is no number is missing; so is the standard error, which the later harness gives as `"N/A"`. */
function score(
  found: { value?: unknown; stderr?: unknown },
): Pick<HarnessScore, "value" | "stderr" | "status"> {
  if (!Number.isFinite(found.value)) {
    return { value: null, stderr: null, status: `no value: the file gives ${given(found.value)}` };
  }
  const value = found.value as number;
  if (Number.isFinite(found.stderr) && found.stderr as number >= 0) {
    return { value, stderr: found.stderr as number, status: "ok" };
  }
  return {
    value,
    stderr: null,
    status: `no standard error: the file gives ${given(found.stderr)}`,
  };
}

function given(value: unknown): string {
  if (value === undefined) return "none";
  return value === null ? "null or NaN" : shown(value);
}

function count(value: unknown): number | null {
  return Number.isSafeInteger(value) ? value as number : null;
}

/** Which checkpoint was evaluated: a revision of a model on the Hugging Face hub, or a folder of a step. */
function evaluated(file: JsonObject, config: JsonObject): Pick<HarnessResults, "model" | "step"> {
  const options = modelOptions(config.model_args);
  const name = text(options.pretrained) ?? text(file.model_name);
  const folders = name?.split(/[\\/]/).filter((folder) => folder !== "") ?? [];
  const stepOfName = stepOfFolder(folders.at(-1) ?? "");
  const revision = text(options.revision) ?? text(config.model_revision) ?? "";
  const model = (stepOfName === null ? folders : folders.slice(0, -1)).join("/");
  return { model: model === "" ? null : model, step: stepOfFolder(revision) ?? stepOfName };
}

/** The options of the model: `pretrained=…,revision=…`, or an object in the latest versions. */
function modelOptions(given: unknown): JsonObject {
  if (typeof given !== "string") return optionalObject(given);
  return Object.fromEntries(
    given.split(",").map((option) => {
      const [name = "", ...value] = option.split("=");
      return [name.trim(), value.join("=")];
    }),
  );
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** One score of one checkpoint, or why there is none. */
export interface HarnessScore extends Omit<BenchmarkScore, "value" | "stderr"> {
  /** `<task>/<measure>`, such as `lambada_openai/acc`. */
  readonly metric: string;
  /** What the model was asked to do, such as `lambada_openai`. */
  readonly task: string;
  /** What was measured, such as `acc`; with the answers' filter if there was one: `exact_match,strict-match`. */
  readonly measure: string;
  /** In the unit of the measure, or `null` where it is missing. */
  readonly value: number | null;
  /** Standard error of the value, or `null` where it is missing. */
  readonly stderr: number | null;
  /** How many solved examples each prompt held, or `null` where the file does not tell. */
  readonly shots: number | null;
  /** `"ok"`, or what is missing and why. */
  readonly status: string;
  /** Path or address of the file that gave the score, or `null` where there is none. */
  readonly file: string | null;
}

/**
 * Whether a score has both its value and its standard error, so that it can be drawn and correlated like those of the
 * bundled suite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { type HarnessScore, isMeasured } from "neuromfa/statistics";
 *
 * const score: HarnessScore = {
 *   step: 512, metric: "sciq/acc", task: "sciq", measure: "acc", value: 0.5, stderr: 0.02,
 *   shots: 0, status: "ok", file: "toy_step512.json",
 * };
 * assert.ok(isMeasured(score));
 * assert.ok(!isMeasured({ ...score, stderr: null, status: "no standard error: the file gives none" }));
 * ```
 */
export function isMeasured(score: HarnessScore): score is HarnessScore & BenchmarkScore {
  return score.value !== null && score.stderr !== null;
}

/** Check that a file holds what its place says: nobody sees that a score is another checkpoint's or was helped. */
export function checkFiled(
  results: HarnessResults,
  file: string,
  place: { readonly step: number; readonly zeroShot: boolean },
): void {
  if (results.step !== null && results.step !== place.step) {
    throw new Error(
      `${file} is filed as step ${place.step} but records step ${results.step}; move it to its step`,
    );
  }
  if (!place.zeroShot) return;
  const helped = [...results.scores.values()].find(({ shots }) => shots !== null && shots !== 0);
  if (helped) {
    throw new Error(
      `${file} is filed as zero-shot but records ${helped.shots} examples a prompt; move it out`,
    );
  }
}

/** Scores of a model by step and metric, from wherever they are. */
export interface Evals {
  readonly scores: ReadonlyMap<number, ReadonlyMap<string, FileScore>>;
  /** The steps that are meant when none are asked for, in ascending order. */
  readonly steps: readonly number[];
  /** Why a step has no scores. */
  readonly whyAbsent: (step: number) => string;
}
