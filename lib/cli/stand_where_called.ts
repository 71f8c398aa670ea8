/** Paths on the command line start where its user stands. */

import { fileURLToPath } from "node:url";

/** Where the command was called and where it runs; what Deno has unless given, for tests. */
export interface Standing {
  /** The folder that `deno task` was called in, if it says. */
  readonly calledIn: string | undefined;
  /** The folder that the process runs in. */
  readonly runsIn: string;
}

/**
 * The folder that paths on the command line start in: `deno task` runs a command in the folder of its `deno.json` and keeps
 * the one it was called in as `INIT_CWD`. A process that runs elsewhere was started by something else, which may
 * have left an `INIT_CWD` that means nothing here.
 *
 * @param project The folder of the `deno.json` with the task.
 */
export function folderOfUser({ calledIn, runsIn }: Standing, project: string): string {
  return calledIn === undefined || calledIn === "" || runsIn !== project ? runsIn : calledIn;
}

/** Moves the process to the folder of its user. */
export function standWhereCalled(): void {
  const address = new URL("../../deno.json", import.meta.url);
  if (address.protocol !== "file:") return;
  if (Deno.permissions.querySync({ name: "env", variable: "INIT_CWD" }).state !== "granted") return;
  const runsIn = Deno.cwd(), project = Deno.realPathSync(fileURLToPath(new URL(".", address)));
  const folder = folderOfUser({ calledIn: Deno.env.get("INIT_CWD"), runsIn }, project);
  if (folder !== runsIn) Deno.chdir(folder);
}
