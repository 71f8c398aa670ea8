/** From the name of a model to its tables of node fractal dimensions. */
import { join } from "node:path";
import { exists } from "../files/exists.ts";
import {
  nodeFractalDimensionStatistics,
  type NodeFractalDimensionStatisticsOptions,
} from "../multifractal/node_fractal_dimension_statistics.ts";
import type {
  NodeFractalDimensionEvolutionRow,
  NodeFractalDimensionRow,
} from "../multifractal/node_fractal_dimension_tables.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import type { NetworkSample } from "../networks/sample_networks.ts";
import { openModelNetworks } from "./model_networks.ts";
import { evolutionFile, modelFolder, nodesFile } from "./node_fractal_dimension_files.ts";
import type { RunAccess } from "./open_selected_run.ts";
import { type NodeTablesOptions, nodeTablesOptions } from "./node_fractal_dimension_options.ts";
import {
  hasRecord,
  type NodeFractalDimensionRecord,
  removeRecord,
  writeRecord,
} from "./node_fractal_dimension_record.ts";
import { versions } from "./run_record.ts";
import { measureNetwork } from "./save_node_fractal_dimension.ts";
import { selectAnySteps } from "./select_steps.ts";

/** How networks are measured, where tables go, and whom the analysis tells. */
export interface AnalyzeNodeFractalDimensionOptions extends RunAccess {
  /** What decides the tables; {@linkcode analysisOptions} completes it. */
  readonly options: NodeTablesOptions;
  /** Folder of the results; tables go to `<out>/nfd/<model>/`. */
  readonly out: string;
  /** Folder of stored networks, read where they are there. */
  readonly store: string;
  /** The steps to measure; default all. */
  readonly steps?: readonly number[] | undefined;
  /** Leave tables alone that were made from the same checkpoints by the same options and versions. */
  readonly skipExisting?: boolean;
  /** Called after each network with the networks measured and their number in all. */
  readonly onNetwork?: (measured: number, total: number) => void;
}

/** What was measured of one model. */
export interface AnalyzedNodeFractalDimension {
  /** What the tables were made from, the model's name and size among it. */
  readonly record: NodeFractalDimensionRecord;
  /** For each sample, the statistics of each step. */
  readonly evolution: readonly (readonly NodeFractalDimensionEvolutionRow[])[];
  /** Whether nothing was computed because the tables were there. */
  readonly skipped: boolean;
}

/**
 * Measure the node fractal dimensions of all networks of a model and write them to `<out>/nfd/<model>/`: a table of each
 * network as it is measured, `nfd_evolution_<model>_sample<k>.csv` of each sample, and at last a `run.json` with what
 * decided them.
 *
 * @param name What {@linkcode openRun} opens, or the name of a model in the store.
 * @throws {Error} If a step asked for is not there, a network cannot be read or measured, or has no node that can have a dimension.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analysisOptions, analyzeNodeFractalDimension } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const { evolution } = await analyzeNodeFractalDimension("suite:nano-64", {
 *   options: analysisOptions({ samples: 1 }),
 *   out,
 *   store: `${out}/networks`,
 *   steps: [0, 512],
 * });
 * assert.ok(evolution[0]![0]!.mean > 0);
 * const table = await Deno.readTextFile(`${out}/nfd/nano-64/nfd_evolution_nano-64_sample0.csv`);
 * assert.match(table, /^step,mean,median,std,min,max,range,count\n0,/);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function analyzeNodeFractalDimension(
  name: string,
  given: AnalyzeNodeFractalDimensionOptions,
): Promise<AnalyzedNodeFractalDimension> {
  refuseUnknownOptions("analyzeNodeFractalDimension", given, [
    ...["options", "out", "store", "steps", "skipExisting", "onNetwork"],
    ...["allowDuplicates", "onWarning", "onTransfer", "onProgress"],
  ]);
  const { out, store, skipExisting = false, onNetwork } = given;
  const options = nodeTablesOptions(given.options);
  const opened = await openModelNetworks(name, options, store, given.steps, given, selectAnySteps);
  const { model, weights: model_size, digests } = opened;
  const checkpoints = Array.from(digests, ([step, sha256]) => ({ step, sha256 }));
  const record = { model, model_size, options, checkpoints, versions: versions() };
  if (skipExisting && await hasTables(out, record)) {
    return { record, evolution: await readEvolutions(out, record), skipped: true };
  }
  const evolution: NodeFractalDimensionEvolutionRow[][] = [];
  let measured = 0;
  for await (const network of opened.networks()) {
    const { step, sample } = network;
    const nodes = measureNetwork(network, options);
    (evolution[sample] ??= []).push({ step, ...statistics(network, nodes, options) });
    // What it tells is no longer true once the first table is replaced, and no table of other options may stay beside these.
    if (measured === 0) {
      await removeRecord(out, model);
      await removeTables(out, model);
    }
    await nodesFile.write(out, { model, step, sample }, nodes);
    measured++;
    onNetwork?.(measured, checkpoints.length * options.samples);
  }
  for (const [sample, rows] of evolution.entries()) {
    await evolutionFile.write(out, { model, sample }, rows);
  }
  await writeRecord(out, record);
  return { record, evolution, skipped: false };
}

async function removeTables(out: string, model: string): Promise<void> {
  const folder = modelFolder(out, model);
  const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  for (const name of names) {
    if (/^nfd_.*\.csv$/.test(name)) await Deno.remove(join(folder, name));
  }
}

async function hasTables(out: string, record: NodeFractalDimensionRecord): Promise<boolean> {
  const { model, options: { samples }, checkpoints } = record;
  if (!await hasRecord(out, record)) return false;
  const paths = Array.from({ length: samples }, (_, sample) => [
    evolutionFile.path(out, { model, sample }),
    ...checkpoints.map(({ step }) => nodesFile.path(out, { model, step, sample })),
  ]).flat();
  for (const path of paths) {
    if (!await exists(path)) return false;
  }
  return true;
}

function readEvolutions(
  out: string,
  { model, options: { samples } }: NodeFractalDimensionRecord,
): Promise<NodeFractalDimensionEvolutionRow[][]> {
  const places = Array.from({ length: samples }, (_, sample) => ({ model, sample }));
  return Promise.all(places.map((place) => evolutionFile.read(out, place)));
}

function statistics(
  { model, step, sample }: NetworkSample,
  nodes: readonly NodeFractalDimensionRow[],
  { includeStructural }: Required<NodeFractalDimensionStatisticsOptions>,
) {
  try {
    return nodeFractalDimensionStatistics(nodes, { includeStructural });
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`${model} step ${step} sample ${sample}: ${reason}`, { cause: error });
  }
}
