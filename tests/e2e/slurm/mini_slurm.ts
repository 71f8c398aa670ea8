/** What stands in for Slurm where none is installed: programs of its names that run each job at once, or say that it failed. */

import { join } from "node:path";

const SBATCH = `#!/bin/sh
# The arguments, one a line, and a line of dashes.
here=$(dirname "$0")
printf '%s\\n' "$@" >>"$here/submitted"
echo ---- >>"$here/submitted"
for word; do script=$word; done
id=$(($(cat "$here/last" 2>/dev/null || echo 0) + 1))
echo $id >"$here/last"
array='' after=''
for word; do
  case $word in
  --array=*) array=\${word#*=} ;;
  --dependency=*) after=\${word#*afterok:} ;;
  esac
done
[ -n "$array" ] || array=$(sed -n 's/^#SBATCH --array=//p' "$script")
for job in $(echo "$after" | tr : ' '); do
  if grep -qE "^\${job}(_[0-9]+)?\\|FAILED" "$here/states"; then
    echo "$id|CANCELLED" >>"$here/states"
    echo $id
    exit
  fi
done
for range in $(echo "\${array%%%*}" | tr , ' '); do
  for task in $(seq "\${range%-*}" "\${range#*-}"); do
    state=FAILED
    if grep -qx $task "$here/broken" 2>/dev/null; then :
    elif SLURM_ARRAY_TASK_ID=$task sh "$script" >>"$here/log" 2>&1; then state=COMPLETED
    fi
    echo "\${id}_$task|$state" >>"$here/states"
  done
done
if [ -z "$array" ]; then
  state=FAILED
  sh "$script" >>"$here/log" 2>&1 && state=COMPLETED
  echo "$id|$state" >>"$here/states"
fi
echo $id
`;

const SQUEUE = `#!/bin/sh
here=$(dirname "$0")
for word; do case $word in --jobs=*) id=\${word#*=} ;; esac; done
grep -E "^$id(_[0-9]+)?\\|" "$here/states" && exit
echo 'slurm_load_jobs error: Invalid job id specified' >&2
exit 1
`;

const SACCT = `#!/bin/sh
echo 'Slurm accounting storage is disabled' >&2
exit 1
`;

const SCANCEL = `#!/bin/sh
echo "$@" >>"$(dirname "$0")/cancelled"
`;

/** Write the programs to a folder; `broken` has the numbers of the tasks that fail, one a line. */
export async function writeMiniSlurm(folder: string): Promise<{
  /** The variables that have them found. */
  readonly environment: Readonly<Record<string, string>>;
  /** The arguments of each submission so far. */
  submissions(): Promise<string[][]>;
  /** Have some tasks fail from now on. */
  breakTasks(...tasks: readonly number[]): Promise<void>;
}> {
  await Deno.mkdir(folder, { recursive: true });
  const programs = { sbatch: SBATCH, squeue: SQUEUE, sacct: SACCT, scancel: SCANCEL };
  for (const [name, script] of Object.entries(programs)) {
    await Deno.writeTextFile(join(folder, name), script, { mode: 0o755 });
  }
  return {
    environment: { PATH: `${folder}:/usr/local/bin:/usr/bin:/bin` },
    async submissions() {
      const text = await Deno.readTextFile(join(folder, "submitted"));
      return text.split("----\n").slice(0, -1).map((words) => words.trimEnd().split("\n"));
    },
    breakTasks: (...tasks) =>
      Deno.writeTextFile(join(folder, "broken"), tasks.map((task) => `${task}\n`).join("")),
  };
}
