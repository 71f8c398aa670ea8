/** What starting takes: the command's help, and the first network of a bundled model. */

import { fileURLToPath } from "node:url";

/** Means of some starts, one after another. */
export interface StartUp {
  /** CPU seconds of `neuromfa --help`. */
  readonly help: number;
  /** Seconds from the start of a program to its first network of `suite:nano-64`. */
  readonly firstNetwork: number;
}

const FIRST_NETWORK = `
  import { openRun, sampleNetworks } from "neuromfa";
  const run = await openRun("suite:nano-64");
  for await (const { network } of sampleNetworks(run, { samples: 1, steps: [0] })) {
    console.log(network.nodeIds.length);
  }`;

/** Loaded first; prints the CPU seconds of a process when it ends. */
const COUNT_SECONDS = `
  import process from "node:process";
  addEventListener("unload", () => {
    const { user, system } = process.cpuUsage();
    console.error((user + system) / 1e6);
  });`;

/** Start each some times. */
export async function timeStartUp(folder: string, times: number): Promise<StartUp> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const program = `${folder}/first_network.ts`;
  await Deno.writeTextFile(program, FIRST_NETWORK);
  const counter = `${folder}/count_seconds.ts`;
  await Deno.writeTextFile(counter, COUNT_SECONDS);
  const config = `--config=${root}deno.json`;
  const launch = `${root}lib/cli/launch.ts`;
  const help = ["run", `--preload=${counter}`, "--allow-read", launch, "--help"];
  const first = ["run", "--no-check", "--allow-read", config, program];
  // The first of each fills caches.
  await start(help);
  await start(first);
  let taken = 0;
  for (let i = 0; i < times; i++) taken += Number(await start(help));
  const begin = performance.now();
  for (let i = 0; i < times; i++) await start(first);
  return { help: taken / times, firstNetwork: (performance.now() - begin) / 1000 / times };
}

/** Run a program, and return what it says of errors. */
async function start(args: string[]): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args, env: { NO_COLOR: "1" } });
  const { success, stderr } = await command.output();
  const said = new TextDecoder().decode(stderr);
  if (!success) throw new Error(said);
  return said;
}
