/** From a plan's units to the tables of node fractal dimensions. */

import { join } from "node:path";
import type { FileSet } from "../../files/file_set.ts";
import { namesIn } from "../../files/list_files.ts";
import { fullNetworkDimensions } from "../../multifractal/full_network_spectrum.ts";
import type { MeasuredPart } from "../../multifractal/measure_full_network_part.ts";
import {
  type NfdEvolutionRow,
  type NfdRow,
  nfdStatistics,
  nfdTable,
} from "../../nfd/nfd_tables.ts";
import type { SampleNumber } from "../../multifractal/spectra_tables.ts";
import { isFull } from "../analysis_options.ts";
import { evolutionFile, modelFolder, nodesFile } from "../nfd/nfd_files.ts";
import { addRecord } from "../nfd/nfd_record.ts";
import { type MeasuredSample, nodeRows } from "./measured_sample.ts";
import type { RunPlan } from "./run_plan.ts";
import { type ReadStep, unitsByStep } from "./units_by_step.ts";

/** Most neurons of a full network that get a row each, 15 MB of text a step; the statistics are over all of any network. */
const MOST_NODE_ROWS = 200_000;

/**
 * Add the tables of node fractal dimensions of a run to files that are written together, its
 * `run.json` at last. Tables of other options that are there are removed with it.
 *
 * @param files Where they are added; `null` where only the statistics are wanted.
 * @param out Folder of the results.
 * @param plan What was measured.
 * @param read Reads the units of a step.
 * @returns For each sample, the statistics of each step.
 * @throws {Error} If a unit cannot be read or a table cannot be written.
 */
export async function addNodeTables(
  files: FileSet | null,
  out: string,
  plan: RunPlan,
  read: ReadStep,
): Promise<NfdEvolutionRow[][]> {
  const { model, nodes: record } = plan;
  const { options } = record!;
  const evolution = new Map<SampleNumber, NfdEvolutionRow[]>();
  if (files !== null) {
    const folder = modelFolder(out, model);
    for (const name of await namesIn(folder)) {
      if (/^nfd_.*\.csv$/.test(name)) files.remove(join(folder, name));
    }
  }
  for (const { step, units } of unitsByStep(plan)) {
    const values = await read(units);
    const networks: [SampleNumber, NfdRow[]][] = isFull(options)
      ? [["full", rowsOfParts(values as MeasuredPart[])]]
      : (values as MeasuredSample[]).map((
        { nodes },
        i,
      ) => [units[i]!.part.index, nodeRows(nodes!, plan.layers)]);
    for (const [sample, rows] of networks) {
      const { includeStructural } = options;
      const statistics = nfdStatistics(rows, { includeStructural });
      evolution.set(sample, [...evolution.get(sample) ?? [], { step, ...statistics }]);
      if (files !== null && (sample !== "full" || rows.length <= MOST_NODE_ROWS)) {
        await files.add(nodesFile.path(out, { model, step, sample }), nodesFile.format(rows));
      }
    }
  }
  if (files === null) return [...evolution.values()];
  for (const [sample, rows] of evolution) {
    await files.add(evolutionFile.path(out, { model, sample }), evolutionFile.format(rows));
  }
  await addRecord(files, out, record!);
  return [...evolution.values()];
}

function rowsOfParts(parts: readonly MeasuredPart[]): NfdRow[] {
  const layers = parts.map(({ layer }) => layer.layer);
  return nfdTable({ layers }, fullNetworkDimensions(parts));
}
