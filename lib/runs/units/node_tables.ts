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
import { listDimensions } from "../../nfd/part_dimensions.ts";
import type { SampleNumber } from "../../multifractal/sample_number.ts";
import { isFull } from "../analysis_options.ts";
import { addRecord, evolutionFile, modelFolder, nodesFile } from "../nfd/nfd_files.ts";
import type { MeasuredSample } from "./measured_sample.ts";
import { type ReadStep, type RunPlan, unitsByStep } from "./run_plan.ts";

/** Most neurons of a full network that get a row each, 15 MB of text a step; the statistics are over all of any network. */
const MOST_NODE_ROWS = 200_000;

/**
 * Add the tables of node fractal dimensions of a run to files that are written together, its `run.json` at last, unless
 * only their statistics are wanted, which are returned. Tables of other options that are there are removed with it.
 */
export async function addNodeTables(
  files: FileSet | null,
  out: string,
  plan: RunPlan,
  read: ReadStep,
): Promise<NfdEvolutionRow[][]> {
  const { model, nodes: record } = plan;
  const { options } = record!, { includeStructural } = options;
  const evolution = new Map<SampleNumber, NfdEvolutionRow[]>();
  for (const name of files === null ? [] : await namesIn(modelFolder(out, model))) {
    if (/^nfd_.*\.csv$/.test(name)) files!.remove(join(modelFolder(out, model), name));
  }
  for (const { step, units } of unitsByStep(plan)) {
    const values = await read(units);
    const networks: [SampleNumber, NfdRow[]][] = isFull(options)
      ? [["full", rowsOfParts(values as MeasuredPart[])]]
      : (values as MeasuredSample[]).map(({ nodes }, i) => {
        const list = listDimensions(nodes!, 0)
          .map((node, i) => ({ ...node, layer: nodes!.layers[i]! }));
        return [units[i]!.part.index, nfdTable(plan, list)];
      });
    for (const [sample, rows] of networks) {
      const statistics = nfdStatistics(rows, { includeStructural });
      evolution.set(sample, [...evolution.get(sample) ?? [], { step, ...statistics }]);
      if (sample === "full" && rows.length > MOST_NODE_ROWS) continue;
      await files?.add(nodesFile.path(out, { model, step, sample }), nodesFile.format(rows));
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
