/** A run repeated from its `run.json`, and whether its tables are the same bytes. */

import { basename, dirname, join, resolve } from "node:path";
import { ifThere, namesIn } from "../files/list_files.ts";
import { readBytes } from "../files/read_file.ts";
import { sameBytes } from "../files/same_bytes.ts";
import { modelFolder } from "./nfd/nfd_files.ts";
import { versions } from "./run_record.ts";
import { readOrigin } from "./read_origin.ts";
import type { TablesRecord } from "./stored_records.ts";
import { isAsWritten, readRecord, tablePaths } from "./tables.ts";
import { analyzeRun, type AnalyzeRunOptions } from "./units/analyze_run.ts";
import { planRun } from "./units/plan_run.ts";

/** Where a run is repeated, and who hears of it. */
export interface RerunOptions
  extends
    Pick<AnalyzeRunOptions, "workers" | "signal" | "onNetwork" | "onWarning" | "onTransfer">,
    Pick<AnalyzeRunOptions, "onProgress"> {
  /** Folder that the tables go to; another than that of the run. */
  readonly out: string;
  /** The name of the model, where it is not what `run.json` says or that says none. */
  readonly name?: string | undefined;
}

/** What a repeated run has come to. */
export interface Rerun {
  readonly model: string;
  /** The tables that are the same bytes, by their names. */
  readonly same: readonly string[];
  /** The tables that are not, or are not there in one of the two. */
  readonly different: readonly string[];
}

/**
 * Repeat the run that a `run.json` describes: the same checkpoints by their digests, on a hub by their commits, with the same
 * options. The tables of E are compared by the digests that are recorded, which the files must have too where they are
 * there; those of node fractal dimensions with the files.
 *
 * @param path The `run.json` beside the tables of E of a model.
 * @throws {Error} If it says too little, or a checkpoint is another than it was.
 */
export async function rerun(path: string, options: RerunOptions): Promise<Rerun> {
  const { out, name: given, onWarning, ...access } = options;
  const record = await readOrigin(path), { model, source } = record;
  const name = given ?? source?.name;
  if (name === undefined) {
    throw new Error(
      `${path} does not say what the checkpoints of ${model} were found by, as where parts were merged; name the model ` +
        "by --model",
    );
  }
  const home = resolve(dirname(path), "..", "..");
  if (resolve(tablePaths(out, model).record) === resolve(path)) {
    throw new Error(`${out} holds the run that is repeated; choose another folder by --out`);
  }
  warnOfVersions(record, onWarning);
  const { stepsPattern, allowDuplicates, allowUnrelated, commits, networks } = source ?? {};
  const drawn = typeof record.options.baseline === "object";
  const place = {
    ...access,
    ...{ out, store: networks ?? join(out, "networks"), stepsPattern },
    ...allowDuplicates && { allowDuplicates },
    ...allowUnrelated && { allowUnrelated },
    ...onWarning && { onWarning },
    ...commits && { commits: new Map(commits.map(({ step, commit }) => [step, commit])) },
    steps: record.checkpoints.map(({ step }) => step).filter((step) => !drawn || step !== 0),
  };
  const { plan } = await planRun(name, { options: record.options }, place);
  if (plan.model !== model) {
    throw new Error(
      `${name} is the model ${plan.model}, and ${path} is of ${model}; name that by --model`,
    );
  }
  refuseOthers(path, record, plan.checkpoints);
  await analyzeRun(name, { options: record.options }, place);
  const again = await readRecord(out, model), paths = tablePaths(home, model);
  const same: string[] = [], different: string[] = [];
  for (const table of ["emergence", "spectra", "samples"] as const) {
    const file = basename(paths[table]), digest = record.tables[table];
    const isChanged = await isAsWritten(paths[table], digest) === false;
    (!isChanged && again.tables[table] === digest ? same : different).push(file);
  }
  const [before, now] = [home, out].map((folder) => modelFolder(folder, model));
  const isTable = (file: string) => /^nfd_.*\.csv$/.test(file);
  const files = (await namesIn(before!)).filter(isTable);
  if (files.length > 0) {
    for (const file of new Set([...files, ...(await namesIn(now!)).filter(isTable)].sort())) {
      const [one, other] = await Promise.all(
        [before!, now!].map((folder) => ifThere(readBytes(join(folder, file)))),
      );
      (one && other && sameBytes(one, other) ? same : different).push(file);
    }
  }
  return { model, same, different };
}

function warnOfVersions(
  { versions: then }: TablesRecord,
  onWarning: RerunOptions["onWarning"],
): void {
  const now = versions();
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])];
  const others = names.filter((name) => then[name] !== now[name])
    .map((name) => `${name} ${then[name] ?? "of no version"} then, ${now[name] ?? "none"} now`);
  if (others.length > 0) {
    onWarning?.(`versions differ, and tables may with them: ${others.join("; ")}`);
  }
}

function refuseOthers(
  path: string,
  { model, checkpoints }: TablesRecord,
  found: TablesRecord["checkpoints"],
): void {
  const others = checkpoints.filter(({ step, sha256 }) =>
    found.find((other) => other.step === step)?.sha256 !== sha256
  );
  const [first] = others;
  if (first === undefined) return;
  const now = found.find(({ step }) => step === first.step)?.sha256;
  const more = others.length === 1 ? "" : `, and ${others.length - 1} other steps`;
  throw new Error(
    `step ${first.step} of ${model} is another checkpoint than ${path} was made from: SHA-256 ${now}, not ` +
      `${first.sha256}${more}; get those checkpoints again, or name them by --model`,
  );
}
