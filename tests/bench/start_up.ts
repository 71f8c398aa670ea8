/** What starting takes: the command's help, and the first network of a bundled model. */

import { fileURLToPath } from "node:url";

/** Means of some starts, one after another. */
export interface StartUp {
  /** CPU seconds of `neuromfa --help`; `null` where the system does not tell those of a child. */
  readonly help: number | null;
  /** Seconds from the start of a program to its first network of `suite:nano-64`. */
  readonly firstNetwork: number;
}

const FIRST_NETWORK = `
  import { openRun, sampleNetworks } from "neuromfa";
  const run = await openRun("suite:nano-64");
  for await (const { network } of sampleNetworks(run, { samples: 1, steps: [0] })) {
    console.log(network.nodeIds.length);
  }`;

/** Start each some times. */
export async function timeStartUp(folder: string, times: number): Promise<StartUp> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const program = `${folder}/first_network.ts`;
  await Deno.writeTextFile(program, FIRST_NETWORK);
  const config = `--config=${root}deno.json`;
  const help = ["run", "--allow-read", `${root}lib/cli/launch.ts`, "--help"];
  const first = ["run", "--no-check", "--allow-read", config, program];
  // The first of each fills caches.
  await start(help);
  await start(first);
  const before = await childSeconds();
  for (let i = 0; i < times; i++) await start(help);
  const after = await childSeconds();
  const begin = performance.now();
  for (let i = 0; i < times; i++) await start(first);
  return {
    help: before === null || after === null ? null : (after - before) / times,
    firstNetwork: (performance.now() - begin) / 1000 / times,
  };
}

async function start(args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** CPU seconds of all children that have ended, which Linux counts in hundredths. */
async function childSeconds(): Promise<number | null> {
  if (Deno.build.os !== "linux") return null;
  const fields = (await Deno.readTextFile("/proc/self/stat")).split(") ")[1]!.split(" ");
  return (Number(fields[13]) + Number(fields[14])) / 100;
}
