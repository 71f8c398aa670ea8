/** `deno task neuromfa slurm`: from flags to jobs. */

import { join, resolve } from "node:path";
import { namesIn } from "../../files/list_files.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { versions } from "../../runs/run_record.ts";
import { planFolder } from "../../runs/units/open_plan.ts";
import { planDifference } from "../../runs/units/plan_difference.ts";
import { planRun } from "../../runs/units/plan_run.ts";
import { type RunPlan, unitsByShard, unitsOf } from "../../runs/units/run_plan.ts";
import { isPlanFile, planFile, readPlan } from "../../runs/units/stored_plan.ts";
import { unitsFolder } from "../../runs/units/unit_store.ts";
import { analysisOf } from "../commands.ts";
import { namesOfModels } from "../names_of_models.ts";
import { FlagError, parseFlags } from "../parse_flags.ts";
import { withBar } from "../progress_bar.ts";
import { commandLine, shellWord } from "../shell_word.ts";
import { jobScript, logPaths, mergeScript, sbatchArguments, slurmFolder } from "./job_scripts.ts";
import { measureArguments, SLURM } from "./slurm_commands.ts";
import { isUnderWay, statesOf, submitJob } from "./slurm_programs.ts";
import {
  readSlurmRecord,
  type SlurmRecord,
  type SubmittedJob,
  writeSlurmRecord,
} from "./slurm_record.ts";

/** Plan a run, write its jobs' scripts, and submit them; or only print them. */
export async function submitRun(args: readonly string[]): Promise<void> {
  const line = parseFlags(SLURM, args);
  if (line === "help") return;
  const { values } = line, { dryRun, array, keepUnits, format } = values;
  const { stage, samples, skipExisting } = values;
  if (stage !== "analyze") {
    throw new FlagError(`slurm is about --stage analyze, not ${stage}: leave the stage out`);
  }
  if (samples === "auto") {
    throw new FlagError(
      "--samples auto chooses the number while it measures, and slurm divides the work before: give a number",
    );
  }
  if (skipExisting) {
    throw new FlagError("--skip_existing is not for slurm, which measures only what is missing");
  }
  const options = analysisOf(line);
  const out = outOf(values.out);
  if (!dryRun) await refuseUnderWay(out);
  const names = await namesOfModels(values);
  const plans: RunPlan[] = [];
  for (const [name, model] of names) {
    // The threshold is among the options; here it would be one that is known already.
    const { networks: store, threshold: _, ...access } = values;
    const { plan } = await withBar(
      `planning ${model}`,
      "networks",
      (listeners) =>
        planRun(name, { options }, {
          ...{ ...access, store, ...listeners },
          command: commandLine(["slurm", ...args]),
        }),
    );
    await refuseOthers(out, plan);
    plans.push(plan);
  }
  const count = Math.min(array.count, Math.max(...plans.map((plan) => unitsOf(plan).length)));
  const paths = slurmFolder(out), folder = Deno.cwd(), models = [...names.values()];
  const given = measureArguments(args), cluster = values;
  const job = jobScript(given, { count, plans: paths.plans, cluster, folder });
  const merge = mergeScript({ out, models, keepUnits, format, cluster, folder });
  for (const plan of plans) console.log(sharesLine(plan, count));
  const logs = logPaths(out);
  const ofJob = sbatchArguments({ script: paths.job, log: logs.part });
  const ofMerge = (id: string) =>
    sbatchArguments({ script: paths.merge, log: logs.merge, after: [id] });
  if (dryRun) {
    const command = (args: readonly string[]) => ["sbatch", ...args].map(shellWord).join(" ");
    console.log(`\n${paths.job}, submitted by ${command(ofJob)}:\n\n${job}`);
    console.log(`${paths.merge}, submitted by ${command(ofMerge("JOB"))}:\n\n${merge}`);
    return;
  }
  await removeFormer(paths.folder);
  for (const plan of plans) {
    const path = join(planFolder(paths.plans, plan.model), planFile(plan));
    await writeWholeFile(path, `${JSON.stringify(plan, null, 2)}\n`);
  }
  await writeWholeFile(paths.job, job);
  await writeWholeFile(paths.merge, merge);
  const { atOnce } = array;
  const record: SlurmRecord = {
    ...{ arguments: given, folder, parts: count, ...atOnce !== undefined && { atOnce } },
    ...{ models, versions: versions(), jobs: [] },
  };
  // Written before anything is submitted: a job without a record would be nobody's.
  await writeSlurmRecord(out, record);
  const parts = Array.from({ length: count }, (_, i) => i + 1);
  const first = { id: await submitJob(ofJob), parts };
  await writeSlurmRecord(out, { ...record, jobs: [first] });
  const second = { id: await submitMerge(out, ofMerge(first.id)), parts: [] };
  const jobs: SubmittedJob[] = [first, second];
  await writeSlurmRecord(out, { ...record, jobs });
  console.log(
    `submitted job ${first.id}, ${
      partsInWords(count)
    }, and job ${second.id}, which merges them when all ` +
      `are done; deno task neuromfa slurm status --out ${
        shellWord(values.out)
      } says how far they are`,
  );
}

