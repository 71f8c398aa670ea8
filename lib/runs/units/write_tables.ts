/** The tables of a plan: made of its units, or found as they were made. */

import { basename, dirname, join } from "node:path";
import { exists, namesIn, removePartials } from "../../files/list_files.ts";
import { FileSet } from "../../files/file_set.ts";
import { fullNetworkDimensions } from "../../multifractal/full_network_spectrum.ts";
import type { MeasuredPart } from "../../multifractal/measure_full_network_part.ts";
import type { SampleNumber } from "../../multifractal/spectra_tables.ts";
import {
  type NfdEvolutionRow,
  type NfdRow,
  nfdStatistics,
  nfdTable,
} from "../../nfd/nfd_tables.ts";
import { listDimensions } from "../../nfd/nfd.ts";
import { isFull, samplesOf } from "../analysis_options.ts";
import { addRecord, evolutionFile, hasRecord, modelFolder, nodesFile } from "../nfd/nfd_files.ts";
import type { NfdRecord } from "../stored_records.ts";
import {
  addModelTables,
  hasModelTables,
  type ModelTables,
  readModelTables,
  tablePaths,
} from "../tables.ts";
import { emergenceTables } from "./emergence_tables.ts";
import { type ReadStep, type RunPlan, unitsByStep, unitsOf } from "./run_plan.ts";
import type { MeasuredSample } from "./measured_sample.ts";
import { DamagedUnit, type MeasuredUnits } from "./unit_store.ts";

/** What an analysis has come to. */
export interface AnalyzedRun {
  /** What was planned. */
  readonly plan: RunPlan;
  /** The tables of E, and whether they were there; `null` where they are not wanted, or only a part of the run was measured. */
  readonly emergence: { readonly tables: ModelTables; readonly skipped: boolean } | null;
  /** The same for the node fractal dimensions of each sample over training. */
  readonly nodes: {
    readonly evolution: readonly (readonly NfdEvolutionRow[])[];
    readonly skipped: boolean;
  } | null;
  /** Units in all, and how many are still missing: none unless only a part was measured. */
  readonly units: { readonly total: number; readonly missing: number };
}

/** Reads units from the first of some stores that has them; rejects with a {@linkcode DamagedUnit} where none has. */
export function readerOf(stores: readonly MeasuredUnits[]): ReadStep {
  return (units) =>
    Promise.all(units.map(async (unit) => {
      for (const store of stores) {
        const value = await store.readMeasured(unit);
        if (value !== null) return value;
      }
      const path = stores[0]!.path(unit);
      throw new DamagedUnit(path, `${path} is not there`);
    }));
}

/** A plan's tables from its units, with nothing written. */
export async function tablesOf(plan: RunPlan, read: ReadStep): Promise<AnalyzedRun> {
  const tables = plan.emergence && await emergenceTables(plan, read);
  return analyzed(plan, tables, plan.nodes && await addNodeTables(null, "", plan, read), false);
}

/** Write a plan's tables from its units, all of them or none. */
export async function writeTables(
  out: string,
  plan: RunPlan,
  read: ReadStep,
): Promise<AnalyzedRun> {
  const { model } = plan;
  const tables = plan.emergence && await emergenceTables(plan, read);
  // A process that was killed while it wrote has left these; no other writes tables now.
  await removePartials(out);
  const { emergence, record } = tablePaths(out, model);
  await removePartials(dirname(emergence), basename(emergence));
  await removePartials(dirname(record));
  await removePartials(modelFolder(out, model));
  await using files = new FileSet();
  if (tables) await addModelTables(files, out, tables, plan.emergence!, plan.source);
  const evolution = plan.nodes && await addNodeTables(files, out, plan, read);
  await files.commit();
  return analyzed(plan, tables, evolution, false);
}

/** All tables of a plan, if they are there. */
export async function tablesThere(out: string, plan: RunPlan): Promise<AnalyzedRun | null> {
  const { model, emergence, nodes } = plan;
  if (emergence && !await hasModelTables(out, emergence)) return null;
  if (nodes && !await hasNodeTables(out, nodes)) return null;
  const evolution = nodes && await Promise.all(
    samplesOf(nodes.options).map((sample) => evolutionFile.read(out, { model, sample })),
  );
  return analyzed(plan, emergence && await readModelTables(out, model), evolution, true);
}

function analyzed(
  plan: RunPlan,
  tables: ModelTables | null,
  evolution: readonly (readonly NfdEvolutionRow[])[] | null,
  skipped: boolean,
): AnalyzedRun {
  return {
    plan,
    emergence: tables && { tables, skipped },
    nodes: evolution && { evolution, skipped },
    units: { total: unitsOf(plan).length, missing: 0 },
  };
}

async function hasNodeTables(out: string, record: NfdRecord): Promise<boolean> {
  const { model, options, checkpoints } = record;
  if (!await hasRecord(out, record)) return false;
  // The full network of a large model has no table of its nodes.
  const steps = isFull(options) ? [] : checkpoints.map(({ step }) => step);
  const paths = samplesOf(options).flatMap((sample) => [
    evolutionFile.path(out, { model, sample }),
    ...steps.map((step) => nodesFile.path(out, { model, step, sample })),
  ]);
  return (await Promise.all(paths.map(exists))).every((isThere) => isThere);
}

/** Most neurons of a full network that get a row each, 15 MB of text a step; the statistics are over all of any network. */
const MOST_NODE_ROWS = 200_000;

/** Add a run's tables of node fractal dimensions to files, if any, in place of those there; returns their statistics. */
async function addNodeTables(
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
