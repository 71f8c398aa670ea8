/** Scores of published models, or of any that lm-evaluation-harness has evaluated. */

import { chooseSteps } from "../checkpoints/choose_steps.ts";
import { callback, type Option, text } from "../options/option.ts";
import { OPTIONS } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import { stepsNamed } from "../options/step_words.ts";
import type { Evals, HarnessScore } from "./harness_score.ts";
import { metricKind } from "./metric_kind.ts";
import { readFolderEvals } from "./folder_evals.ts";
import { fetchPublishedEvals } from "./published_evals.ts";
import { headlineMetrics, publishedSteps, PYTHIA_REPOSITORY } from "./pythia_evals.ts";
import { shownName } from "../messages/shown.ts";
import { isAbsolute, join } from "node:path";
import { nearestMetric } from "./nearest_metric.ts";

/** Which scores are loaded, and from where. */
export interface HarnessScoresOptions {
  /**
   * Metrics as `<task>/<measure>`, such as `lambada_openai/acc`, which takes all its series where
   * it was measured in several ways; `piqa/acc (5-shot)` takes that one. All that the files hold
   * unless given.
   */
  readonly metrics?: readonly string[];
  /**
   * Training steps, as a list or in words: `published`, `log:12`, `0,1000-143000:10000`, which mean
   * steps that have scores; all that have scores unless given.
   */
  readonly steps?: readonly number[] | string;
  /**
   * A folder with a copy of the repository EleutherAI/pythia or with results files, or the address of such a copy;
   * the address in the environment variable NEUROMFA_EVALS_URL, or else the repository on GitHub, unless given.
   */
  readonly source?: string;
  /** Folder for downloaded files; `neuromfa/evals` in XDG_CACHE_HOME or in `~/.cache` unless given. */
  readonly cache?: string;
  /** The number of solved examples in the prompt; all, as series of their own, unless given. */
  readonly shots?: number | undefined;
  /**
   * A regular expression for names of files and folders that tell steps in a way of their own; its
   * first group is the step.
   */
  readonly stepsPattern?: string | undefined;
  /**
   * Called with what is to be known: files that are passed over, metrics that were measured in
   * several ways.
   */
  readonly onWarning?: ((warning: string) => void) | undefined;
}

/** The options of harness scores, as declared. */
const HARNESS_OPTIONS = {
  ...pick(OPTIONS, ["metrics", "steps", "shots", "stepsPattern"]),
  onWarning: callback<(warning: string) => void>("called with what is to be known"),
  source: text({
    help: "folder or address of lm-evaluation-harness results",
    otherwise: "NEUROMFA_EVALS_URL, or the published ones of Pythia",
  }) as Option<string>,
  cache: text({
    help: "folder for downloaded files",
    otherwise: "neuromfa/evals in XDG_CACHE_HOME or in ~/.cache",
  }) as Option<string>,
};

/**
 * Load the scores that lm-evaluation-harness measured for the checkpoints of a model, with their standard errors.
 *
 * Reads the harness's files of before and since version 0.4. From the web only the files needed are downloaded, once.
 *
 * @param model Such as `pythia-70m-deduped`.
 * @returns A score for every step, in ascending order, and every metric, in the order given or else by name; a score
 * that is missing has the value `null` and a status that says why.
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If an option is out of range, or no file has a metric asked for.
 * @throws {Error} If a file cannot be had or is none of the harness's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { harnessScores } from "neuromfa/statistics";
 *
 * const source = await Deno.makeTempDir();
 * const results = { sciq: { alias: "sciq", "acc,none": 0.5, "acc_stderr,none": 0.02 } };
 * await Deno.writeTextFile(`${source}/toy_step512.json`, JSON.stringify({ results }));
 *
 * const [score, missing] = await harnessScores("toy", { source, steps: [512, 1000] });
 * assert.deepEqual([score!.metric, score!.value, score!.stderr], ["sciq/acc", 0.5, 0.02]);
 * assert.equal(missing!.value, null);
 * assert.match(missing!.status, /no scores for toy at step 1000/);
 * await Deno.remove(source, { recursive: true });
 * ```
 */
