/** What decides where a run reads and writes, and who hears of it; none of it changes a number. */

import * as v from "valibot";
import {
  choice,
  type DefaultedOption,
  given,
  integer,
  names,
  onOff,
  type Option,
  readNumber,
  shaped,
  text,
} from "./option.ts";
import { nameList } from "./name_list.ts";
import type { Shard, Transfer } from "./values.ts";

/** More than any machine has processors; each takes some 50 MB. */
const MOST_WORKERS = 1024;
/** More examples than a prompt holds. */
const MOST_SHOTS = 10_000;
const MOST_SHARDS = 999_999;

const shard = v.pipe(
  v.strictObject({
    index: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
    count: v.pipe(v.number(), v.safeInteger(), v.maxValue(MOST_SHARDS)),
  }),
  v.check(({ index, count }) => index <= count),
);

/** What is done with a model, in order. */
export type Stage = "extract" | "preprocess" | "analyze" | "visualize" | "all";

/** The options of a run. */
export const RUNNING_OPTIONS = {
  /** Names of models, folders of checkpoints, or models on the Hugging Face hub. */
  models: {
    ...names({
      default: ["suite:nano-64"],
      help:
        "suite:<name>; hf:<owner>/<model> or a Pythia's name, on the Hugging Face hub; a folder " +
        "with a subfolder step<N> for each checkpoint; or a model in --networks; braces are expanded, " +
        "as in hf:EleutherAI/pythia-{70m,160m}-deduped",
    }),
    read: nameList,
  } as DefaultedOption<readonly string[]>,
  /** What is done with them; `analyze` unless given. */
  stage: choice(["extract", "preprocess", "analyze", "visualize", "all"], {
    default: "analyze",
    help:
      "extract writes networks, preprocess checks them, analyze writes tables, visualize draws " +
      "them, all does everything",
  }) as DefaultedOption<Stage>,
  /** Scores drawn beside E; all that lie beside the checkpoints unless given. */
  metrics: names({
    help: "scores drawn beside E; piqa means piqa/acc",
    otherwise: "all that lie beside the checkpoints",
  }) as Option<readonly string[]>,
  /** Folder or address of lm-evaluation-harness results. */
  evals: text({
    help:
      "folder or address of lm-evaluation-harness results, or a trainer_state.json, in place of the scores " +
      "beside the checkpoints",
    otherwise: "the published ones of Pythia, if --metrics is given",
  }) as Option<string>,
  /**
   * The number of solved examples in the prompt of the scores; all, as series of their own, unless
   * given.
   */
  shots: integer({
    ...{ min: 0, max: MOST_SHOTS },
    help: "the scores with so many solved examples in the prompt",
    otherwise: "all of them, those of each number as a series of its own",
  }) as Option<number>,
  /** How steps are named, where they are in a way of their own: a regular expression for whole names. */
  stepsPattern: text({
    help:
      "regular expression for the whole names of folders, files or branches, also those of scores, whose " +
      "first group is the step, such as 'run7_(\\d+)\\.pt'",
    otherwise: "step1000, checkpoint-1000, global_step1000, iter_0001000, epoch_3 and the like",
  }) as Option<string>,
  /** What moving bytes from a hub saves, bytes or time; `balanced` unless given. */
  transfer: choice(["fewest-bytes", "balanced", "fastest"], {
    default: "balanced",
    help:
      "what reading from a hub saves: bytes, by many requests; time, by reading on over gaps; or time for a " +
      "tenth more bytes, and for more where even reading everything is quicker",
  }) as DefaultedOption<Transfer>,
  /** Go on where steps hold the same weights, and mark them. */
  allowDuplicates: onOff({
    help: "go on where steps hold the same weights, and mark them",
  }) as DefaultedOption<boolean>,
  /** Go on where neighbouring steps have weights that do not correlate at all. */
  allowUnrelated: onOff({
    help: "go on where the weights of neighbouring steps do not correlate at all",
  }) as DefaultedOption<boolean>,
  /** Take a checkpoint that is only half written for an error; it is left out with a warning unless given. */
  strict: onOff({
    help:
      "take a checkpoint that is only half written for an error, rather than leaving it out with a warning",
  }) as DefaultedOption<boolean>,
  /** Leave alone what is there and was made by the same options. */
  skipExisting: onOff({
    help: "leave alone what is there and made by the same options",
  }) as DefaultedOption<boolean>,
  /** How many workers measure at once; the numbers are the same. */
  workers: shaped<number | "auto">({
    schema: v.union([
      v.literal("auto"),
      v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(MOST_WORKERS)),
    ]) as v.GenericSchema<unknown, number | "auto">,
    values: `an integer from 1 to ${MOST_WORKERS}, or auto`,
    read: readNumber,
  }, {
    help: "how many measure at once; the tables are the same",
    otherwise: "as many as pay, up to the number of processors",
  }) as Option<number | "auto">,
  /** Measure one part of the units and write no table. */
  shard: shaped<Shard>({
    schema: shard as v.GenericSchema<unknown, Shard>,
    values: "a part such as 2/8, from 1/8 to 8/8",
    read(word) {
      const [, index, count] = /^(\d+)\/(\d+)$/.exec(word) ?? [];
      return count === undefined ? word : { index: Number(index), count: Number(count) };
    },
  }, {
    help: "2/8 measures the second of eight parts and writes no table; merge puts them together",
  }) as Option<Shard>,
  /** A folder of plans that were made before, so that checkpoints are looked over only where they are measured. */
  plans: text({
    help: "folder of plans that slurm has made: a part looks over only the checkpoints that it " +
      "measures",
  }) as Option<string>,
  /** Keep what was measured when the tables are written. */
  keepUnits: onOff({
    help: "keep what was measured, so that more steps or samples need only theirs",
  }) as DefaultedOption<boolean>,
  /** The form of the tables. */
  format: choice(["csv", "parquet"], {
    ...{ default: "csv" as const },
    help: "csv, or parquet too, which keeps the types of columns: E, spectra and samples of a " +
      "model lie beside their CSV files as .parquet",
  }) as DefaultedOption<"csv" | "parquet">,
  /** Folders of results that hold units, to be merged. */
  from: names({
    help: "the folders that were --out of the parts",
    otherwise: "--out",
  }) as Option<readonly string[]>,
  /** Folder of the results. */
  out: text({ default: "out", help: "folder of the results" }) as DefaultedOption<string>,
  /** Folder of extracted networks. */
  networks: text({
    default: "out/networks",
    help: "folder of extracted networks",
  }) as DefaultedOption<string>,
  /** Stops the work; what is measured by then is kept. */
  signal: given<AbortSignal>("an AbortSignal", (value) => value instanceof AbortSignal, {
    help: "stops the work",
  }) as Option<AbortSignal>,
};
