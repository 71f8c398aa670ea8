/** From one network to its table of node fractal dimensions. */

import { measureNfd } from "../../nfd/nfd.ts";
import { type NfdRow, nfdTable } from "../../nfd/nfd_tables.ts";
import { given, number, type Option, text } from "../../options/option.ts";
import { readOptions } from "../../options/read_options.ts";
import type { OptionValues } from "../../options/options.ts";
import { firstDifference, networkOptions, type SampledOptions } from "../analysis_options.ts";
import { chooseSteps } from "../../checkpoints/choose_steps.ts";
import { openModelNetworks } from "../store/model_networks.ts";
import { findRecord, NFD_TABLE_OPTIONS, nodesFile } from "./nfd_files.ts";

/** What decides the table of one network. */
export type NfdTableOptions =
  & Pick<SampledOptions, "samples" | "layerSample" | "qkv" | "edges">
  & OptionValues<"nfdThreshold" | "digits" | "minimumEdges">
  & Partial<OptionValues<"weights">>;

/** Which network of a model, how it is measured, and where its table goes. */
export interface SaveNfdOptions {
  /** What decides the table; {@linkcode analysisOptions} completes it. */
  readonly options: NfdTableOptions;
  /** Folder of the results; the table goes to `<out>/nfd/<model>/`. */
  readonly out: string;
  /** Folder of stored networks, read where they are there. */
  readonly store: string;
  /** The training step. */
  readonly step: number;
  /** The number of the sample; 0 unless given. */
  readonly sample?: number;
}

const SAVE_NFD_OPTIONS = {
  options: given<NfdTableOptions>("an object of options", (value) => typeof value === "object", {
    help: "what decides the table",
  }) as Option<NfdTableOptions>,
  out: NFD_TABLE_OPTIONS.out,
  store: text({ help: "folder of stored networks" }) as Option<string>,
  step: NFD_TABLE_OPTIONS.step,
  // What it may be is known by the number of samples.
  sample: number({ help: "the number of the sample" }) as Option<number>,
};

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
 * import { analysisOptions } from "neuromfa";
 * import { type SampledOptions, saveNfd } from "neuromfa/runs";
 *
 * const out = await Deno.makeTempDir();
 * const options = analysisOptions({ samples: 1 }) as SampledOptions;
 * const place = { out, store: `${out}/networks`, step: 512 };
 * const rows = await saveNfd("suite:nano-64", { options, ...place });
 * assert.equal(rows.length, 1024);
 * assert.ok((await Deno.stat(`${out}/nfd/nano-64/nfd_nano-64_step512_sample0.csv`)).isFile);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function saveNfd(name: string, place: SaveNfdOptions): Promise<NfdRow[]> {
  readOptions("saveNfd", SAVE_NFD_OPTIONS, place);
  const { out, store, step, sample = 0 } = place;
  const { nfdThreshold, digits, minimumEdges } = place.options;
  const measuring = { nfdThreshold, digits, minimumEdges };
  const options = { ...networkOptions(place.options), ...measuring };
  if (!(Number.isInteger(sample) && sample >= 0 && sample < options.samples)) {
    throw new RangeError(`sample must be from 0 to ${options.samples - 1}, but it is ${sample}`);
  }
  const opened = await openModelNetworks(name, options, store, [step], {
    weights: place.options.weights,
  }, chooseSteps);
  const { model } = opened;
  await refuseMixture(out, model, options);
  for await (const { sample: number, network } of opened.networks()) {
    if (number !== sample) continue;
    const rows = nfdTable(network, measureNfd(network, measuring));
    await nodesFile.write(out, { model, step, sample }, rows);
    return rows;
  }
  return [];
}

/** A table measured in another way, among those that a `run.json` describes, would be taken for one of them. */
async function refuseMixture(out: string, model: string, options: object): Promise<void> {
  const record = await findRecord(out, model);
  const difference = record && firstDifference(options, record.options);
  if (!difference) return;
  const { name, values: [asked, there] } = difference;
  throw new Error(
    `${out} holds tables of ${model} measured with ${name} ${there}, not ${asked}; ` +
      "choose another folder or the same option",
  );
}
