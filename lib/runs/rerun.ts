/** A run repeated from its `run.json`, and whether its tables are the same bytes. */

import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { openRun } from "../checkpoints/open_run.ts";
import { exists, ifThere, namesIn } from "../files/list_files.ts";
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
    Pick<AnalyzeRunOptions, "onProgress" | "command"> {
  /** Folder that the tables go to; another than that of the run. */
  readonly out: string;
  /** What the checkpoints are found by, where it is not what `run.json` says or that says nothing. */
  readonly name?: string | undefined;
}

/** What a repeated run has come to. */
export interface Rerun {
  readonly model: string;
  /** The tables that are the same bytes, by their names. */
  readonly same: readonly string[];
  /** The tables that are not. */
  readonly different: readonly string[];
  /**
   * The tables that are not there beside the record, so that no bytes are compared. Those of E are as they were recorded: one
   * that is not is among the different ones.
   */
  readonly absent: readonly string[];
}

/**
 * Repeat the run that a `run.json` describes: the same checkpoints by their digests, on a hub by their commits, with the same
 * options. Every table must be the same bytes as the file that is there, and those of E must have the digests that are recorded,
 * whether their files are there or not.
 *
 * @param path The `run.json` beside the tables of E of a model.
 * @throws {Error} If it says too little or what cannot be, or a checkpoint is another than it was.
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
  if (given === undefined && isAbsolute(name) && !await exists(name)) {
    throw new Error(
      `${name}, where ${path} says that the checkpoints were, does not exist; say by --model where they are now`,
    );
  }
  const home = resolve(dirname(path), "..", "..");
  if (resolve(tablePaths(out, model).record) === resolve(path)) {
    throw new Error(`${out} holds the run that is repeated; choose another folder by --out`);
  }
  warnOfVersions(record, onWarning);
  const { stepsPattern, allowDuplicates, allowUnrelated, commits, networks } = source ?? {};
  const drawn = typeof record.options.baseline === "object", { weights } = record.options;
  // A folder may have another name now; the tables keep that of the record.
  const isMoved = given !== undefined && !/^(suite|hf):/.test(given) && await exists(given);
  const open = async (name: string) => ({
    ...await openRun(name, { stepsPattern, weights }),
    model,
  });
  const place = {
    ...access,
    ...{ out, store: networks ?? join(out, "networks"), stepsPattern },
    ...allowDuplicates && { allowDuplicates },
    ...allowUnrelated && { allowUnrelated },
    ...onWarning && { onWarning },
    ...isMoved && { open },
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
  const { threshold } = plan.emergence!;
  if (threshold !== record.threshold) {
    throw new Error(
      `${path} says that the threshold was ${record.threshold}, and its options and checkpoints give ${threshold}; it was ` +
        "changed after it was written, or another version wrote it",
    );
  }
  await analyzeRun(name, { options: record.options }, place);
  const again = await readRecord(out, model), paths = tablePaths(home, model);
  const same: string[] = [], different: string[] = [], absent: string[] = [];
  for (const table of ["emergence", "spectra", "samples"] as const) {
    const digest = record.tables[table], isWhole = await isAsWritten(paths[table], digest);
    const isSame = isWhole !== false && again.tables[table] === digest;
    (!isSame ? different : isWhole === null ? absent : same).push(basename(paths[table]));
  }
  const [before, now] = [home, out].map((folder) => modelFolder(folder, model));
  const [names, others] = await Promise.all([before!, now!].map(namesIn));
  const files = new Set([...names!, ...others!].filter((file) => /^nfd_.*\.csv$/.test(file)));
  for (const file of [...files].sort()) {
    const [one, other] = await Promise.all(
      [before!, now!].map((folder) => ifThere(readBytes(join(folder, file)))),
    );
    const isSame = one && other && sameBytes(one, other);
    (one === null ? absent : isSame ? same : different).push(file);
  }
  return { model, same, different, absent };
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
