/** What decides how a network is measured. */

import * as v from "valibot";
import {
  choice,
  type DefaultedOption,
  integer,
  names,
  number,
  onOff,
  type Option,
  readNumber,
  readNumbers,
  shaped,
  text,
} from "./option.ts";
import {
  type Convention,
  DEFAULT_Q,
  type FilterMode,
  type FixedRadii,
  type MedianThreshold,
  type QGrid,
} from "./values.ts";

/** The null models, each with what it keeps of a checkpoint's weights. */
export const NULL_KINDS = {
  "permute":
    "the weights inside each matrix in random places: keeps their distribution, not who connects to whom",
  "permute-rows":
    "the weights that enter a neuron from random neurons: keeps what enters each neuron",
  "permute-columns":
    "the weights that leave a neuron to random neurons: keeps what leaves each neuron, and with it every mass",
  "gaussian": "normal weights with mean 0 and the variance that each matrix has",
  "rescale": "the untrained weights, each matrix scaled to the Frobenius norm that it has",
} as const;

/** The name of a null model; {@linkcode NULL_KINDS} tells what each keeps. */
export type NullKind = keyof typeof NULL_KINDS;

/** A p value of 1 in 100,000 is finer than any use of it; more would only fill the disk. */
const MOST_DRAWS = 100_000;

const finite = v.pipe(v.number(), v.finite());
const grid = v.strictObject({ min: finite, max: finite, step: finite });
const range = v.strictObject({ min: finite, max: finite, step: v.optional(finite) });
const radii = v.union([v.literal("occurring"), range]);
const length = v.pipe(finite, v.check((value) => value > 1));
const medians = v.strictObject({ medians: v.pipe(finite, v.check((value) => value > 0)) });

