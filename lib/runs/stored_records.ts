/** What options and records must be that are read back from beside tables. */

import * as v from "valibot";
import type { NeuronLayer } from "../architectures/architecture.ts";
import { type OptionName, OPTIONS } from "../options/options.ts";
import { lawful, positive, sha256, some, texts, wholeNumber } from "../schemas/pieces.ts";
import {
  type AnalysisOptions,
  analysisOptions,
  FULL_NAMES,
  isFull,
  NETWORK_NAMES,
  type NetworkOptions,
  type NfdChoices,
  SAMPLED_ONLY_NAMES,
} from "./analysis_options.ts";
import type { RunRecord } from "./run_record.ts";

/** The content of a model's `run.json`, which is there only if its tables are complete. */
export interface NfdRecord extends Pick<RunRecord, "model" | "checkpoints" | "versions"> {
  /** Number of weights, counted in the first checkpoint. */
  readonly modelSize: number;
  /** Every choice that decides the tables. */
  readonly options: NfdChoices;
}

/** Schemas of some options; those without a default need not be there. */
export function storedEntries<const Name extends OptionName>(
  names: readonly Name[],
): Record<Name, v.GenericSchema> {
  return Object.fromEntries(names.map((name) => {
    const { schema, values, default: value } = OPTIONS[name];
    const named = v.pipe(v.unknown(), v.check((given) => v.is(schema, given), values));
    return [name, value === undefined ? v.exactOptional(named) : named];
  })) as unknown as Record<Name, v.GenericSchema>;
}

/** What decides stored networks. */
const storedNetworkOptions: v.GenericSchema<unknown, NetworkOptions> = v.strictObject(
  storedEntries([...NETWORK_NAMES, "weights", "architecture", "part"]),
) as v.GenericSchema<unknown, NetworkOptions>;

/** Whether a value is about full networks, whatever else it is. */
function saysFull(value: unknown): boolean {
  return typeof value === "object" && value !== null && isFull(value);
}

const network = { network: v.picklist(["sampled", "full"]) };

/** What decided tables of E. */
const storedOptions: v.GenericSchema<unknown, AnalysisOptions> = lawful(
  v.lazy((value) =>
    v.strictObject({
      ...network,
      ...storedEntries(saysFull(value) ? FULL_NAMES : [...SAMPLED_ONLY_NAMES, ...FULL_NAMES]),
    })
  ) as v.GenericSchema<unknown, AnalysisOptions>,
  (options) => void analysisOptions(options),
);

const NFD_NAMES = [
  ...["nfdThreshold", "digits", "minimumEdges", "includeStructural", "layers", "roles"] as const,
  ...["weights", "architecture", "part"] as const,
];

/** What decided tables of node fractal dimensions. */
const storedNfdChoices: v.GenericSchema<unknown, NfdChoices> = v.lazy((value) =>
  v.strictObject(
    saysFull(value)
      ? { ...network, ...storedEntries(NFD_NAMES) }
      : storedEntries([...NETWORK_NAMES, ...NFD_NAMES]),
  )
) as v.GenericSchema<unknown, NfdChoices>;

/** A network numbers its layers with 16 bits. */
const MOST_LAYERS = 2 ** 16;
/** Node ids are 32-bit integers. */
const MOST_NODES = 2 ** 31;

