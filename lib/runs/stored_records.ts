/** What the records must be that are read back from beside tables. */

import * as v from "valibot";
import type { NeuronLayer } from "../architectures/architecture.ts";
import { lawful, positive, sha256, some, texts, wholeNumber } from "../schemas/pieces.ts";
import type { NetworkOptions } from "./analysis_options.ts";
import type { NfdChoices } from "./nfd/nfd_options.ts";
import type { RunRecord } from "./run_record.ts";
import { storedNetworkOptions, storedNfdChoices, storedOptions } from "./stored_options.ts";

/** What `networks.json` in a step's folder says of the networks beside it. */
export interface StepRecord {
  /** The model's name. */
  readonly model: string;
  /** The training step. */
  readonly step: number;
  /** SHA-256 of the checkpoint's weights. */
  readonly sha256: string;
  /** All layers of the model, whose sizes place its node ids. */
  readonly layers: readonly NeuronLayer[];
  /** Number of weights of the model. */
  readonly weights: number;
  /** What decided the networks. */
  readonly options: NetworkOptions;
}

/** The content of a model's `run.json`, which is there only if its tables are complete. */
export interface NfdRecord {
  /** The model's name. */
  readonly model: string;
  /** Number of weights, counted in the first checkpoint. */
  readonly modelSize: number;
  /** Every choice that decides the tables. */
  readonly options: NfdChoices;
  /** The checkpoints measured, by ascending step. */
  readonly checkpoints: readonly { readonly step: number; readonly sha256: string }[];
  /** Versions of what computed them. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The content of the comparisons' `run.json`. */
export interface ComparisonRecord {
  /** The choices that all models were measured with. */
  readonly options: NfdChoices;
  /** The steps compared, ascending. */
  readonly steps: readonly number[];
  /** Steps that some models lack, and which. */
  readonly leftOut: readonly { readonly step: number; readonly missing: readonly string[] }[];
  /** The models by ascending size. */
  readonly models: readonly Omit<NfdRecord, "options">[];
}

/** A network numbers its layers with 16 bits. */
const MOST_LAYERS = 2 ** 16;
/** Node ids are 32-bit integers. */
const MOST_NODES = 2 ** 31;

/**
 * Checkpoints, each step once.
 *
 * @param digest What their digests must be; a source of one's own may give others than SHA-256.
 */
export function storedCheckpoints(
  digest: v.GenericSchema<unknown, string>,
): v.GenericSchema<unknown, { step: number; sha256: string }[]> {
  return lawful(
    v.array(v.object({ step: wholeNumber(0), sha256: digest })),
    (checkpoints) => {
      const seen = new Set<number>();
      for (const { step } of checkpoints) {
        if (seen.has(step)) throw new Error(`step ${step} is there twice`);
        seen.add(step);
      }
    },
  );
}

/** A layer of a model. */
export const storedLayer: v.GenericSchema<unknown, NeuronLayer> = v.object({
  name: v.string(),
  block: wholeNumber(0),
  role: v.string(),
  size: wholeNumber(1),
  learned: v.boolean(),
});

/** All layers of a model. */
export const storedLayers: v.GenericSchema<unknown, NeuronLayer[]> = lawful(
  v.array(storedLayer),
  (layers) => {
    if (layers.length < 2 || layers.length > MOST_LAYERS) {
      throw new Error(`there are ${layers.length} layers, where 2 to ${MOST_LAYERS} are possible`);
    }
    const nodes = layers.reduce((sum, { size }) => sum + size, 0);
    if (nodes > MOST_NODES) throw new Error(`${nodes} neurons are too many to number`);
  },
);

/** What the networks of a step were made from. */
export function storedStepRecord(
  model: string,
  step: number,
): v.GenericSchema<unknown, StepRecord> {
  return v.object({
    model: v.literal(model),
    step: v.literal(step),
    sha256,
    layers: storedLayers,
    weights: wholeNumber(1),
    options: storedNetworkOptions,
  });
}

/** What tables of a model's E were made from. */
export function storedRunRecord(model: string): v.GenericSchema<unknown, RunRecord> {
  return v.object({ ...runEntries(model) });
}

/** The same with the digests of the tables. */
export function storedTablesRecord(
  model: string,
): v.GenericSchema<
  unknown,
  RunRecord & { tables: Record<"emergence" | "spectra" | "samples", string> }
> {
  const tables = v.object({ emergence: sha256, spectra: sha256, samples: sha256 });
  return v.object({ ...runEntries(model), tables });
}

function runEntries(model: string) {
  return {
    model: v.literal(model),
    options: storedOptions,
    threshold: positive,
    checkpoints: storedCheckpoints(v.string()),
    versions: texts,
    leftOut: v.exactOptional(v.array(v.object({ reason: v.string(), tensors: wholeNumber(1) }))),
  };
}

/** What tables of a model's node fractal dimensions were made from. */
export function storedNodesRecord(
  model: string,
): v.GenericSchema<unknown, NfdRecord> {
  return v.object({ ...nodesEntries(v.literal(model)), options: storedNfdChoices });
}

function nodesEntries(model: v.GenericSchema<unknown, string>) {
  return {
    model,
    modelSize: wholeNumber(1),
    checkpoints: storedCheckpoints(v.string()),
    versions: texts,
  };
}

/** What tables that compare models were made from. */
export const storedComparisonRecord: v.GenericSchema<unknown, ComparisonRecord> = v.object({
  options: storedNfdChoices,
  steps: some(wholeNumber(0)),
  leftOut: v.array(v.object({ step: wholeNumber(0), missing: v.array(v.string()) })),
  models: some(v.object(nodesEntries(v.string()))),
});
