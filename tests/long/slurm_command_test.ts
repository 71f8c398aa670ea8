/** `neuromfa slurm` with programs that stand in for Slurm's; slurm_test.ts has the real ones. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { exists } from "../../lib/files/list_files.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { filesBelow, neuromfa, neuromfaWith } from "../e2e/neuromfa_command.ts";
import { writeMiniSlurm } from "../e2e/slurm/mini_slurm.ts";

const model = fileURLToPath(new URL("../../data/suite/nano-32", import.meta.url));
const run = ["--models", model, "--steps", "0,512,4096", "--q=-2:2:0.5"]
  .concat(["--sample_num", "2", "--layer_sample", "8"]);
/** Shell scripts stand in for programs. */
const ignore = Deno.build.os === "windows";

/** The files of a folder of results, but for those of the submission. */
async function tablesIn(out: string): Promise<Map<string, Uint8Array>> {
  const files = [...await filesBelow(out)].filter(([path]) => !path.startsWith("slurm"));
  return new Map(files);
}

Deno.test({
  name:
    "slurm submits parts and what merges them; a part that failed is named by status, submitted again by --resubmit, and the tables are those of a run without Slurm",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const slurm = await writeMiniSlurm(join(folder, "bin"));
      const call = (...args: string[]) => neuromfaWith(slurm.environment, "slurm", ...args);
      // No shell may take any of it for more than a name.
      const out = join(folder, 'it\'s $(touch x) `y` "%a"');
      await slurm.breakTasks(2);
      const submitted = await call(
        ...run,
        ...[
          "--array",
          "3%2",
          "--partition",
          "a.b-c",
          "--time=1:00:00",
          "--mem",
          "2G",
          "--cpus",
          "2",
        ],
        ...["--account", "me", "--out", out],
      );
      assert.equal(submitted.code, 0, submitted.stderr);
      assert.match(submitted.stdout, /^nano-32: 6 networks in 3 parts, .* 33 % of the work\n/);
      assert.match(submitted.stdout, /submitted job 1, 3 parts, and job 2, which merges them/);
      const script = await Deno.readTextFile(join(out, "slurm", "job.sh"));
      for (
        const line of [
          ...["--array=1-3%2", "--partition=a.b-c", "--time=1:00:00", "--mem=2G", "--account=me"],
          ...["--cpus-per-task=2", "--requeue", "--open-mode=append"],
        ]
      ) assert.ok(script.includes(`\n#SBATCH ${line}\n`), line);
      assert.match(script, / --workers 2 --plans .* --shard "\$SLURM_ARRAY_TASK_ID\/3"\n$/);
      assert.doesNotMatch(script, /allow-run/);
      const status = await call("status", "--out", out);
      assert.equal(status.code, 2, status.stderr);
      const lines = status.stdout.split("\n");
      assert.equal(lines[0], "2 of 3 parts of nano-32 are done, 1 failed");
      assert.equal(
        lines[1],
        "part 2: 2 of 2 units are missing, the first is step 512 sample 0 of nano-32; task 1_2 ended as FAILED",
      );
      await slurm.breakTasks();
      const again = await call("status", "--resubmit", "--out", out);
      assert.equal(again.code, 0, again.stderr);
      assert.match(again.stdout, /submitted job 3, part 2\nsubmitted job 4, which merges when all/);
      const log = out.replaceAll("%", "%%");
      assert.deepEqual(await slurm.submissions(), [
        ["--parsable", `--output=${log}/slurm/part-%a.log`, `${out}/slurm/job.sh`],
        [
          ...["--parsable", "--dependency=afterok:1", "--kill-on-invalid-dep=yes"],
          ...[`--output=${log}/slurm/merge.log`, `${out}/slurm/merge.sh`],
        ],
        ["--parsable", "--array=2%2", `--output=${log}/slurm/part-%a.log`, `${out}/slurm/job.sh`],
        [
          ...["--parsable", "--dependency=afterok:3", "--kill-on-invalid-dep=yes"],
          ...[`--output=${log}/slurm/merge.log`, `${out}/slurm/merge.sh`],
        ],
      ]);
      const done = await call("status", "--out", out);
      assert.equal(done.code, 0, done.stderr);
      assert.match(done.stdout, /^all 3 parts are merged: the tables of nano-32 are in /);
      const plain = await neuromfa(...run, "--out", join(folder, "plain"));
      assert.equal(plain.code, 0, plain.stderr);
      assert.deepEqual(await tablesIn(out), await filesBelow(join(folder, "plain")));
      assert.equal(await exists("x"), false);
    }),
});

