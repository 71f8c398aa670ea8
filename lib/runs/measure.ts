/** From a model to its degree of emergence: the one way in. */

import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { callback, type Option } from "../options/option.ts";
import { OPTIONS, SAMPLES_OR_AUTO, type SomeOptions } from "../options/options.ts";
import { pick, readOptions } from "../options/read_options.ts";
import {
  ANALYSIS_OPTIONS,
  analysisOptions,
  type GivenAnalysisOptions,
  type SampledOptions,
} from "./analysis_options.ts";
import { enoughSamples } from "./enough_samples.ts";
import { Measurement } from "./measurement.ts";
import type { RunAccess } from "./open_selected_run.ts";
import { analyzeRun, type AnalyzeRunOptions, measureInMemory } from "./units/analyze_run.ts";

/**
 * What is measured, how, and where it goes; all of it may be left out.
 *
 * @category Measuring
 */
export interface MeasureOptions
  extends
    Omit<GivenAnalysisOptions, "samples">,
    SomeOptions<"margin" | "mostSamples">,
    Omit<RunAccess, "baseline" | "meter">,
    Pick<AnalyzeRunOptions, "signal" | "onNetwork"> {
  /**
   * Samples of each checkpoint, seeded 0, 1, 2, …; 10 unless given. With `auto` so many are drawn, 10 or more, that the margin of E
   * at the last step is at most `margin`, within `mostSamples`; the measurement says what it came to.
   */
  readonly samples?: number | "auto" | undefined;
  /**
   * Training steps, the baseline among them, or words for them as `--steps` takes: `all`, `published`, `paper`, `log:12`,
   * `0,512,1000-143000:10000`; all unless given, or of a Pythia on the hub those with published scores.
   */
  readonly steps?: readonly number[] | string | undefined;
  /** Folder that the tables go to, and units while they are measured; nothing is written unless it is given. */
  readonly out?: string | undefined;
  /** Folder of extracted networks, read where they are there. */
  readonly networks?: string | undefined;
  /** Leave tables alone that are there and made by the same options; only with `out`. */
  readonly skipExisting?: boolean | undefined;
  /** Keep what was measured when the tables are written, so that more steps or samples need only theirs; only with `out`. */
  readonly keepUnits?: boolean | undefined;
  /** How many workers measure at once, `auto` for as many as pay; 1 unless given. */
  readonly workers?: number | "auto" | undefined;
}

const MEASURE_OPTIONS = {
  ...ANALYSIS_OPTIONS,
  samples: SAMPLES_OR_AUTO,
  ...pick(OPTIONS, ["margin", "mostSamples"]),
  ...pick(OPTIONS, ["steps", "skipExisting", "keepUnits", "workers", "signal"]),
  ...pick(OPTIONS, ["allowDuplicates", "allowUnrelated", "strict", "stepsPattern", "transfer"]),
  ...{ out: withoutDefault(OPTIONS.out), networks: OPTIONS.networks },
  ...listeners(["onNetwork", "onWarning", "onTransfer", "onProgress"]),
};

/**
 * Measure a model over training: sample the networks of each checkpoint (or take the full ones), their multifractal
 * spectra, the degree of emergence E with its interval, and the fractal dimensions of the nodes (Xiao et al., ICLR 2025,
 * arXiv 2402.09099). The command `deno task neuromfa` calls this too, so the same options give the same tables.
 *
 * @category Measuring
 * @param model What {@linkcode openRun} opens or has opened: `suite:nano-64`, a folder of checkpoints, `hf:owner/model`;
 * or the name of a model in the folder of extracted networks.
 * @param options Every choice; {@linkcode analysisOptions} completes it.
 * @throws {TypeError} If an option is unknown.
 * @throws {RangeError} If an option is out of range.
 * @throws {Error} If a checkpoint cannot be measured, the baseline is not among the steps, two steps hold the same weights or
 * are of two trainings, or a file cannot be written.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure } from "neuromfa";
 *
 * const result = await measure("suite:nano-64", { samples: 3, steps: [0, 4096] });
 * assert.equal(result.weights, 210_304);
 * assert.deepEqual(result.rows.map(({ step }) => step), [0, 4096]);
 * assert.ok(result.rows[1]!.E < 0);
 * ```
 */
export async function measure(
  model: string | CheckpointRun,
  options: MeasureOptions = {},
): Promise<Measurement> {
  const read = readOptions("measure", MEASURE_OPTIONS, options);
  const { out, networks: store, skipExisting, keepUnits, steps, stepsPattern } = read;
  const { allowDuplicates, allowUnrelated, strict, transfer } = read;
  const { workers = 1, signal, onNetwork, onWarning, onTransfer, onProgress } = read;
  const own = Object.entries(options).filter(([name]) => Object.hasOwn(ANALYSIS_OPTIONS, name));
  const wantedWith = (samples: { readonly samples?: number }) => ({
    options: analysisOptions({ ...Object.fromEntries(own), ...samples }, "measure"),
  });
  const access = {
    ...{ store, steps, allowDuplicates, allowUnrelated, stepsPattern, workers, signal, onNetwork },
    ...{ strict, transfer },
    ...onWarning && { onWarning },
    ...onTransfer && { onTransfer },
    ...onProgress && { onProgress },
  };
  const isOpen = options.samples === "auto";
  let wanted = wantedWith(isOpen ? { samples: OPTIONS.samples.default } : {});
  let enough: string | undefined;
  if (isOpen) {
    const { onWarning: _, ...quiet } = access;
    const found = await enoughSamples(model, wanted.options as SampledOptions, quiet, read);
    wanted = wantedWith({ samples: found.samples });
    enough = found.words;
  }
  if (out === undefined) {
    const { analyzed, write } = await measureInMemory(model, wanted, access);
    return new Measurement(analyzed, write, enough);
  }
  const analyzed = await analyzeRun(model, wanted, { ...access, out, skipExisting, keepUnits });
  return new Measurement(analyzed, out, enough);
}

function withoutDefault<Value>({ default: _, ...option }: Option<Value>): Option<Value> {
  return option;
}

/** The functions that are called back. */
function listeners<const Name extends keyof MeasureOptions>(
  names: readonly Name[],
): { readonly [N in Name]: Option<NonNullable<MeasureOptions[N]>> } {
  return Object.fromEntries(
    names.map((name) => [name, callback("called while it is measured")]),
  ) as { readonly [N in Name]: Option<NonNullable<MeasureOptions[N]>> };
}
