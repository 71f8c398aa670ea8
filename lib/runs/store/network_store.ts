/** Sampled networks on disk in the published code's layout, and beside them what says of which checkpoint they are. */

import { join } from "node:path";
import { dump, parse } from "npyjs";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { ifThere } from "../../files/list_files.ts";
import { plainName } from "../../files/plain_name.ts";
import { readBytes, readText, removeFile } from "../../files/read_file.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { shown } from "../../messages/shown.ts";
import { edgeList, linkedFromEdges } from "../../networks/edge_list.ts";
import { sampledNetwork } from "../../networks/network.ts";
import type { NetworkSample } from "../../networks/sample_networks.ts";
import { checkedJson } from "../../schemas/checked_value.ts";
import { firstDifference, type NetworkOptions, networkOptions } from "../analysis_options.ts";
import { type StepRecord, storedStepRecord } from "../stored_records.ts";

/** Where the networks of a model lie under a store's folder. */
export function storeFolderOf(store: string, model: string): string {
  return join(store, plainName(model, "the model's name"));
}

/** Where the networks of a step lie under a store's folder. */
export function stepFolderOf(store: string, model: string, step: number): string {
  return join(storeFolderOf(store, model), `step${step}`);
}

function recordPath(store: string, model: string, step: number): string {
  return join(stepFolderOf(store, model, step), "networks.json");
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

/** The record of a step, `null` where there is none; rejects if what is there is no record of that step. */
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

/** Whether a step's networks are there, of the same checkpoint and the same options. */
export async function hasStoredStep(
  store: string,
  checkpoint: Checkpoint,
  options: NetworkOptions,
): Promise<boolean> {
  const record = await loadRecord(store, checkpoint.model, checkpoint.step!);
  return record !== null && firstDifference(networkOptions(record.options), options) === null &&
    record.sha256 === await checkpoint.digest();
}

/** Write a network: float64, rows `[x, y, w]` with the published code's node ids and order. */
export async function storeNetwork(store: string, sample: NetworkSample): Promise<void> {
  const rows = edgeList(sample.linked);
  const path = join(stepFolderOf(store, sample.model, sample.step), `sample${sample.sample}.npy`);
  await writeWholeFile(path, new Uint8Array(dump(rows, [rows.length / 3, 3])));
}

/** Read a network; rejects if the file is missing, is no table of edges, or its edges are not of such a model. */
export async function loadNetwork(
  store: string,
  { model, step, sha256: digest, layers }: StepRecord,
  sample: number,
): Promise<NetworkSample> {
  const path = join(stepFolderOf(store, model, step), `sample${sample}.npy`);
  try {
    const linked = linkedFromEdges(parseEdges(await readBytes(path)), layers);
    return { model, step, sample, digest, linked, network: sampledNetwork(linked) };
  } catch (error) {
    const { message } = error as Error;
    const what = error instanceof Deno.errors.NotFound ? "it is not there" : message;
    throw new Error(`${path} can't be read: ${what}; extract the networks again`);
  }
}

function parseEdges({ buffer }: Uint8Array<ArrayBuffer>): Float64Array {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(buffer);
  } catch {
    // What a library finds inside a damaged file helps nobody.
    throw new Error("it is no whole .npy file");
  }
  const { data, shape, dtype, fortranOrder } = parsed;
  const isTable = Array.isArray(shape) && shape.length === 2 && shape[1] === 3 && !fortranOrder;
  if (!(data instanceof Float64Array) || !isTable) {
    const order = fortranOrder ? " column by column" : "";
    throw new Error(
      `it holds ${shown(dtype)} of shape ${shown(shape)}${order}, not float64 rows [x, y, w]`,
    );
  }
  if (data.length === 3 * shape[0]!) return data;
  throw new Error(`it holds ${data.length} numbers, not the ${3 * shape[0]!} of its header`);
}
