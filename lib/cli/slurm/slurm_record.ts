/** What was submitted: `slurm.json` under a folder of results. */

import * as v from "valibot";
import { ifThere } from "../../files/list_files.ts";
import { isPlainName } from "../../files/plain_name.ts";
import { readText } from "../../files/read_file.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { checkedJson } from "../../schemas/checked_value.ts";
import { some, texts, wholeNumber } from "../../schemas/pieces.ts";
import { slurmFolder } from "./job_scripts.ts";

/** A job that was submitted. */
export interface SubmittedJob {
  /** What Slurm calls it. */
  readonly id: string;
  /** The parts that its tasks measure; none for the job that merges. */
  readonly parts: readonly number[];
}

/** A run that was submitted. */
export interface SlurmRecord {
  /** The arguments as they were typed. */
  readonly arguments: readonly string[];
  /** The folder that relative paths in them start from. */
  readonly folder: string;
  /** How many parts the run has. */
  readonly parts: number;
  /** How many of them may run at once; all unless given. */
  readonly atOnce?: number;
  /** The names of the models in tables. */
  readonly models: readonly string[];
  /** Versions of what planned it, which measures and merges too. */
  readonly versions: Readonly<Record<string, string>>;
  /** The jobs in the order in which they were submitted. */
  readonly jobs: readonly SubmittedJob[];
}

const stored: v.GenericSchema<unknown, SlurmRecord> = v.object({
  arguments: v.array(v.string()),
  folder: v.string(),
  parts: wholeNumber(1),
  atOnce: v.exactOptional(wholeNumber(1)),
  models: some(v.pipe(v.string(), v.check((name) => isPlainName(name), "a name"))),
  versions: texts,
  jobs: v.array(v.object({
    id: v.pipe(v.string(), v.regex(/^\d+$/, "the number of a job")),
    parts: v.array(wholeNumber(1)),
  })),
});

/** Read what was submitted, `null` where nothing was. */
export async function readSlurmRecord(out: string): Promise<SlurmRecord | null> {
  const path = slurmFolder(out).record;
  const text = await ifThere(readText(path));
  return text === null ? null : checkedJson(text, stored, path, "remove it, and submit again");
}

/** Keep what was submitted. */
export async function writeSlurmRecord(out: string, record: SlurmRecord): Promise<void> {
  await writeWholeFile(slurmFolder(out).record, `${JSON.stringify(record, null, 2)}\n`);
}
