/** Every option that a user meets, declared once. */

import * as v from "valibot";
import { CLUSTER_OPTIONS } from "./cluster_options.ts";
import { FIGURE_OPTIONS } from "./figure_options.ts";
import { MEASURING_OPTIONS } from "./measuring_options.ts";
import {
  choice,
  type DefaultedOption,
  integer,
  number,
  type Option,
  readNumber,
  shaped,
} from "./option.ts";
import type { GivenOptions, ReadOptions } from "./read_options.ts";
import { RUNNING_OPTIONS } from "./running_options.ts";
import { faultOfSteps } from "./step_words.ts";
import type { QueryKeyValueLayout, SampledEdges } from "./values.ts";

/** More neurons than any layer has. */
const MOST_LAYER_SAMPLE = 2 ** 24;
/** More samples than any interval needs; each takes some milliseconds and kilobytes. */
const MOST_SAMPLES = 100_000;

/** The largest step, of 15 digits: numbers up to it are exact. */
const LAST_STEP = 10 ** 15 - 1;

const steps = v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LAST_STEP)));

/** Steps as a list alone, where there is no run that words could be about. */
const STEP_LIST: Option<readonly number[]> = shaped<readonly number[]>({
  schema: v.pipe(steps, v.minLength(1)) as v.GenericSchema<unknown, readonly number[]>,
  values: "a list of whole numbers of at most 15 digits",
}, { help: "training steps" });

const stepWords = v.pipe(
  v.string(),
  v.rawCheck(({ dataset, addIssue }) => {
    const fault = dataset.typed ? faultOfSteps(dataset.value) : null;
    if (fault !== null) addIssue({ message: fault });
  }),
);

/** The options that decide sampled networks. */
const SAMPLING_OPTIONS = {
  /**
   * Training steps, whole numbers, or words for them such as `published`, `log:12` or `0,1000-143000:10000`; all of the run unless
   * given, or of a Pythia on the hub those with published scores.
   */
  steps: shaped<readonly number[] | string>({
    schema: v.union([STEP_LIST.schema, stepWords]) as v.GenericSchema<
      unknown,
      readonly number[] | string
    >,
    values: `${STEP_LIST.values}, or words for them such as published`,
    words: "many",
    read: (word) =>
      /^[\d\s,]*$/.test(word)
        ? word.split(",").map((part) => /\d/.test(part) ? Number(part) : part.trim())
        : word,
  }, {
    help:
      "training steps, 0 among them: a list with ranges, such as 0,512,1000-143000:10000 (every 10,000th from 1,000 on); " +
      "log:12, twelve spread evenly in ln(1 + step); published, the 27 of Pythia with published scores; paper, the 32 " +
      "of the paper's scripts; or all",
    otherwise: "all; of a Pythia on the hub, published",
  }) as Option<readonly number[] | string>,
  /** Samples of each checkpoint, seeded 0, 1, 2, …; 10 unless given. An interval of E needs 5. */
  samples: integer({
    ...{ min: 1, max: MOST_SAMPLES, default: 10 },
    help: "samples of each checkpoint; an interval of E needs 5",
    aliases: ["sample_num"],
  }) as DefaultedOption<number>,
  /** Neurons drawn from each layer, twice as many inside a feed-forward layer; 32 unless given. */
  layerSample: integer({
    ...{ min: 1, max: MOST_LAYER_SAMPLE, default: 32 },
    help: "neurons drawn from each layer, twice as many inside the feed-forward layer",
  }) as DefaultedOption<number>,
  /** Which stored rows are a neuron's query, key and value; `per-head`, as GPT-NeoX stores them, unless given. */
  qkv: choice(["per-head", "reference"], {
    default: "per-head",
    help:
      "query, key and value of a neuron as stored head by head, or as the published code reads them",
  }) as DefaultedOption<QueryKeyValueLayout>,
  /** Which out-edges of sampled neurons are kept; `all` unless given. */
  edges: choice(["all", "sampled"], {
    default: "all",
    help: "out-edges of sampled neurons: all, or only those to other sampled neurons",
  }) as DefaultedOption<SampledEdges>,
};

/** The options of resampling. */
const RESAMPLING_OPTIONS = {
  /** Bootstrap draws; 2000 unless given. */
  draws: integer({
    ...{ min: 1, max: 1_000_000, default: 2000 },
    help: "bootstrap draws",
  }) as DefaultedOption<number>,
  /** Level of intervals, between 0 and 1; 0.95 unless given. */
  level: number({
    ...{ above: 0, max: 1 - 1e-9, default: 0.95 },
    help: "level of intervals",
  }) as DefaultedOption<number>,
  /** Seed of all draws, an integer from 0; 0 unless given. */
  seed: integer({
    ...{ min: 0, max: Number.MAX_SAFE_INTEGER, default: 0 },
    help: "seed of all draws",
  }) as DefaultedOption<number>,
};

/** A number of samples, or `auto` for as many as a margin of E takes, where a run is measured. */
export const SAMPLES_OR_AUTO = shaped<number | "auto">({
  schema: v.union([SAMPLING_OPTIONS.samples.schema, v.literal("auto")]) as v.GenericSchema<
    unknown,
    number | "auto"
  >,
  values: `${SAMPLING_OPTIONS.samples.values}, or auto`,
  read: (word) => word === "auto" ? word : readNumber(word),
}, {
  default: 10,
  help: `${SAMPLING_OPTIONS.samples.help}; auto takes as many as --margin needs`,
  aliases: ["sample_num"],
}) as DefaultedOption<number | "auto">;

/** What `samples` `auto` aims at. */
const ENOUGH_OPTIONS = {
  /** With `samples` `auto`, the margin of E at the last step, half of its interval, that is enough; 0.02 unless given. */
  margin: number({
    ...{ above: 0, default: 0.02 },
    help:
      "with --samples auto, the margin of E at the last step (half its interval) that is enough",
  }) as DefaultedOption<number>,
  /** With `samples` `auto`, the most samples; 100 unless given. */
  mostSamples: integer({
    ...{ min: 5, max: MOST_SAMPLES, default: 100 },
    help: "with --samples auto, the most samples",
  }) as DefaultedOption<number>,
};

/** Every option by name; functions take some of them, and the command has a flag for most. */
export const OPTIONS = {
  ...SAMPLING_OPTIONS,
  ...MEASURING_OPTIONS,
  ...RUNNING_OPTIONS,
  ...CLUSTER_OPTIONS,
  ...FIGURE_OPTIONS,
  ...RESAMPLING_OPTIONS,
  ...ENOUGH_OPTIONS,
} as
  & typeof SAMPLING_OPTIONS
  & typeof MEASURING_OPTIONS
  & typeof RUNNING_OPTIONS
  & typeof CLUSTER_OPTIONS
  & typeof FIGURE_OPTIONS
  & typeof RESAMPLING_OPTIONS
  & typeof ENOUGH_OPTIONS;

/**
 * What is declared of every option.
 *
 * @internal
 */
export type DeclaredOptions = typeof OPTIONS;

/** The name of an option. */
export type OptionName = keyof DeclaredOptions;

/** Some options as they may be given. */
export type SomeOptions<Name extends OptionName> = GivenOptions<Pick<DeclaredOptions, Name>>;

/** The values of some options. */
export type OptionValues<Name extends OptionName> = ReadOptions<Pick<DeclaredOptions, Name>>;