Deno.test({
  name: "slurm says what it would submit with --dry-run, and writes nothing",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const out = join(folder, "out"), environment = { PATH: folder };
      const dry = ["slurm", ...run, "--dry-run", "--array", "64", "--out", out];
      const { code, stdout, stderr } = await neuromfaWith(environment, ...dry);
      assert.equal(code, 0, stderr);
      // Six networks make six parts at most.
      assert.match(stdout, /^nano-32: 6 networks in 6 parts, /);
      assert.match(
        stdout,
        /job\.sh, submitted by sbatch --parsable --output=.*part-%a\.log .*job\.sh:/,
      );
      assert.match(stdout, /\n#SBATCH --array=1-6\n/);
      assert.match(stdout, /merge\.sh, submitted by sbatch --parsable --dependency=afterok:JOB /);
      assert.match(stdout, / merge --out \S+ --models nano-32\n/);
      assert.equal(await exists(out), false);
    }),
});

Deno.test({
  name: "what is wrong is said before anything is submitted",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const slurm = await writeMiniSlurm(join(folder, "bin")), out = join(folder, "out");
      const refused = async (message: RegExp, ...args: string[]) => {
        const { code, stderr } = await neuromfaWith(slurm.environment, "slurm", ...args);
        assert.equal(code, 1, args.join(" "));
        assert.match(stderr.trim().split("\n").at(-1)!, message);
        assert.equal(await exists(join(folder, "bin", "submitted")), false);
      };
      const at = ["--out", out];
      await refused(
        /^--partition must be letters, digits and .*, but it is "a b"$/,
        "--partition",
        "a b",
      );
      await refused(/^--time must be a time such as .*, but it is "soon"$/, "--time", "soon");
      await refused(/^--mem must be a size such as .*, but it is "8 GB"$/, "--mem", "8 GB");
      await refused(/^--array must be a number of parts .*, but it is "1-5"$/, "--array", "1-5");
      await refused(/^unknown flag --shard: see --help for all of them$/, "--shard", "1/2");
      await refused(/^slurm is about --stage analyze, not all/, "--stage", "all", ...at);
      await refused(/^--samples auto .*: give a number$/, "--samples", "auto", ...at);
      await refused(/radii 5 to 900 go beyond the threshold 150/, "--radii", "5:900", ...at);
      await refused(/step 7 of nano-32 is not there/, ...run.with(3, "0,7"), ...at);
      await refused(/backslash or a control character/, ...run, "--out", join(folder, "a\\b"));
      await refused(/^nothing was submitted for .*slurm\.json; give the --out/, "status", ...at);
    }),
});

Deno.test({
  name: "without sbatch, or with units of another run in the folder, nothing is submitted",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const out = join(folder, "out"), bare = { PATH: folder };
      const none = await neuromfaWith(bare, "slurm", ...run, "--out", out);
      assert.equal(none.code, 1);
      assert.match(none.stderr, /there is no sbatch on the PATH; run this where Slurm is/);
      const status = await neuromfaWith(bare, "slurm", "status", "--out", out);
      assert.equal(status.code, 2, status.stderr);
      assert.match(status.stdout, /^0 of 6 parts of nano-32 are done, 6 missing\n/);
      assert.match(
        status.stdout,
        /part 1: .* step 0 sample 0 of nano-32; it was never submitted\n/,
      );
      const part = await neuromfa(...run, "--shard", "1/2", "--out", out);
      assert.equal(part.code, 0, part.stderr);
      const slurm = await writeMiniSlurm(join(folder, "bin"));
      const other = await neuromfaWith(
        slurm.environment,
        ...["slurm", ...run, "--digits", "1", "--out", out],
      );
      assert.equal(other.code, 1);
      assert.match(
        other.stderr,
        /has units of another run of nano-32, by .*: they differ in digits 1 and 0; choose another --out/,
      );
    }),
});