/** Checkpoints, each step once, by what their digests must be: a source of one's own may give others than SHA-256. */
export function storedCheckpoints(
  digest: v.GenericSchema<unknown, string>,
): v.GenericSchema<unknown, RunRecord["checkpoints"]> {
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
export const storedLayers: v.GenericSchema<unknown, readonly NeuronLayer[]> = lawful(
  v.array(storedLayer),
  (layers) => {
    if (layers.length < 2 || layers.length > MOST_LAYERS) {
      throw new Error(`there are ${layers.length} layers, where 2 to ${MOST_LAYERS} are possible`);
    }
    const nodes = layers.reduce((sum, { size }) => sum + size, 0);
    if (nodes > MOST_NODES) throw new Error(`${nodes} neurons are too many to number`);
  },
);

/** What a reader must know of how a model was read. */
const told = {
  entry: v.exactOptional(v.string()),
  leftOut: v.exactOptional(v.array(v.object({ reason: v.string(), tensors: wholeNumber(1) }))),
  notes: v.exactOptional(v.array(v.string())),
};

/** What `networks.json` in a step's folder says of the networks beside it. */
export type StepRecord = v.InferOutput<ReturnType<typeof storedStepRecord>>;

/** What the networks of a step were made from; the sizes of the layers place the node ids. */
export function storedStepRecord(model: string, step: number) {
  return v.object({
    ...{ model: v.literal(model), step: v.literal(step), sha256, layers: storedLayers },
    ...{ weights: wholeNumber(1), options: storedNetworkOptions, ...told },
  });
}

const made = { checkpoints: storedCheckpoints(v.string()), versions: texts };

function runEntries(model: string) {
  return {
    ...{ model: v.literal(model), options: storedOptions, threshold: positive, ...made },
    ...told,
  };
}

/** What tables of a model's E were made from. */
export function storedRunRecord(model: string): v.GenericSchema<unknown, RunRecord> {
  return v.object(runEntries(model));
}

/** What `run.json` says: the record, and SHA-256 of each table beside it as it was written. */
export interface TablesRecord extends RunRecord {
  readonly tables: Readonly<Record<"emergence" | "spectra" | "samples", string>>;
  /** What the checkpoints were found by, where that is known. */
  readonly source?: RunOrigin;
}

/** What a run was found by: with the options, everything that it takes to repeat it. */
export interface RunOrigin {
  /** The name of the model as {@linkcode openRun} takes it, a folder by its whole path; or of stored networks. */
  readonly name: string;
  /** The command line that asked for it, but for what is secret in it. */
  readonly command?: string;
  /** The folder of stored networks, where the name is of some. */
  readonly networks?: string;
  /** How its steps are named, where they are in a way of their own. */
  readonly stepsPattern?: string;
  /** Steps with the same weights were let pass. */
  readonly allowDuplicates?: boolean;
  /** Steps that do not correlate were let pass. */
  readonly allowUnrelated?: boolean;
  /** The commit that each step was read from, of a model on a hub. */
  readonly commits?: readonly { readonly step: number; readonly commit: string }[];
}

/** What a run was found by. */
export const storedOrigin: v.GenericSchema<unknown, RunOrigin> = v.object({
  name: v.string(),
  command: v.exactOptional(v.string()),
  networks: v.exactOptional(v.string()),
  stepsPattern: v.exactOptional(v.string()),
  allowDuplicates: v.exactOptional(v.boolean()),
  allowUnrelated: v.exactOptional(v.boolean()),
  commits: v.exactOptional(v.array(v.object({
    step: wholeNumber(0),
    commit: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/, "a commit of 40 hexadecimal digits")),
  }))),
});

/** The same with the digests of the tables. */
export function storedTablesRecord(model: string): v.GenericSchema<unknown, TablesRecord> {
  const tables = v.object({ emergence: sha256, spectra: sha256, samples: sha256 });
  return v.object({ ...runEntries(model), tables, source: v.exactOptional(storedOrigin) });
}

/** What tables of a model's node fractal dimensions were made from. */
export function storedNodesRecord(model: string): v.GenericSchema<unknown, NfdRecord> {
  const size = { model: v.literal(model), modelSize: wholeNumber(1) };
  return v.object({ ...size, ...made, options: storedNfdChoices });
}

/** The content of the comparisons' `run.json`. */
export type ComparisonRecord = v.InferOutput<typeof storedComparisonRecord>;

/** What tables that compare models by ascending size were made from, and which models lack steps that others have. */
export const storedComparisonRecord = v.object({
  options: storedNfdChoices,
  steps: some(wholeNumber(0)),
  leftOut: v.array(
    v.object({ step: wholeNumber(0), missing: v.pipe(v.array(v.string()), v.readonly()) }),
  ),
  models: some(v.object({ model: v.string(), modelSize: wholeNumber(1), ...made })),
});