export async function harnessScores(
  model: string,
  options: HarnessScoresOptions = {},
): Promise<HarnessScore[]> {
  const read = readOptions("harnessScores", HARNESS_OPTIONS, options);
  const { metrics, source = evalsSource() } = read;
  const choose = (known: readonly number[]) =>
    read.steps === undefined ? undefined : stepsOf(model, source, known, read.steps);
  const { shots, stepsPattern } = read;
  if (isAddress(source) && shots !== undefined && shots !== 0) {
    throw new RangeError(
      `shots (--shots) is ${shots}, but the scores at ${source} are zero-shot; leave it out, or pass a ` +
        "folder with results files",
    );
  }
  // Of a folder which steps there are is known when its files are read.
  const listed = typeof read.steps === "string" ? undefined : choose([]);
  const evals = isAddress(source)
    ? await fetchPublishedEvals(model, source, read.cache ?? evalsCache(), choose(publishedSteps))
    : await readFolderEvals(model, source, listed, { shots, stepsPattern });
  for (const warning of evals.warnings) read.onWarning?.(warning);
  const wanted = chosenMetrics(evals, metrics && [...new Set(metrics)]);
  return (choose(evals.steps) ?? evals.steps).flatMap((step) =>
    wanted.map((metric) => ({
      step,
      ...(evals.scores.get(step)?.get(metric) ?? missingScore(evals, step, metric)),
    }))
  );
}

/** The steps asked for; those that are named one by one may have no scores. */
function stepsOf(
  model: string,
  source: string,
  known: readonly number[],
  asked: readonly number[] | string,
): number[] {
  const steps = [...new Set([...known, ...stepsNamed(asked)])].sort((a, b) => a - b);
  return chooseSteps({ model, source, steps }, asked);
}

function chosenMetrics({ scores }: Evals, asked?: readonly string[]): readonly string[] {
  const known = [...new Set([...scores.values()].flatMap((ofStep) => [...ofStep.keys()]))].sort();
  if (known.length === 0) return asked ?? headlineMetrics;
  if (asked === undefined) return known;
  return [
    ...new Set(asked.flatMap((metric) => {
      const own = known.includes(metric)
        ? [metric]
        : known.filter((name) => name.startsWith(`${metric} (`) || name.startsWith(`${metric},`));
      if (own.length > 0) return own;
      throw new RangeError(
        `no file has the metric ${shownName(metric)}; did you mean ` +
          `${shownName(nearestMetric(metric, known))}?`,
      );
    })),
  ];
}

function missingScore(evals: Evals, step: number, metric: string): Omit<HarnessScore, "step"> {
  const slash = metric.lastIndexOf("/");
  return {
    metric,
    task: metric.slice(0, Math.max(slash, 0)),
    measure: metric.slice(slash + 1),
    value: null,
    stderr: null,
    shots: null,
    limit: null,
    higherIsBetter: metricKind(metric).higherIsBetter,
    status: evals.scores.has(step)
      ? `no file of step ${step} has ${shownName(metric)}`
      : evals.whyAbsent(step),
    file: null,
  };
}

/** The address in the environment variable `NEUROMFA_EVALS_URL`, or else the repository on GitHub. */
export function evalsSource(): string {
  return Deno.env.get("NEUROMFA_EVALS_URL") || PYTHIA_REPOSITORY;
}

/** Whether a source of scores is an address, and not a folder. */
export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

/** The folder `neuromfa/evals` in `XDG_CACHE_HOME` or in `~/.cache`. */
export function evalsCache(): string {
  const base = Deno.env.get("XDG_CACHE_HOME") ?? "";
  // The XDG specification has relative paths ignored.
  // The homedir() of node:os would need a permission of its own.
  const home = Deno.env.get("HOME") ?? Deno.env.get("USERPROFILE") ?? ".";
  return join(isAbsolute(base) ? base : join(home, ".cache"), "neuromfa", "evals");
}
