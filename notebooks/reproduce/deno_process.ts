/** Processes of Deno that end with the work they are part of. */

import { fileURLToPath } from "node:url";
import { dirname } from "node:path";

/** Path of this project's `deno.json`; the kernel finds the same one above `notebooks/`. */
export const projectConfig: string = fileURLToPath(new URL("../../deno.json", import.meta.url));

/** How a process is started. */
export interface DenoProcessOptions extends Pick<Deno.CommandOptions, "cwd" | "env" | "stdin"> {
  /** Ends the process when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts Deno without an input unless one is asked for, its outputs to be read.
 *
 * @param args Subcommand and arguments.
 * @throws {unknown} The signal's reason if it has aborted.
 */
export function startDeno(
  args: readonly string[],
  { signal, env, ...options }: DenoProcessOptions = {},
): Deno.ChildProcess {
  signal?.throwIfAborted();
  const process = new Deno.Command(Deno.execPath(), {
    ...options,
    args: [...args],
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0", DENO_NO_UPDATE_CHECK: "1", ...env },
    stdin: options.stdin ?? "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const kill = () => {
    try {
      // A cell may listen to any other signal.
      process.kill("SIGKILL");
    } catch {
      // It has just ended by itself.
    }
  };
  signal?.addEventListener("abort", kill);
  process.status.finally(() => signal?.removeEventListener("abort", kill));
  return process;
}

/**
 * Arguments that run a program without a network: it may neither connect nor import what is not in Deno's cache,
 * and a permission that it lacks is refused without a question.
 */
export const OFFLINE_RUN: readonly string[] = [
  ...["run", "--quiet", "--no-prompt", "--cached-only", "--config", projectConfig],
];

/**
 * Fetches the packages of the project's `deno.json` that are not in Deno's cache, for programs that run offline.
 *
 * @returns Why it failed, empty if it did not.
 * @throws {unknown} The signal's reason if it aborts.
 */
export async function fetchPackages(signal: AbortSignal): Promise<string> {
  const process = startDeno(["install", "--quiet"], { cwd: dirname(projectConfig), signal });
  const { success, stderr } = await process.output();
  signal.throwIfAborted();
  return success ? "" : new TextDecoder().decode(stderr).trim();
}
