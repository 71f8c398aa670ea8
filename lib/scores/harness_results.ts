/** What one results file of lm-evaluation-harness says. */

import { shown, shownName } from "../messages/shown.ts";
import { namedStep, type StepReader } from "../checkpoints/step_names.ts";
import type { FileScore } from "./harness_score.ts";
import { metricKind } from "./metric_kind.ts";
import { pythonJson } from "./python_json.ts";

/** A results file of lm-evaluation-harness. */
export interface HarnessResults {
  readonly scores: ReadonlyMap<string, FileScore>;
  /** Name or path of the model that was evaluated, without its step, or `null` if the file does not tell. */
  readonly model: string | null;
  /** Training step of the model that was evaluated, or `null` if the file does not tell. */
  readonly step: number | null;
  /** When it was evaluated, in the form that names of files have, or empty if the file does not tell. */
  readonly date: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parse a results file in either layout: that of the harness until 0.3 (`"acc": 0.5, "acc_stderr": 0.01`) or that of
 * 0.4 and later, where the name of the filter of the answers follows each measure (`"acc,none": 0.5`).
 *
 * @param read What tells the steps of names in a way of their own; other names are read by the
 * usual rule.
 */
export function parseHarnessResults(
  text: string,
  source: string,
  read?: StepReader,
): HarnessResults {
  const file = object(pythonJson(text, source, "any results file"), source, "the file");
  const config = optionalObject(file.config);
  const shots = optionalObject(file["n-shot"]), better = optionalObject(file.higher_is_better);
  const limit = limitOf(config.limit);
  const tasks = Object.entries(object(file.results, source, '"results"'))
    .map(([task, entries]) => [task, object(entries, source, shownName(task))] as const);
  // A measure of the later layout has a comma; everything else there describes the task (alias, sample_len).
  const later = tasks.some(([, entries]) => Object.keys(entries).some((key) => key.includes(",")));
  const scores = tasks.flatMap(([task, entries]) =>
    [...measures(entries, later ? LATER_KEY : EARLIER_KEY)].map(([measure, found]) => {
      const metric = `${task}/${measure}`;
      const way = { shots: count(shots[task] ?? config.num_fewshot), limit };
      // Other filters of the answers leave the direction of a measure as it is.
      const recorded = optionalObject(better[task])[measure.split(",")[0]!];
      const higherIsBetter = typeof recorded === "boolean"
        ? recorded
        : metricKind(metric).higherIsBetter;
      const run = { metric, task, measure, ...way, higherIsBetter };
      return [metric, { ...run, ...score(found), file: source }] as const;
    })
  );
  return { scores: new Map(scores), ...evaluated(file, config, read), date: dateOf(file.date) };
}

/**
 * The limit on the items of each task: so many of them, or that share; `null` where all were taken.
 */
function limitOf(limit: unknown): number | null {
  const value = typeof limit === "string" ? Number(limit) : limit;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
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
): Pick<FileScore, "value" | "stderr" | "status"> {
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
function evaluated(
  file: JsonObject,
  config: JsonObject,
  own?: StepReader,
): Pick<HarnessResults, "model" | "step"> {
  const read: StepReader = (name) => own?.(name) ?? namedStep(name);
  const options = modelOptions(config.model_args);
  const name = text(options.pretrained) ?? text(file.model_name);
  const folders = name?.split(/[\\/]/).filter((folder) => folder !== "") ?? [];
  // A folder of a step may hold another, such as `step1000/hf`.
  const place = folders.findLastIndex((folder) => read(folder) !== null);
  const named = read(folders[place] ?? "");
  const revision = text(options.revision) ?? text(config.model_revision) ?? "";
  const before = named === null ? folders : folders.slice(0, place);
  const model = [...before, ...named?.before ? [named.before] : []].join("/");
  return {
    model: model === "" ? null : model,
    step: read(revision)?.step ?? named?.step ?? null,
  };
}

/** The time that a file tells in seconds since 1970. */
function dateOf(seconds: unknown): string {
  const time = new Date(typeof seconds === "number" ? 1000 * seconds : NaN);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString().replaceAll(":", "-");
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
