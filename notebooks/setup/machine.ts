/** What is asked of the machine that notebooks run on. */

import { statfs } from "node:fs/promises";

/** A machine, or in tests what stands for one. Files are read where they lie. */
export interface Machine {
  /** Its operating system, as Deno calls it. */
  readonly os: typeof Deno.build.os;
  /** The version of Deno that runs. */
  readonly denoVersion: string;
  /** The program that runs. */
  readonly denoPath: string;
  /** The folder of the project. */
  readonly project: string;
  /** A variable of the environment, `undefined` where it is not set or empty. */
  readonly variable: (name: string) => string | undefined;
  /** Runs a program to its end; `null` if there is none of that name. */
  readonly run: (program: string, args: readonly string[]) => Promise<Ended | null>;
  /** Bytes of memory that programs may still take. */
  readonly freeMemory: () => Promise<number>;
  /** Bytes that may still be written to the disk of a folder. */
  readonly freeDisk: (folder: string) => Promise<number>;
  /** Whether a server answers; why not, where it doesn't. */
  readonly reach: (address: string) => Promise<string | null>;
}

/** What a program left. */
export interface Ended {
  readonly success: boolean;
  /** All that it printed, without the last line's end. */
  readonly printed: string;
}

/** Milliseconds after which a server counts as out of reach. */
const PATIENCE = 8000;

/**
 * This machine.
 *
 * @param project The folder of the project.
 */
export function thisMachine(project: string): Machine {
  return {
    os: Deno.build.os,
    denoVersion: Deno.version.deno,
    denoPath: Deno.execPath(),
    project,
    variable: (name) => Deno.env.get(name) || undefined,
    run,
    freeMemory,
    async freeDisk(folder) {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    },
    reach,
  };
}

async function run(program: string, args: readonly string[]): Promise<Ended | null> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, {
      args: [...args],
      env: { NO_COLOR: "1", PYDEVD_DISABLE_FILE_VALIDATION: "1" },
      stdin: "null",
    }).output();
    const text = new TextDecoder();
    return { success, printed: (text.decode(stdout) + text.decode(stderr)).trimEnd() };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    // A file of that name is no program, or this user may not run it.
    return { success: false, printed: (error as Error).message };
  }
}

/** What is available; in a container what is left of its share, if that is less. */
async function freeMemory(): Promise<number> {
  const { available } = Deno.systemMemoryInfo();
  const [most, used] = await Promise.all(
    ["max", "current"].map((name) =>
      Deno.readTextFile(`/sys/fs/cgroup/memory.${name}`).then(Number, () => NaN)
    ),
  );
  return Number.isFinite(most! - used!) ? Math.min(available, most! - used!) : available;
}

async function reach(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) });
    await answer.body?.cancel();
    return answer.status < 500 ? null : `it answers ${answer.status}`;
  } catch (error) {
    const { name, message } = error as Error;
    return name === "TimeoutError" ? `no answer in ${PATIENCE / 1000} s` : message;
  }
}
