/** From one network to its table of node fractal dimensions. */
import { openRun } from "../checkpoints/open_run.ts";
import {
  type NodeFractalDimensionOptions,
  nodeFractalDimensions,
} from "../multifractal/node_fractal_dimension.ts";
import {
  type NodeFractalDimensionRow,
  nodeFractalDimensionTable,
} from "../multifractal/node_fractal_dimension_tables.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import {
  type NetworkSample,
  sampleNetworks,
  type SampleNetworksOptions,
} from "../networks/sample_networks.ts";
import { nodesFile } from "./node_fractal_dimension_files.ts";
import {
  differingOption,
  findRecord,
  type RecordedOptions,
} from "./node_fractal_dimension_record.ts";

/** What decides the table of a network, as published but for the rows of a neuron's query, key and value. */
export const NETWORK_DEFAULTS = {
  layerSample: 32,
  qkv: "per-head",
  threshold: 200,
  minimumEdges: 10,
  digits: 0,
} as const;

/** Which network of a model, how it is measured, and where its table goes. */
export interface SaveNodeFractalDimensionOptions
  extends Pick<SampleNetworksOptions, "layerSample" | "qkv">, NodeFractalDimensionOptions {
  /** Folder of the results; the table goes to `<out>/nfd/<model>/`. */
  readonly out: string;
  /** The training step. */
  readonly step: number;
  /** The number of the sample; 0 unless given. */
  readonly sample?: number;
}

/**
 * Measure the node fractal dimensions of one network and write them as
 * `nfd/<model>/nfd_<model>_step<N>_sample<k>.csv` under `out`.
 *
 * @param name What {@linkcode openRun} opens.
 * @param options Which network, and how it is measured.
 * @returns The rows of the table.
 * @throws {Error} If the step is not there or cannot be measured, or the folder holds the model's tables for other options.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { saveNodeFractalDimension } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const rows = await saveNodeFractalDimension("suite:nano-64", { step: 512, out });
 * assert.equal(rows.length, 1024);
 * assert.ok((await Deno.stat(`${out}/nfd/nano-64/nfd_nano-64_step512_sample0.csv`)).isFile);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function saveNodeFractalDimension(
  name: string,
  options: SaveNodeFractalDimensionOptions,
): Promise<NodeFractalDimensionRow[]> {
  refuseUnknownOptions("saveNodeFractalDimension", options, [
    ...["out", "step", "sample", "layerSample", "qkv", "threshold", "minimumEdges", "digits"],
  ]);
  const { out, step, sample = 0, ...given } = options;
  if (!(Number.isInteger(sample) && sample >= 0)) {
    throw new RangeError(`sample must be an integer from 0, but it is ${sample}`);
  }
  const { layerSample, qkv, ...measuring } = { ...NETWORK_DEFAULTS, ...given };
  const run = await openRun(name);
  await refuseMixture(out, run.model, { layerSample, qkv, ...measuring });
  let rows: NodeFractalDimensionRow[] = [];
  const sampling = { samples: sample + 1, steps: [step], layerSample, qkv };
  for await (const drawn of sampleNetworks(run, sampling)) {
    if (drawn.sample !== sample) continue;
    rows = measureNetwork(drawn, measuring);
    await nodesFile.write(out, { model: run.model, step, sample }, rows);
  }
  return rows;
}

/** The table of a sampled network. */
export function measureNetwork(
  { network }: NetworkSample,
  options: NodeFractalDimensionOptions,
): NodeFractalDimensionRow[] {
  return nodeFractalDimensionTable(network, nodeFractalDimensions(network, options));
}

/** A table measured in another way, among those that a `run.json` describes, would be taken for one of them. */
async function refuseMixture(out: string, model: string, options: RecordedOptions): Promise<void> {
  const record = await findRecord(out, model);
  const name = record ? differingOption(options, record.options) : undefined;
  if (name === undefined) return;
  throw new Error(
    `${out} holds tables of ${model} measured with ${name} ${record!.options[name]}, ` +
      `not ${options[name]}; choose another folder or the same option`,
  );
}
