/** What options must be that are read back from a file. */
import * as v from "valibot";
import { NULL_KINDS, type NullKind } from "../emergence/null_models/null_kind.ts";
import { finite, lawful, notNegative, positive, some, wholeNumber } from "../schemas/pieces.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import { checkAnalysisOptions, checkMeasuringOptions } from "./check_analysis_options.ts";
import { type FullAnalysisOptions, isFull } from "./full_analysis_options.ts";
import { checkNullModelChoice, type NullModelChoice } from "./null_model_choice.ts";
import type { NetworkOptions } from "./network_options.ts";
import type { NodeTablesChoices } from "./node_fractal_dimension_options.ts";

/** Far more samples than anybody takes, and few enough to list. */
const MOST_SAMPLES = 1_000_000;
/** Decimals of a rounded length. */
const digits = wholeNumber(0, 9);
const only = v.exactOptional(some(v.string()));

/** What decides how a sample is drawn. */
export const samplingEntries = {
  layerSample: wholeNumber(1, 2 ** 31 - 1),
  qkv: v.picklist(["reference", "per-head"]),
  edges: v.picklist(["sampled", "all"]),
};

/** What decides networks. */
const networkEntries = { samples: wholeNumber(1, MOST_SAMPLES), ...samplingEntries };

/** What decides stored networks. */
export const storedNetworkOptions: v.GenericSchema<unknown, NetworkOptions> = v.strictObject(
  networkEntries,
);

/** What decides how a spectrum is taken, whichever it is. */
export const spectrumEntries = {
  digits,
  q: v.strictObject({ min: finite, max: finite, step: positive }),
  alpha0: v.picklist(["analytic", "argmax"]),
  filterTolerance: notNegative,
  radii: v.exactOptional(v.strictObject({
    min: positive,
    max: positive,
    step: v.exactOptional(positive),
  })),
};

const nullModel: v.GenericSchema<unknown, NullModelChoice> = lawful(
  v.strictObject({
    kind: v.picklist(Object.keys(NULL_KINDS) as NullKind[]),
    draws: wholeNumber(1),
    seed: wholeNumber(0),
  }),
  checkNullModelChoice,
);

const measuringEntries = {
  ...spectrumEntries,
  filterMode: v.picklist([0, 1, 2, 3]),
  nfdThreshold: positive,
  includeStructural: v.boolean(),
  only,
  nullModel: v.exactOptional(nullModel),
};

const sampledOptions: v.GenericSchema<unknown, AnalysisOptions> = lawful(
  v.strictObject({
    ...networkEntries,
    ...measuringEntries,
    threshold: v.union([positive, v.strictObject({ medians: positive })]),
    distance: v.picklist(["edge", "path"]),
    layers: wholeNumber(1),
  }),
  checkAnalysisOptions,
);

const fullOptions: v.GenericSchema<unknown, FullAnalysisOptions> = lawful(
  v.strictObject({ network: v.literal("full"), ...measuringEntries, threshold: positive }),
  checkMeasuringOptions,
);

/** Whether a value is about full networks, whatever else it is. */
function saysFull(value: unknown): boolean {
  return typeof value === "object" && value !== null && isFull(value);
}

/** What decided tables of E. */
export const storedOptions: v.GenericSchema<unknown, AnalysisOptions | FullAnalysisOptions> = v
  .lazy((value): v.GenericSchema<unknown, AnalysisOptions | FullAnalysisOptions> =>
    saysFull(value) ? fullOptions : sampledOptions
  );

const nodeEntries = {
  nfdThreshold: positive,
  digits,
  minimumEdges: wholeNumber(0),
  includeStructural: v.boolean(),
  only,
};

/** What decided tables of node fractal dimensions. */
export const storedNodeChoices: v.GenericSchema<unknown, NodeTablesChoices> = v.lazy(
  (value): v.GenericSchema<unknown, NodeTablesChoices> =>
    saysFull(value)
      ? v.strictObject({ network: v.literal("full"), ...nodeEntries })
      : v.strictObject({ ...networkEntries, ...nodeEntries }),
);