/** Submit the job that merges; the parts that are submitted already are not lost. */
export async function submitMerge(out: string, args: readonly string[]): Promise<string> {
  try {
    return await submitJob(args);
  } catch (error) {
    throw new Error(
      `${(error as Error).message}; the parts are submitted, and when they are done, ` +
        `deno task neuromfa merge --out ${shellWord(out)} writes the tables`,
      { cause: error },
    );
  }
}

/** The folder of results as jobs are told of it. */
export function outOf(out: string): string {
  const path = resolve(out);
  if (!/[\\\p{Cc}]/u.test(path)) return path;
  throw new FlagError(
    `--out is ${
      JSON.stringify(out)
    }, and Slurm takes no paths with a backslash or a control character; choose another folder`,
  );
}

/** Refuse to measure in a folder whose jobs are not over. */
async function refuseUnderWay(out: string): Promise<void> {
  const record = await readSlurmRecord(out);
  if (record === null) return;
  const states = await statesOf(record.jobs);
  const [name] = [...states].find(([, state]) => isUnderWay(state)) ?? [];
  if (name === undefined) return;
  const id = name.split("_")[0];
  throw new Error(
    `job ${id} works for ${out} already; wait for it, end it by scancel ${id}, or choose another --out`,
  );
}

/** Refuse what merging would refuse: units of a plan beside those of another. */
async function refuseOthers(out: string, plan: RunPlan): Promise<void> {
  const folder = unitsFolder(out, plan.model);
  for (const name of (await namesIn(folder)).filter(isPlanFile)) {
    if (name === planFile(plan)) continue;
    const path = join(folder, name);
    const difference = planDifference(plan, await readPlan(path, plan.model));
    throw new Error(
      `${folder} has units of another run of ${plan.model}, by ${path}: they differ in ${difference}; ` +
        "choose another --out, or remove that folder",
    );
  }
}

/** Remove what a former submission has left, but for measured units. */
async function removeFormer(folder: string): Promise<void> {
  for (const name of await namesIn(folder)) {
    if (!/^(plans|.*\.log)$/.test(name)) continue;
    await Deno.remove(join(folder, name), { recursive: true });
  }
}

/** How much of a model each part has. */
function sharesLine(plan: RunPlan, count: number): string {
  const weights = new Map(plan.parts.map(({ index, weights }) => [index, weights]));
  const shards = unitsByShard(plan, count);
  const work = shards.map((units) =>
    units.reduce((sum, { part }) => sum + weights.get(part.index)!, 0)
  );
  const all = work.reduce((sum, some) => sum + some, 0), most = Math.max(...work);
  const what = plan.choices.sampling === null ? "layers" : "networks";
  const share = Number((100 * most / all).toPrecision(2));
  return `${plan.model}: ${unitsOf(plan).length} ${what} in ${
    partsInWords(count)
  }, the largest of which has ` +
    `${share} % of the work`;
}

function partsInWords(count: number): string {
  return `${count} ${count === 1 ? "part" : "parts"}`;
}
