/** Opening runs on a test hub. */

import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import type { HubOptions } from "../../lib/checkpoints/hub/hub_model.ts";
import { openHubRun } from "../../lib/checkpoints/hub/hub_run.ts";
import { diskAccess } from "../../lib/checkpoints/hub/disk_store.ts";
import { parseHubName } from "../../lib/checkpoints/hub/hub_name.ts";
import { stepReader } from "../../lib/checkpoints/step_names.ts";
import type { HubServer } from "./hub_server.ts";

/** Pauses that a test can wait for, and how long a server may be silent where the test is about that. */
export const shortPatience = { pauses: [1, 1, 1], patience: 250 };

/** The same for a server that is never silent, however busy the machine is with other tests. */
const longPatience = { ...shortPatience, patience: 20_000 };

/** What a test hub's user may have set. */
export interface TestHubOptions extends HubOptions {
  readonly token?: string;
  readonly offline?: boolean;
  readonly stepsPattern?: string;
}

/** Open a run on a test hub with `cache` as the hub's cache. */
export async function openTestRun(
  hub: Pick<HubServer, "url">,
  name: string,
  cache: string,
  { token, offline = false, stepsPattern, ...options }: TestHubOptions = {},
): Promise<CheckpointRun> {
  const access = await diskAccess({ endpoint: hub.url, token: token ?? null, cache, offline });
  const read = stepsPattern === undefined ? undefined : stepReader(stepsPattern);
  const asked = { patience: longPatience, ...options };
  return await openHubRun(parseHubName(name), access, asked, read);
}

/** All files below a folder, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      names.push(...(await filesBelow(`${folder}/${name}`)).map((n) => `${name}/${n}`));
    } else names.push(name);
  }
  return names.sort();
}