Deno.test({
  name:
    "status tells what runs by the queue alone, and ends with code 1 where that does not answer",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const bin = join(folder, "bin"), out = join(folder, "out");
      const slurm = await writeMiniSlurm(bin);
      const call = (...args: string[]) => neuromfaWith(slurm.environment, "slurm", ...args);
      await slurm.breakTasks(1);
      await call(...run, "--array", "2", "--out", out);
      const say = (program: string, text: string, code: number) =>
        Deno.writeTextFile(
          join(bin, program),
          `#!/bin/sh\necho '${text}' >&${code + 1}\nexit ${code}\n`,
        );
      // Accounts hold what ended unseen for running, and the queue has forgotten it.
      await say("sacct", "1_1|RUNNING", 0);
      await say("squeue", "slurm_load_jobs error: Invalid job id specified", 1);
      const forgotten = await call("status", "--out", out);
      assert.equal(forgotten.code, 2, forgotten.stderr);
      assert.match(forgotten.stdout, /^1 of 2 parts of nano-32 are done, 1 missing\n/);
      assert.match(forgotten.stdout, /; task 1_1 neither runs nor waits/);
      await say("squeue", "1_1|PENDING|PartitionConfig", 0);
      const waiting = await call("status", "--out", out);
      assert.match(
        waiting.stdout,
        /^1 of 2 parts of nano-32 are done, 1 waiting \(PartitionConfig\)\n/,
      );
      await say("squeue", "slurm_load_jobs error: Socket timed out", 1);
      const silent = await call("status", "--out", out);
      assert.equal(silent.code, 1);
      assert.match(silent.stderr, /^warning: what runs is not known: .*Socket timed out/);
      assert.match(
        silent.stdout,
        /^1 of 2 parts of nano-32 are done, 1 not\n.*; task 1_1 may still run/,
      );
      assert.doesNotMatch(silent.stdout, /--resubmit submits what is missing/);
      const resubmitted = await call("status", "--resubmit", "--out", out);
      assert.deepEqual([resubmitted.code, resubmitted.stdout], [1, ""]);
      assert.match(resubmitted.stderr, /^squeue did not tell what runs: .*Socket timed out/);
    }),
});

Deno.test({
  name: "a part keeps to the plan: other options, steps or weights are refused by name",
  ignore,
  fn: () =>
    withFolder(async (folder) => {
      const slurm = await writeMiniSlurm(join(folder, "bin")), out = join(folder, "out");
      await slurm.breakTasks(1, 2);
      await neuromfaWith(slurm.environment, "slurm", ...run, "--array", "2", "--out", out);
      const plans = ["--plans", join(out, "slurm", "plans"), "--shard", "1/2", "--out", out];
      const refused = async (message: RegExp, ...args: string[]) => {
        const { code, stderr } = await neuromfa(...args, ...plans);
        assert.equal(code, 1);
        assert.match(stderr, message);
      };
      await refused(
        /plan-\w+\.json was made with digits 0, not 1; give the same/,
        ...run,
        "--digits",
        "1",
      );
      await refused(
        /plan-\w+\.json has step 4096 of nano-32, other than the steps asked for/,
        ...run.with(3, "0,512"),
      );
      await refused(
        /plan-\w+\.json lacks step 1024 of nano-32, other than/,
        ...run.with(3, "0,512,1024,4096"),
      );
      const copy = join(folder, "nano-32");
      for (const step of ["step0", "step512", "step4096"]) {
        await Deno.mkdir(join(copy, step), { recursive: true });
        for await (const { name } of Deno.readDir(join(model, step))) {
          await Deno.copyFile(join(model, step, name), join(copy, step, name));
        }
      }
      const weights = join(copy, "step0", "model.safetensors");
      const bytes = await Deno.readFile(weights);
      bytes[bytes.length - 2]! ^= 1;
      await Deno.writeFile(weights, bytes);
      await refused(
        /step0.* changed while it was measured; run again when it is complete/,
        ...run.with(1, copy),
      );
    }),
});
