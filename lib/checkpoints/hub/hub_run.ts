/** A model on the hub whose branches or folders are checkpoints. */

import { join } from "node:path";
import type { ByteSource } from "../byte_source.ts";
import type { CheckpointRun } from "../checkpoint.ts";
import { openLocalFile } from "../local_file.ts";
import { someNames } from "../some_names.ts";
import { stepFolderForms, stepFolders } from "../step_folder.ts";
import { branchForms, stepBranches, stepOfBranch } from "./branch_steps.ts";
import { type HubFolder, openHubCheckpoint, weightsOf } from "./hub_checkpoint.ts";
import { type HubConnection, usualPatience } from "./hub_connection.ts";
import type { HubEnvironment } from "./hub_environment.ts";
import { HubFile } from "./hub_file.ts";
import { HubListing } from "./hub_listing.ts";
import type { HubName } from "./hub_name.ts";
import { knownWarnings } from "./known_warnings.ts";
import { LinkMeter } from "./link_meter.ts";
import type { ListedFile } from "./listed.ts";
import type { TransferListeners } from "./transfer_listeners.ts";

/** How the hub is spoken with, other than the environment says. */
export interface HubRunOptions extends TransferListeners {
  /** Pauses before each further try, in milliseconds, and how long silence is borne; suits the public hub unless given. */
  readonly patience?: Pick<HubConnection, "pauses" | "patience">;
}

/** A step's place: a commit, and a folder in it (`""` for the whole, else with a slash at the end). */
interface StepPlace {
  readonly commit: string;
  readonly folder: string;
  /** The branch's or folder's name, for messages. */
  readonly label: string;
}

/**
 * Open the run of a model on the hub. Its steps are the branches that are named after one, else the folders
 * `checkpoint-<N>` of the main branch; of a given revision, the step that it is named after, else the folders in it.
 *
 * @param name The model and the revision, if one is meant.
 * @param environment Where the hub is.
 * @param options Whom to tell of transfers.
 * @throws {Error} if there is no such model, or it has no steps.
 */
export async function openHubRun(
  { repository, revision }: HubName,
  environment: HubEnvironment,
  { patience = usualPatience, ...listeners }: HubRunOptions = {},
): Promise<CheckpointRun> {
  const source = `hf:${repository}${revision === null ? "" : `@${revision}`}`;
  const folderName = `models--${repository.replace("/", "--")}`;
  const folder = join(environment.cache, "neuromfa", folderName);
  const connection = environment.offline ? null : { ...environment, ...patience };
  const listing = new HubListing(repository, connection, folder);
  const places = await findSteps(listing, repository, revision, source);
  const meter = new LinkMeter();
  const opened = new Map<string, ByteSource>();
  const model = modelName(repository, revision);
  const steps = [...places.keys()];

  /** One source for each content, so that what one call brings the next finds. */
  async function open(listed: ListedFile, { commit, label }: StepPlace): Promise<ByteSource> {
    const there = opened.get(listed.content);
    if (there) return there;
    const path = join(environment.cache, folderName, "snapshots", commit, listed.path);
    const downloaded = await openDownloaded(path, listed);
    const file = downloaded ?? new HubFile({
      listed,
      source: `hf:${repository}@${label}/${listed.path}`,
      address: new URL(
        `${environment.endpoint}/${repository}/resolve/${commit}/${
          listed.path.split("/").map(encodeURIComponent).join("/")
        }`,
      ),
      connection,
      folder: join(folder, "content"),
      meter,
    });
    opened.set(listed.content, file);
    return file;
  }

  async function folderOf(step: number): Promise<HubFolder> {
    const place = places.get(step);
    if (place === undefined) {
      throw new Error(
        `checkpoint step ${step} of ${model} is not there; steps: ${steps.join(", ")}`,
      );
    }
    const files = await listing.files(place.commit);
    const inside = files.filter(({ path }) => path.startsWith(place.folder))
      .map((file) => [file.path.slice(place.folder.length), file] as const)
      .filter(([name]) => !name.includes("/"));
    return {
      source: `hf:${repository}@${place.label}`,
      files: new Map(inside),
      open: (file) => open(file, place),
    };
  }

  return {
    model,
    source,
    steps,
    warnings: knownWarnings(repository),
    async listedDigests(step) {
      return weightsOf(await folderOf(step)).map(({ content }) => content);
    },
    async checkpoint(step) {
      return await openHubCheckpoint(await folderOf(step), model, step, listeners);
    },
  };
}

/** A revision that is named after a step is part of the same model; any other is one of its own. */
function modelName(repository: string, revision: string | null): string {
  const name = repository.split("/").at(-1)!;
  if (revision === null || stepOfBranch(revision) !== null) return name;
  return `${name}@${revision.replaceAll("/", "-")}`;
}

async function findSteps(
  listing: HubListing,
  repository: string,
  revision: string | null,
  source: string,
): Promise<Map<number, StepPlace>> {
  if (revision !== null) {
    const commit = await listing.commit(revision);
    const step = stepOfBranch(revision);
    if (step !== null) return new Map([[step, { commit, folder: "", label: revision }]]);
    return await stepsInFolders(listing, commit, revision, source, []);
  }
  const branches = new Map((await listing.branches()).map(({ name, commit }) => [name, commit]));
  const steps = stepBranches([...branches.keys()], `hf:${repository}`);
  if (steps.size > 0) {
    return new Map(
      [...steps].map((
        [step, label],
      ) => [step, { commit: branches.get(label)!, folder: "", label }]),
    );
  }
  const main = branches.get("main");
  if (main === undefined) {
    throw new Error(
      `${source} has no steps: looked for branches named ${branchForms} ` +
        `and found ${someNames([...branches.keys()])}`,
    );
  }
  return await stepsInFolders(listing, main, "main", source, [...branches.keys()]);
}

async function stepsInFolders(
  listing: HubListing,
  commit: string,
  revision: string,
  source: string,
  branches: readonly string[],
): Promise<Map<number, StepPlace>> {
  const files = await listing.files(commit);
  const names = new Set(files.flatMap(({ path }) => path.split("/").slice(0, -1).slice(0, 1)));
  const folders = stepFolders([...names], source);
  if (folders.size > 0) {
    return new Map([...folders].map(([step, name]) => [step, {
      commit,
      folder: `${name}/`,
      label: `${revision}/${name}`,
    }]));
  }
  const found = someNames([...new Set(files.map(({ path }) => path.split("/")[0]!))]);
  const inBranches = branches.length === 0 ? "" : `branches named ${branchForms} ` +
    `and found ${someNames(branches)}; then for `;
  throw new Error(
    `${source} has no steps: looked for ${inBranches}folders named ${stepFolderForms} and found ${found}`,
  );
}

/** A file that another tool has downloaded whole into the hub's cache. */
async function openDownloaded(path: string, { size, content }: ListedFile) {
  const isThere = await Deno.stat(path).then(
    (info) => info.isFile && info.size === size,
    () => false,
  );
  if (!isThere) return null;
  const file = await openLocalFile(path);
  const [kind, hex] = content.split("-");
  return kind === "sha256" ? { ...file, digest: () => Promise.resolve(hex!) } : file;
}
