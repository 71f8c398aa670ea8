/** What decides the sampled networks of a run. */

import * as v from "valibot";
import { choice, type DefaultedOption, integer, type Option, shaped } from "./option.ts";
import type { QueryKeyValueLayout, SampledEdges } from "./values.ts";

/** More neurons than any layer has. */
const MOST_LAYER_SAMPLE = 1_000_000;
/** More samples than any interval needs; each takes some milliseconds and kilobytes. */
const MOST_SAMPLES = 100_000;

/** The largest step, of 15 digits: numbers up to it are exact. */
const LAST_STEP = 10 ** 15 - 1;

const steps = v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(LAST_STEP)));

/** The options that decide sampled networks. */
export const SAMPLING_OPTIONS = {
  /** Training steps, whole numbers; all of the run unless given. */
  steps: shaped<readonly number[]>({
    schema: v.pipe(steps, v.minLength(1)) as v.GenericSchema<unknown, readonly number[]>,
    values: "a list of whole numbers of at most 15 digits",
    words: "many",
    read: (word) =>
      word.split(",").map((part) => /^\s*\d+\s*$/.test(part) ? Number(part) : part.trim()),
  }, { help: "training steps, 0 among them", otherwise: "all" }) as Option<readonly number[]>,
  /** Samples of each checkpoint, seeded 0, 1, 2, …; 10 unless given. */
  samples: integer({
    ...{ min: 1, max: MOST_SAMPLES, default: 10 },
    help: "samples of each checkpoint",
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
