/** Sampled networks on disk, in the published code's layout, so that each can read the other's. */

import { join } from "node:path";
import { dump, parse } from "npyjs";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { shown } from "../../messages/shown.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { edgeList, linkedFromEdges } from "../../networks/edge_list.ts";
import type { NetworkSample } from "../../networks/sample_networks.ts";
import { sampledNetwork } from "../../networks/network.ts";
import { firstDifference, type NetworkOptions } from "../analysis_options.ts";
import { loadRecord, stepFolderOf } from "./step_record.ts";
import type { StepRecord } from "../stored_records.ts";
import { readBytes } from "../../files/read_file.ts";

/**
 * Write a sampled network as `<store>/<model>/step<N>/sample<k>.npy`: float64, rows `[x, y, w]` with the published
 * code's node ids and order.
 */
export async function storeNetwork(store: string, sample: NetworkSample): Promise<void> {
  const rows = edgeList(sample.linked);
  const bytes = new Uint8Array(dump(rows, [rows.length / 3, 3]));
  await writeWholeFile(
    join(stepFolderOf(store, sample.model, sample.step), `sample${sample.sample}.npy`),
    bytes,
  );
}

/**
 * Read a stored network.
 *
 * @throws {Error} If the file is missing, is no table of edges, or its edges are not of such a model.
 */
export async function loadNetwork(
  store: string,
  record: StepRecord,
  sample: number,
): Promise<NetworkSample> {
  const path = join(stepFolderOf(store, record.model, record.step), `sample${sample}.npy`);
  try {
    const bytes = await readBytes(path);
    const { data, shape, dtype, fortranOrder } = parseNpy(bytes.buffer);
    const isTable = Array.isArray(shape) && shape.length === 2 && shape[1] === 3 && !fortranOrder;
    if (!(data instanceof Float64Array) || !isTable) {
      const order = fortranOrder ? " column by column" : "";
      throw new Error(
        `it holds ${shown(dtype)} of shape ${shown(shape)}${order}, not float64 rows [x, y, w]`,
      );
    }
    if (data.length !== 3 * shape[0]!) {
      throw new Error(`it holds ${data.length} numbers, not the ${3 * shape[0]!} of its header`);
    }
    const { model, step, sha256: digest } = record;
    const linked = linkedFromEdges(data, record.layers);
    return { model, step, sample, digest, linked, network: sampledNetwork(linked) };
  } catch (error) {
    const what = error instanceof Deno.errors.NotFound
      ? "it is not there"
      : (error as Error).message;
    throw new Error(`${path} can't be read: ${what}; extract the networks again`);
  }
}

/** What a library finds inside a damaged file helps nobody. */
function parseNpy(bytes: ArrayBuffer): ReturnType<typeof parse> {
  try {
    return parse(bytes);
  } catch {
    throw new Error("it is no whole .npy file");
  }
}

/** Whether a step's networks are there, of the same checkpoint and the same options. */
export async function hasStoredStep(
  store: string,
  checkpoint: Checkpoint,
  options: NetworkOptions,
): Promise<boolean> {
  const record = await loadRecord(store, checkpoint.model, checkpoint.step!);
  return record !== null && firstDifference(record.options, options) === null &&
    record.sha256 === await checkpoint.digest();
}
