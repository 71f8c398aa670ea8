/** What a folder of stored networks says of them, so that none is taken for another. */
import { join } from "node:path";
import type { NeuronLayer } from "../architectures/architecture.ts";
import { ifThere } from "../files/if_there.ts";
import { parseJson } from "../files/parse_json.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import type { NetworkOptions } from "./network_options.ts";

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

/** A network numbers its layers with 16 bits. */
const MOST_LAYERS = 2 ** 16;
/** Node ids are 32-bit integers. */
const MOST_NODES = 2 ** 31;

/** Where the networks of a step lie under a store's folder. */
export function stepFolderOf(store: string, model: string, step: number): string {
  return join(store, model, `step${step}`);
}

/** Write the record of a step, once all its networks are there. */
export async function storeRecord(store: string, record: StepRecord): Promise<void> {
  const path = recordPath(store, record.model, record.step);
  await writeWholeFile(path, `${JSON.stringify(record, null, 2)}\n`);
}

/** Remove the record of a step, before its networks are replaced one by one. */
export async function removeRecord(store: string, model: string, step: number): Promise<void> {
  await ifThere(Deno.remove(recordPath(store, model, step)));
}

/**
 * The record of a step, `null` where there is none.
 *
 * @throws {Error} If what is there is no record of that step.
 */
export async function loadRecord(
  store: string,
  model: string,
  step: number,
): Promise<StepRecord | null> {
  const path = recordPath(store, model, step);
  try {
    return checked(parseJson(await Deno.readTextFile(path)), model, step);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw new Error(
      `${path} can't be read: ${(error as Error).message}; extract the networks again`,
    );
  }
}

function recordPath(store: string, model: string, step: number): string {
  return join(stepFolderOf(store, model, step), "networks.json");
}

function checked(value: unknown, model: string, step: number): StepRecord {
  const record = (value ?? {}) as Partial<StepRecord>;
  const { samples, layerSample, qkv, edges }: Partial<NetworkOptions> = record.options ?? {};
  const counts = [record.weights, samples, layerSample];
  if (
    record.model === model && record.step === step &&
    /^[0-9a-f]{64}$/.test(`${record.sha256}`) &&
    counts.every((count) => Number.isInteger(count) && count! > 0) &&
    areLayers(record.layers) &&
    typeof qkv === "string" && typeof edges === "string"
  ) return record as StepRecord;
  throw new Error(`it is no record of ${model} at step ${step}`);
}

function areLayers(value: unknown): value is NeuronLayer[] {
  if (!Array.isArray(value) || value.length < 2 || value.length > MOST_LAYERS) return false;
  let nodes = 0;
  for (const layer of value) {
    const { name, block, role, size, learned }: Partial<NeuronLayer> = layer ?? {};
    const words = typeof name === "string" && typeof role === "string";
    if (!words || typeof learned !== "boolean") return false;
    if (!(Number.isInteger(block) && block! >= 0 && Number.isInteger(size) && size! > 0)) {
      return false;
    }
    nodes += size!;
  }
  return nodes <= MOST_NODES;
}
