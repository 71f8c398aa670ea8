/** What a folder of stored networks says of them, so that none is taken for another. */
import { join } from "node:path";
import type { NeuronLayer } from "../architectures/architecture.ts";
import { ifThere } from "../files/if_there.ts";
import { readText } from "../files/read_file.ts";
import { removeFile } from "../files/remove_file.ts";
import { writeWholeFile } from "../files/write_whole_file.ts";
import { checkedJson } from "../schemas/checked_json.ts";
import type { NetworkOptions } from "./network_options.ts";
import { storedStepRecord } from "./stored_records.ts";

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
  await removeFile(recordPath(store, model, step));
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
  const text = await ifThere(readText(path));
  if (text === null) return null;
  return checkedJson(text, storedStepRecord(model, step), path, "extract the networks again");
}

function recordPath(store: string, model: string, step: number): string {
  return join(stepFolderOf(store, model, step), "networks.json");
}
