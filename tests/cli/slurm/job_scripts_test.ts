import assert from "node:assert/strict";
import {
  arrayWords,
  jobScript,
  logPaths,
  mergeScript,
  sbatchArguments,
} from "../../../lib/cli/slurm/job_scripts.ts";

const cluster = { array: { count: 64, atOnce: 8 }, partition: "all", cpus: 3 } as Parameters<
  typeof jobScript
>[1]["cluster"];

Deno.test("arrayWords() writes runs of numbers as ranges", () => {
  assert.equal(arrayWords([2]), "2");
  assert.equal(arrayWords([1, 2, 3, 5, 8, 9]), "1-3,5,8-9");
  assert.equal(arrayWords([1, 3], 4), "1,3%4");
});

Deno.test("jobScript() measures the part that its task has the number of, in the place of the shell", () => {
  const place = { count: 5, plans: "/o ut/plans", cluster, folder: "/my work" };
  const lines = jobScript(["--models", "a;b"], place).trimEnd().split("\n");
  assert.equal(lines[0], "#!/bin/sh");
  assert.deepEqual(lines.filter((line) => line.startsWith("#SBATCH")), [
    ...["#SBATCH --job-name=neuromfa", "#SBATCH --array=1-5%8", "#SBATCH --partition=all"],
    ...["#SBATCH --cpus-per-task=3", "#SBATCH --requeue", "#SBATCH --open-mode=append"],
  ]);
  assert.equal(lines.at(-2), "cd '/my work' || exit");
  assert.match(lines.at(-1)!, /^exec \S+ run .*lib\/cli\/launch\.ts --models 'a;b' --workers 3 /);
  assert.match(lines.at(-1)!, / --plans '\/o ut\/plans' --shard "\$SLURM_ARRAY_TASK_ID\/5"$/);
  assert.doesNotMatch(lines.at(-1)!, /allow-run/);
  for (const own of [["--workers", "2"], ["--workers=2"]]) {
    assert.doesNotMatch(jobScript(own, place), /--workers[ =]3/);
  }
});

Deno.test("mergeScript() names the folder and the models", () => {
  const script = mergeScript({
    ...{ out: "/o ut", models: ["a", "b c"], keepUnits: true, cluster, folder: "/" },
    format: "parquet",
  });
  assert.match(script, / merge --out '\/o ut' --models 'a,b c' --keep_units --format parquet\n$/);
  assert.doesNotMatch(script, /--array|--cpus/);
});

Deno.test("sbatchArguments() has dependencies, and logs whose percent signs are no patterns", () => {
  const { part, merge } = logPaths("/a%j");
  assert.deepEqual(sbatchArguments({ script: "job.sh", log: part, array: "2-3" }), [
    ...["--parsable", "--array=2-3", "--output=/a%%j/slurm/part-%a.log", "job.sh"],
  ]);
  assert.deepEqual(sbatchArguments({ script: "merge.sh", log: merge, after: ["7", "8_2"] }), [
    ...["--parsable", "--dependency=afterok:7:8_2", "--kill-on-invalid-dep=yes"],
    ...["--output=/a%%j/slurm/merge.log", "merge.sh"],
  ]);
});
