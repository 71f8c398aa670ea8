/** The command `deno task neuromfa` as a process of its own. */

import { join } from "node:path";
import project from "../../deno.json" with { type: "json" };

const root = new URL("../../", import.meta.url);

/** What a process left. */
export interface Ended {
  /** Its exit code. */
  readonly code: number;
  /** What it printed. */
  readonly stdout: string;
  /** Its errors and progress. */
  readonly stderr: string;
}

/** Run the command with the permissions of its task. */
export function neuromfa(...args: readonly string[]): Promise<Ended> {
  return neuromfaWith({}, ...args);
}

/** Run the command with some variables in its environment. */
export async function neuromfaWith(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ended> {
  const { code, stdout, stderr } = await command(environment, args, "piped").output();
  const text = new TextDecoder();
  return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** Start the command and leave it running; what it prints is thrown away. */
export function spawnNeuromfa(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Deno.ChildProcess {
  return command(environment, args, "null").spawn();
}

/** Start the command and leave it running; what it prints can be read at its end. */
export function spawnHeardNeuromfa(...args: readonly string[]): Deno.ChildProcess {
  return command({}, args, "piped").spawn();
}

function command(
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
  output: "piped" | "null",
): Deno.Command {
  const [deno, ...rest] = project.tasks.neuromfa.command.split(" ");
  if (deno !== "deno") throw new Error(`the task neuromfa calls ${deno}, not deno`);
  return new Deno.Command(Deno.execPath(), {
    args: [...rest, ...args],
    cwd: root,
    env: { NO_COLOR: "1", ...environment },
    stdin: "null",
    stdout: output,
    stderr: output,
  });
}

/** The text of a run.json without what its checkpoints were found by, which two runs of the same checkpoints may differ in. */
export function sourceless(text: string): string {
  const [before, source] = text.split(',\n  "source": {');
  return source === undefined ? text : `${before}${source.slice(source.indexOf("\n  }") + 4)}`;
}

/** The text of a run.json without the command line, which names the folder of the results. */
function commandless(text: string): string {
  return text.replace(/,\n {4}"command": "(?:[^"\\]|\\.)*"/, "");
}

/**
 * Every file below a folder, by its path there, with its bytes; none if the folder is not there. A run.json is without its
 * command line, in which two runs of the same tables may differ.
 */
export async function filesBelow(folder: string, below = ""): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const entries = await Array.fromAsync(Deno.readDir(join(folder, below))).catch((error) => {
    if (below === "" && error instanceof Deno.errors.NotFound) return [];
    throw error;
  });
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = join(below, name);
    if (!isDirectory) {
      const bytes = await Deno.readFile(join(folder, path));
      if (name !== "run.json") files.set(path, bytes);
      else files.set(path, new TextEncoder().encode(commandless(new TextDecoder().decode(bytes))));
    } else for (const [inner, bytes] of await filesBelow(folder, path)) files.set(inner, bytes);
  }
  return files;
}
