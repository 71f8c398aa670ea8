/** From a plan's units to the tables of node fractal dimensions. */
import { join } from "node:path";
import { namesIn } from "../../files/names_in.ts";
import { fullNetworkDimensions } from "../../multifractal/full_network_spectrum.ts";
import type { MeasuredPart } from "../../multifractal/measure_full_network_part.ts";
import { nodeFractalDimensionStatistics } from "../../multifractal/node_fractal_dimension_statistics.ts";
import {
  type NodeFractalDimensionEvolutionRow,
  type NodeFractalDimensionRow,
  nodeFractalDimensionTable,
} from "../../multifractal/node_fractal_dimension_tables.ts";
import { type SampleNumber, sampleWords } from "../../multifractal/sample_number.ts";
import { isFull } from "../full_analysis_options.ts";
import { evolutionFile, modelFolder, nodesFile } from "../node_fractal_dimension_files.ts";
import { removeRecord, writeRecord } from "../node_fractal_dimension_record.ts";
import { type MeasuredSample, nodeRows } from "./measured_sample.ts";
import type { RunPlan } from "./run_plan.ts";
import { type ReadStep, unitsByStep } from "./units_by_step.ts";
import { removeFile } from "../../files/remove_file.ts";

/** Most neurons of a full network that get a row each, 15 MB of text a step; the statistics are over all of any network. */
const MOST_NODE_ROWS = 200_000;

/**
 * Write the tables of node fractal dimensions of a run, its `run.json` at last.
 *
 * @param out Folder of the results.
 * @param plan What was measured.
 * @param read Reads the units of a step.
 * @returns For each sample, the statistics of each step.
 * @throws {Error} If a unit cannot be read, or no node of a network can have a dimension.
 */
export async function writeNodeTables(
  out: string,
  plan: RunPlan,
  read: ReadStep,
): Promise<NodeFractalDimensionEvolutionRow[][]> {
  const { model, nodes: record } = plan;
  const { options } = record!;
  const evolution = new Map<SampleNumber, NodeFractalDimensionEvolutionRow[]>();
  let isFirst = true;
  for (const { step, units } of unitsByStep(plan)) {
    const values = await read(units);
    const networks: [SampleNumber, NodeFractalDimensionRow[]][] = isFull(options)
      ? [["full", rowsOfParts(values as MeasuredPart[])]]
      : (values as MeasuredSample[]).map((
        { nodes },
        i,
      ) => [units[i]!.part.index, nodeRows(nodes!, plan.layers)]);
    for (const [sample, rows] of networks) {
      const statistics = statisticsOf(rows, options, `${model} step ${step} ${wordsOf(sample)}`);
      evolution.set(sample, [...evolution.get(sample) ?? [], { step, ...statistics }]);
      // What it tells is no longer true once the first table is replaced, and no table of other options may stay beside these.
      if (isFirst) {
        await removeRecord(out, model);
        await removeTables(out, model);
        isFirst = false;
      }
      if (sample !== "full" || rows.length <= MOST_NODE_ROWS) {
        await nodesFile.write(out, { model, step, sample }, rows);
      }
    }
  }
  for (const [sample, rows] of evolution) {
    await evolutionFile.write(out, { model, sample }, rows);
  }
  await writeRecord(out, record!);
  return [...evolution.values()];
}

function rowsOfParts(parts: readonly MeasuredPart[]): NodeFractalDimensionRow[] {
  const layers = parts.map(({ layer }) => layer.layer);
  return nodeFractalDimensionTable({ layers }, fullNetworkDimensions(parts));
}

function wordsOf(sample: SampleNumber): string {
  return sample === "full" ? "full network" : sampleWords(sample);
}

function statisticsOf(
  rows: readonly NodeFractalDimensionRow[],
  { includeStructural }: { readonly includeStructural: boolean },
  whose: string,
) {
  try {
    return nodeFractalDimensionStatistics(rows, { includeStructural });
  } catch (error) {
    throw new Error(`${whose}: ${(error as Error).message}`, { cause: error });
  }
}

async function removeTables(out: string, model: string): Promise<void> {
  const folder = modelFolder(out, model);
  for (const name of await namesIn(folder)) {
    if (/^nfd_.*\.csv$/.test(name)) await removeFile(join(folder, name));
  }
}
