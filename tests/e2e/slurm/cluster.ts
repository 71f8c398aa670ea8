/** A Slurm of two nodes on this machine, for tests that need one. */

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withFolder } from "../../helpers/with_folder.ts";

const script = fileURLToPath(new URL("./cluster.sh", import.meta.url));

/** A running cluster. */
export interface Cluster {
  /** The variable that Slurm's commands find it by. */
  readonly environment: Readonly<Record<string, string>>;
  /** Run one of Slurm's commands; rejects if it fails. */
  run(...words: readonly string[]): Promise<string>;
}

/** Why there can be no cluster here, `undefined` where there can. */
export async function whyNoSlurm(): Promise<string | undefined> {
  try {
    const { success, printed } = await call("check", "/");
    return success ? undefined : printed.trim();
  } catch (error) {
    return (error as Error).message;
  }
}

/** Start a cluster for the time of a test, with an empty folder. */
export function withCluster(
  test: (cluster: Cluster, folder: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const place = join(folder, "slurm");
    await Deno.mkdir(place);
    // Slurm's own user must get there.
    await Deno.chmod(folder, 0o755);
    const must = async (...words: readonly string[]) => {
      const { success, printed } = await call(...words);
      if (!success) throw new Error(`${words.join(" ")}: ${printed}`);
      return printed;
    };
    try {
      await must("start", place, ...freePorts(3).map(String));
      await test({
        environment: { SLURM_CONF: join(place, "slurm.conf") },
        run: (...words) => must("run", place, ...words),
      }, folder);
    } finally {
      await must("stop", place);
    }
  });
}

/** Make a folder a disk of some size, or change its size, such as `300k`; returns whether that can be done here. */
export async function diskOf(folder: string, size: string): Promise<boolean> {
  return (await call("disk", folder, size)).success;
}

/** Take the disk away. */
export async function removeDisk(folder: string): Promise<void> {
  await call("nodisk", folder);
}

/** Ports that nobody listens at; all are open at once, so that no two are the same. */
function freePorts(count: number): number[] {
  const listeners = Array.from(
    { length: count },
    () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
  );
  const ports = listeners.map(({ addr }) => addr.port);
  for (const listener of listeners) listener.close();
  return ports;
}

async function call(...words: readonly string[]): Promise<{ success: boolean; printed: string }> {
  const command = new Deno.Command(script, { args: [...words], stdin: "null" });
  const { success, stdout, stderr } = await command.output();
  const text = new TextDecoder();
  return { success, printed: text.decode(stdout) + text.decode(stderr) };
}