/** The options that decide how networks are measured. */
export const MEASURING_OPTIONS = {
  /** The network as data, or the path of a JSON file that holds it; recognised by the tensors unless given. */
  architecture: shaped<string | object>({
    schema: v.union([
      v.pipe(v.string(), v.nonEmpty()),
      v.custom<object>((value) =>
        typeof value === "object" && value !== null && !Array.isArray(value)
      ),
    ]),
    values: "a network as data, or the path of a JSON file with one",
  }, {
    help: "JSON file that describes the network; neuromfa describe prints one",
    otherwise: "recognised by the tensors",
  }) as Option<string | object>,
  /** The part of a model of several, such as `actor` or `encoder`; the whole model unless given. */
  part: text({
    help:
      "part of a model of several that is measured: a word of its tensors' names, such as actor or encoder",
    otherwise: "the whole model",
  }) as Option<string>,
  /** `sampled` networks, or the `full` one: every neuron and every weight; `sampled` unless given. */
  network: choice(["sampled", "full"], {
    default: "sampled",
    help:
      "sampled networks, or the full one: every neuron and every weight, without an interval of E",
  }) as DefaultedOption<"sampled" | "full">,
  /** The bundle that other choices start from; `corrected` unless given. */
  convention: choice(["corrected", "reference"], {
    default: "corrected",
    help:
      "reference gives the published code's numbers: --alpha0 argmax --qkv reference --edges sampled " +
      "--filter_tolerance 0, and NFD averaged with nodes that can have none; corrected: analytic, " +
      "per-head, all, 1e-9, and without them",
  }) as DefaultedOption<Convention>,
  /** Longest edge that counts: a length above 1, or a multiple of the untrained network's median; 150 unless given. */
  threshold: shaped<number | MedianThreshold>({
    schema: v.union([length, medians]) as v.GenericSchema<unknown, number | MedianThreshold>,
    values: "a length above 1 such as 150, or medians such as 2.8m ({ medians: 2.8 })",
    read: (word) =>
      /\dm$/.test(word) ? { medians: readNumber(word.slice(0, -1)) } : readNumber(word),
  }, {
    default: 150,
    help: "longest edge that counts: a length, or 2.8m for 2.8 medians of the untrained network",
  }) as DefaultedOption<number | MedianThreshold>,
  /** Longest edge that counts for node fractal dimensions (NFD), a length above 0; 200 unless given. */
  nfdThreshold: number({
    ...{ above: 0, default: 200 },
    help: "longest edge that counts for node fractal dimensions (NFD)",
  }) as DefaultedOption<number>,
  /** A node needs more than this many edges; 10 unless given. */
  minimumEdges: integer({
    ...{ min: 0, max: 2 ** 31 - 1, default: 10 },
    help: "a node needs more than this many edges",
  }) as DefaultedOption<number>,
  /** Decimals that lengths are rounded to; 0 unless given. */
  digits: integer({
    ...{ min: 0, max: 9, default: 0 },
    help: "decimals that lengths are rounded to",
  }) as DefaultedOption<number>,
  /** Whether a mass counts a node's out-edges, or the nodes that shortest paths lead to; `edge` unless given. */
  distance: choice(["edge", "path"], {
    default: "edge",
    help: "edge counts a neuron's out-edges, path the neurons that shortest paths lead to",
  }) as DefaultedOption<"edge" | "path">,
  /** Layers ahead that paths may lead; 2 for paths unless given, and none for edges. */
  pathLayers: integer({
    ...{ min: 1, max: 1000, otherwise: "2 for paths" },
    help: "layers ahead that paths may lead",
  }) as Option<number>,
  /** Names of the layers whose neurons are measured; all unless given. */
  layers: names({
    help: "names of the layers whose neurons are measured, such as block 0 block input",
    otherwise: "all",
  }) as Option<readonly string[]>,
  /** Roles of the layers whose neurons are measured; with `layers`, both. */
  roles: names({
    help:
      "roles of the layers whose neurons are measured, such as attention output; with --layers, both",
    otherwise: "all",
  }) as Option<readonly string[]>,
  /**
   * The points of every fit: `"occurring"` (default) takes all rounded lengths of the network, as published, so that they
   * change in training; a range is the same at every step.
   */
  radii: shaped<"occurring" | FixedRadii>({
    schema: radii as v.GenericSchema<unknown, "occurring" | FixedRadii>,
    values: "occurring, or min:max such as 5:150 ({ min: 5, max: 150 })",
    read: (word) => readNumbers(word, ["min", "max"]),
  }, {
    default: "occurring",
    help:
      "radii of every fit: those that occur, as published, or fixed ones as min:max such as 5:150",
  }) as DefaultedOption<"occurring" | FixedRadii>,
  /** Orders q as a uniform grid; −3 to 3 by 0.1 unless given. */
  q: shaped<QGrid>({
    schema: grid as v.GenericSchema<unknown, QGrid>,
    values: "min:max:step such as -3:3:0.1 ({ min: -3, max: 3, step: 0.1 })",
    read: (word) => readNumbers(word, ["min", "max", "step"]),
  }, { default: DEFAULT_Q, help: "orders as min:max:step" }) as DefaultedOption<QGrid>,
  /** alpha_0 as the slope of tau at q = 0, or where f is largest; `analytic` unless given. */
  alpha0: choice(["analytic", "argmax"], {
    default: "analytic",
    help: "alpha_0 as the slope of tau at q = 0, or where f is largest",
  }) as DefaultedOption<"analytic" | "argmax">,
  /** Which spectra are left out of averages; 0, none, unless given. */
  filterMode: shaped<FilterMode>({
    schema: v.picklist([0, 1, 2, 3]) as v.GenericSchema<unknown, FilterMode>,
    values: "0, 1, 2 or 3",
    read: readNumber,
  }, {
    default: 0,
    help: "spectra left out: 0 none, 1 with f above 0, 2 with alpha above its first, 3 either",
  }) as DefaultedOption<FilterMode>,
  /** How far above 0 an f must be to fail filter modes 1 and 3; 1e-9 unless given. */
  filterTolerance: number({
    ...{ min: 0, default: 1e-9 },
    help: "how far above 0 an f must be for filter modes 1 and 3",
  }) as DefaultedOption<number>,
  /** Whether nodes that can never have a fractal dimension count as 0 in statistics; not unless given. */
  includeStructural: onOff({
    help: "count nodes that can never have a fractal dimension as 0 in statistics",
  }) as DefaultedOption<boolean>,
  /** The null model that E is compared with; none unless given. */
  null: choice(Object.keys(NULL_KINDS) as NullKind[], {
    help:
      "null model that E is compared with: weights of each matrix in random places, of each row, of " +
      "each column, normal weights, or untrained weights at the trained norm",
    otherwise: "none",
  }) as Option<NullKind>,
  /** Draws of the null model; 20 unless given, and 1 for `rescale`, which has nothing to draw. */
  nullDraws: integer({
    ...{ min: 1, max: MOST_DRAWS, otherwise: "20; rescale has 1" },
    help: "draws of the null model",
  }) as Option<number>,
  /** Seed of the null model's draws, an integer from 0; 0 unless given. */
  nullSeed: integer({
    ...{ min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: "0" },
    help: "seed of the null model's draws",
  }) as Option<number>,
};
