/** From one network to its table of node fractal dimensions. */
import { nodeFractalDimensions } from "../multifractal/node_fractal_dimension.ts";
import {
  type NodeFractalDimensionRow,
  nodeFractalDimensionTable,
} from "../multifractal/node_fractal_dimension_tables.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import { openModelNetworks } from "./model_networks.ts";
import { nodesFile } from "./node_fractal_dimension_files.ts";
import {
  firstDifferentChoice,
  type NodeTableOptions,
  nodeTableOptions,
} from "./node_fractal_dimension_options.ts";
import { findRecord } from "./node_fractal_dimension_record.ts";
import { selectAnySteps } from "./select_steps.ts";

/** Which network of a model, how it is measured, and where its table goes. */
export interface SaveNodeFractalDimensionOptions {
  /** What decides the table; {@linkcode analysisOptions} completes it. */
  readonly options: NodeTableOptions;
  /** Folder of the results; the table goes to `<out>/nfd/<model>/`. */
  readonly out: string;
  /** Folder of stored networks, read where they are there. */
  readonly store: string;
  /** The training step. */
  readonly step: number;
  /** The number of the sample; 0 unless given. */
  readonly sample?: number;
}

/**
 * Measure the node fractal dimensions of one network and write them as
 * `nfd/<model>/nfd_<model>_step<N>_sample<k>.csv` under `out`.
 *
 * @param name What {@linkcode openRun} opens, or the name of a model in the store.
 * @returns The rows of the table.
 * @throws {Error} If the step is not there or cannot be measured, or the folder holds the model's tables of other options.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, saveNodeFractalDimension } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const options = analysisOptions({ samples: 1 });
 * const place = { out, store: `${out}/networks`, step: 512 };
 * const rows = await saveNodeFractalDimension("suite:nano-64", { options, ...place });
 * assert.equal(rows.length, 1024);
 * assert.ok((await Deno.stat(`${out}/nfd/nano-64/nfd_nano-64_step512_sample0.csv`)).isFile);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function saveNodeFractalDimension(
  name: string,
  given: SaveNodeFractalDimensionOptions,
): Promise<NodeFractalDimensionRow[]> {
  refuseUnknownOptions("saveNodeFractalDimension", given, [
    ...["options", "out", "store", "step", "sample"],
  ]);
  const { out, store, step, sample = 0 } = given;
  const options = nodeTableOptions(given.options);
  if (!(Number.isInteger(sample) && sample >= 0 && sample < options.samples)) {
    throw new RangeError(`sample must be from 0 to ${options.samples - 1}, but it is ${sample}`);
  }
  const { model, networks } = await openModelNetworks(
    name,
    options,
    store,
    [step],
    {},
    selectAnySteps,
  );
  await refuseMixture(out, model, options);
  let rows: NodeFractalDimensionRow[] = [];
  for await (const network of networks()) {
    if (network.sample !== sample) continue;
    rows = measureNetwork(network, options);
    await nodesFile.write(out, { model, step, sample }, rows);
    break;
  }
  return rows;
}

/** The table of a network. */
function measureNetwork(
  { network }: Pick<NetworkSample, "network">,
  { nfdThreshold: threshold, digits, minimumEdges }: Required<NodeTableOptions>,
): NodeFractalDimensionRow[] {
  const nodes = nodeFractalDimensions(network, { threshold, digits, minimumEdges });
  return nodeFractalDimensionTable(network, nodes);
}

/** A table measured in another way, among those that a `run.json` describes, would be taken for one of them. */
async function refuseMixture(
  out: string,
  model: string,
  options: Required<NodeTableOptions>,
): Promise<void> {
  const record = await findRecord(out, model);
  const difference = record && firstDifferentChoice<object>(options, record.options);
  if (!difference) return;
  const { name, values: [asked, there] } = difference;
  throw new Error(
    `${out} holds tables of ${model} measured with ${name} ${there}, not ${asked}; ` +
      "choose another folder or the same option",
  );
}
