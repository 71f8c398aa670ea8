/** The least that a command line needs to be allowed. */

import { join, resolve } from "node:path";
import { evalsCache, evalsSource, isAddress } from "../scores/harness_scores.ts";
import { type HubEnvironment, hubEnvironment } from "../checkpoints/hub/hub_environment.ts";
import { pythiaOnHub } from "../checkpoints/hub/hub_name.ts";
import { exists } from "../files/list_files.ts";
import type { ReadOptions } from "../options/read_options.ts";
import type { DESCRIBE, MeasureValues, MERGE } from "./commands.ts";
import { SLURM_PROGRAMS, type SLURM_STATUS } from "./slurm/slurm_commands.ts";
import { readOrigin } from "../runs/read_origin.ts";
import { recordOf, type RerunValues } from "./rerun_command.ts";
import type { WatchValues } from "./watch_command.ts";

/** What the work may write and which hosts it may ask; it may read all files, and import nothing but its own modules. */
export interface WorkPermissions {
  /** Files and folders that may be written to, with all that is below. */
  readonly write: readonly string[];
  /** Hosts that may be asked: these, all, or none. */
  readonly net: string[] | boolean;
  /** Programs that may be started; none unless given. */
  readonly run?: readonly string[];
}

/** The hub's own hosts: it sends one on from the first to where files are stored. */
const HUB_HOSTS = ["huggingface.co", "*.huggingface.co", "*.hf.co"];

/** What measuring and drawing need. */
export async function permissionsOf(
  { models, stage, out, networks, metrics, evals }: Pick<
    MeasureValues,
    "models" | "stage" | "out" | "networks" | "metrics" | "evals"
  >,
): Promise<WorkPermissions> {
  const does = (...stages: readonly string[]) => stage === "all" || stages.includes(stage);
  const write = does("analyze", "visualize") ? [out] : [];
  if (does("extract")) write.push(networks);
  const hosts: string[] = [];
  const source = evals ?? (metrics && evalsSource());
  if (does("visualize") && source !== undefined && isAddress(source)) {
    write.push(evalsCache());
    hosts.push(...hostOf(source));
  }
  const hub = await permissionsOfModels(models, networks);
  const net = hub.net === true || [...hosts, ...hub.net || []];
  return {
    write: [...write.map((path) => resolve(path)), ...hub.write],
    net: net === true || net.length > 0 && net,
  };
}

/** What reading models takes: nothing, unless one is on the hub. */
export async function permissionsOfModels(
  models: readonly string[],
  networks = "",
): Promise<WorkPermissions> {
  const onHub = await Promise.all(models.map((name) => isOnHub(name, networks)));
  if (!onHub.includes(true)) return { write: [], net: false };
  const hub = await hubEnvironment();
  return { write: [resolve(hub.cache)], net: hub.offline ? false : hubHosts(hub) };
}

/** What submitting a run to Slurm needs: besides what measuring it does, Slurm's own programs. */
export async function permissionsOfSlurm(
  values: Parameters<typeof permissionsOf>[0],
): Promise<WorkPermissions> {
  return { ...await permissionsOf(values), run: SLURM_PROGRAMS };
}

/** What looking at a submitted run needs, and submitting what is missing of it. */
export function permissionsOfSlurmStatus(
  { out }: Pick<ReadOptions<typeof SLURM_STATUS.options>, "out">,
): WorkPermissions {
  return { write: [resolve(out)], net: false, run: SLURM_PROGRAMS };
}

/** What putting parts together needs: their units are removed when the tables are there. */
export function permissionsOfMerge(
  { from, out }: Pick<ReadOptions<typeof MERGE.options>, "from" | "out">,
): WorkPermissions {
  return { write: [out, ...from ?? []].map((path) => resolve(path)), net: false };
}

/** What following a training needs: its folder is only read, and the page has one port. */
export function permissionsOfWatch(
  { out, tensorboard, serve }: Pick<WatchValues, "out" | "tensorboard" | "serve">,
): WorkPermissions {
  const port = serve === 0 ? "" : `:${serve}`;
  return {
    write: [out, ...tensorboard === undefined ? [] : [tensorboard]].map((path) => resolve(path)),
    net: serve !== undefined && [`127.0.0.1${port}`],
  };
}

/** What repeating a run needs. */
export async function permissionsOfRerun(values: RerunValues): Promise<WorkPermissions> {
  const { source } = await readOrigin(recordOf(values));
  const name = values.model ?? source?.name;
  const models = name === undefined ? [] : [name];
  const hub = await permissionsOfModels(models, source?.networks);
  const own = values.out === undefined ? [] : [resolve(values.out)];
  return { ...hub, write: [...own, ...hub.write] };
}

/** What looking at a model's tensors needs. */
export async function permissionsOfDescribe(
  { model }: Pick<ReadOptions<typeof DESCRIBE.options>, "model">,
): Promise<WorkPermissions> {
  return await permissionsOfModels(model === undefined ? [] : [model]);
}

/** Whether a model has to be asked for at the hub. */
export async function isOnHub(name: string, networks = ""): Promise<boolean> {
  if (name.startsWith("hf:")) return true;
  return pythiaOnHub(name) !== null && !await exists(name) && !await exists(join(networks, name));
}

/** Where a mirror keeps its files nobody can know before it is asked. */
function hubHosts({ endpoint }: HubEnvironment): string[] | true {
  return endpoint === "https://huggingface.co" ? HUB_HOSTS : true;
}

function hostOf(address: string): string[] {
  const url = URL.parse(address);
  return url === null ? [] : [url.host];
}
