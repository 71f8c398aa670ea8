/** From the name of a model to its tables of node fractal dimensions. */
import type { CheckpointRun } from "../checkpoints/checkpoint.ts";
import { countWeights } from "../checkpoints/count_weights.ts";
import { openRun } from "../checkpoints/open_run.ts";
import type { NodeFractalDimensionOptions } from "../multifractal/node_fractal_dimension.ts";
import {
  nodeFractalDimensionStatistics,
  type NodeFractalDimensionStatisticsOptions,
} from "../multifractal/node_fractal_dimension_statistics.ts";
import type {
  NodeFractalDimensionEvolutionRow,
  NodeFractalDimensionRow,
} from "../multifractal/node_fractal_dimension_tables.ts";
import { refuseUnknownOptions } from "../networks/refuse_unknown_options.ts";
import {
  type NetworkSample,
  sampleNetworks,
  type SampleNetworksOptions,
} from "../networks/sample_networks.ts";
import { evolutionFile, nodesFile } from "./node_fractal_dimension_files.ts";
import { removeRecord, writeRecord } from "./node_fractal_dimension_record.ts";
import { measureNetwork, NETWORK_DEFAULTS } from "./save_node_fractal_dimension.ts";

/** How networks are sampled and measured, and where the tables go. */
export interface AnalyzeNodeFractalDimensionOptions
  extends
    SampleNetworksOptions,
    NodeFractalDimensionOptions,
    NodeFractalDimensionStatisticsOptions {
  /** Folder of the results; tables go to `<out>/nfd/<model>/`. */
  readonly out: string;
  /** Called after each network with the networks measured and their number in all. */
  readonly onNetwork?: (measured: number, total: number) => void;
}

/** What was measured of one model. */
export interface ModelNodeFractalDimensions {
  /** The model's name, as in the names of its tables. */
  readonly model: string;
  /** Number of weights, counted in the first checkpoint. */
  readonly modelSize: number;
  /** For each sample, the statistics of each step. */
  readonly evolution: readonly (readonly NodeFractalDimensionEvolutionRow[])[];
}

const DEFAULTS = { samples: 10, ...NETWORK_DEFAULTS, includeStructural: false } as const;

/**
 * Measure the node fractal dimensions of all networks of a model and write them to `<out>/nfd/<model>/`: a table of each
 * network as it is measured, `nfd_evolution_<model>_sample<k>.csv` of each sample, and at last a `run.json` with what
 * decided them.
 *
 * @param name What {@linkcode openRun} opens.
 * @param options How to sample and measure, and where the tables go.
 * @throws {Error} If a step asked for is not there, a checkpoint cannot be measured, or a network has no node that can have a dimension.
 * @throws {RangeError} If an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { analyzeNodeFractalDimension } from "neuromfa";
 *
 * const out = await Deno.makeTempDir();
 * const { evolution } = await analyzeNodeFractalDimension("suite:nano-64", {
 *   out,
 *   samples: 1,
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
  { out, onNetwork, ...given }: AnalyzeNodeFractalDimensionOptions,
): Promise<ModelNodeFractalDimensions> {
  refuseUnknownOptions("analyzeNodeFractalDimension", given, [...Object.keys(DEFAULTS), "steps"]);
  const { steps: asked, ...options } = { ...DEFAULTS, ...given };
  const { samples, layerSample, qkv, threshold, minimumEdges, digits, includeStructural } = options;
  const run = await openRun(name);
  const { model } = run;
  const steps = stepsOf(run, asked);
  const modelSize = countWeights((await run.checkpoint(steps[0]!)).tensors);
  const rows = new Map<number, NodeFractalDimensionEvolutionRow[]>();
  const digests = new Map<number, string>();
  let measured = 0;
  for await (const drawn of sampleNetworks(run, { samples, layerSample, qkv, steps })) {
    const { step, sample, digest } = drawn;
    const nodes = measureNetwork(drawn, { threshold, minimumEdges, digits });
    const row = { step, ...statistics(drawn, nodes, { includeStructural }) };
    // What it tells is no longer true once the first table is replaced.
    if (measured === 0) await removeRecord(out, model);
    await nodesFile.write(out, { model, step, sample }, nodes);
    rows.set(sample, [...rows.get(sample) ?? [], row]);
    digests.set(step, digest);
    onNetwork?.(++measured, steps.length * samples);
  }
  for (const [sample, own] of rows) await evolutionFile.write(out, { model, sample }, own);
  await writeRecord(out, {
    model,
    model_size: modelSize,
    options,
    checkpoints: Array.from(digests, ([step, sha256]) => ({ step, sha256 })),
  });
  return { model, modelSize, evolution: [...rows.values()] };
}

/** The steps to measure, ascending; one that is missing is refused before anything is measured. */
function stepsOf({ model, source, steps }: CheckpointRun, asked = steps): number[] {
  const wanted = [...new Set(asked)].sort((a, b) => a - b);
  const missing = wanted.filter((step) => !steps.includes(step));
  if (wanted.length > 0 && missing.length === 0) return wanted;
  const what = wanted.length === 0 ? "none was asked for" : `${missing.join(", ")} not there`;
  throw new Error(`steps of ${model}: ${what}; steps in ${source}: ${steps.join(", ")}`);
}

function statistics(
  { model, step, sample }: NetworkSample,
  nodes: readonly NodeFractalDimensionRow[],
  options: NodeFractalDimensionStatisticsOptions,
) {
  try {
    return nodeFractalDimensionStatistics(nodes, options);
  } catch (error) {
    const reason = (error as Error).message;
    throw new Error(`${model} step ${step} sample ${sample}: ${reason}`, { cause: error });
  }
}
