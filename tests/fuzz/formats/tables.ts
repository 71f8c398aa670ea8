import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  evolutionFile,
  findRecord,
  nodesFile,
  readComparisonRecord,
} from "../../../lib/runs/nfd/nfd_files.ts";
import { compareNfd } from "../../../lib/runs/nfd/compare_nfd.ts";
import { readModelTables, tablePaths } from "../../../lib/runs/tables.ts";
import { analyzeRun } from "../../../lib/runs/units/analyze_run.ts";
import { tinyOptions, writeTinyRun } from "../../runs/tiny_run.ts";
import { type Files, filesIn, type Format, type Opener, textOf, writeFiles } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";
import { tableMutators } from "../mutators/table_mutators.ts";

/** Two names of one tiny model. */
const models = ["nano-8", "nano-9"] as const;

/** The tables of a tiny model under both names, with and without a null model. */
async function measured(folder: string, under: string): Promise<Files[]> {
  const runs: string[] = [];
  for (const model of models) {
    runs.push(join(folder, model));
    await Deno.rename(await writeTinyRun(join(folder, "run"), [0, 4]), join(folder, model));
  }
  const seeds: Files[] = [];
  for (const change of [{}, { null: "permute", nullDraws: 1 }] as const) {
    const out = await Deno.makeTempDir({ dir: folder });
    const options = tinyOptions({ edges: "all", ...change });
    const place = { out, store: join(folder, "none") };
    for (const run of runs) await analyzeRun(run, { options }, place);
    await compareNfd(models, { out });
    const files = await filesIn(out);
    seeds.push(new Map([...files].filter(([path]) => path.startsWith(under))));
  }
  return seeds;
}

/** `run.json` with the digests of the tables as they are. */
function withFittingDigests(files: Files): Files {
  const paths = tablePaths("", "nano-8");
  try {
    const record = JSON.parse(textOf(files.get(paths.record)));
    for (const table of ["emergence", "spectra", "samples"] as const) {
      const hash = createHash("sha256").update(textOf(files.get(paths[table])));
      record.tables[table] = hash.digest("hex");
    }
    return new Map(files).set(paths.record, new TextEncoder().encode(JSON.stringify(record)));
  } catch {
    return files;
  }
}

async function startTables(
  folder: string,
  damages: (path: string) => boolean,
): Promise<Opener> {
  return {
    seeds: await measured(folder, "emergence"),
    damages,
    signed: withFittingDigests,
    async open(files, folder) {
      await writeFiles(files, folder);
      return await readModelTables(folder, "nano-8");
    },
  };
}

const names = /nano-[89]|comparisons/;

/** `run.json` beside a model's tables. */
export const runRecord: Format = {
  name: "run.json",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators],
  names,
  start: (folder) => startTables(folder, (path) => path.endsWith("nano-8/run.json")),
};

/** A model's tables of E, spectra and samples. */
export const tables: Format = {
  name: "tables",
  mutators: [...byteMutators, ...tableMutators, ...tableMutators],
  names,
  start: (folder) => startTables(folder, (path) => /nano-8.*\.csv$/.test(path)),
};

async function startDimensions(
  folder: string,
  damages: (path: string) => boolean,
): Promise<Opener> {
  return {
    seeds: await measured(folder, "nfd"),
    damages,
    async open(files, folder) {
      await writeFiles(files, folder);
      const record = await findRecord(folder, "nano-8");
      const comparison = await readComparisonRecord(folder);
      const place = { model: "nano-8", sample: 0 };
      return {
        ...{ model: record?.model, size: record?.modelSize, checkpoints: record?.checkpoints },
        steps: comparison.steps,
        nodes: await nodesFile.read(folder, { ...place, step: 4 }),
        evolution: await evolutionFile.read(folder, place),
        compared: await compareNfd(models, { out: folder }),
      };
    },
  };
}

/** The records beside the tables of node fractal dimensions. */
export const dimensionRecords: Format = {
  name: "nfd records",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators],
  names,
  start: (folder) => startDimensions(folder, (path) => path.endsWith(".json")),
};

/** The tables of node fractal dimensions. */
export const dimensionTables: Format = {
  name: "nfd tables",
  mutators: [...byteMutators, ...tableMutators, ...tableMutators],
  names,
  start: (folder) =>
    startDimensions(folder, (path) => /nfd_(nano-8_step4|evolution_nano-8)_sample0/.test(path)),
};
