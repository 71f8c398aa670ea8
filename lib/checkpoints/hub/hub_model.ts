/** A model on the hub: its revisions, and the folders of checkpoints in them. */

import { join } from "node:path";
import { plainName } from "../../files/plain_name.ts";
import type { ByteSource } from "../byte_source.ts";
import type { Checkpoint } from "../checkpoint.ts";
import { openLocalFile } from "../local_file.ts";
import { type HubFolder, openHubCheckpoint, weightsContents } from "./hub_checkpoint.ts";
import { type HubConnection, usualPatience } from "./hub_connection.ts";
import type { HubEnvironment } from "./hub_environment.ts";
import { HubFile } from "./hub_file.ts";
import { HubListing, type ListedFile } from "./hub_listing.ts";
import { LinkMeter } from "./transfer_plan.ts";
import type { TransferListeners } from "../transfer.ts";

/** How a hub is spoken with, other than the environment says, and whom to tell. */
export interface HubOptions extends TransferListeners {
  /** Pauses before each further try, in milliseconds, and how long silence is borne; suits the public hub unless given. */
  readonly patience?: Pick<HubConnection, "pauses" | "patience" | "pace">;
}

/** Where a checkpoint is. */
export interface CheckpointPlace {
  /** The commit. */
  readonly commit: string;
  /** The folder in it with a slash at the end, or nothing for the whole. */
  readonly folder: string;
  /** The branch's name and the folder's, for messages. */
  readonly label: string;
}

/** A model on the hub; files that were opened stay so, and what was read of them is read once. */
export class HubModel {
  /** Its branches, revisions and files. */
  readonly listing: HubListing;
  readonly #connection: HubConnection | null;
  readonly #folder: string;
  readonly #meter = new LinkMeter();
  readonly #opened = new Map<string, ByteSource>();

  /**
   * @param repository Owner and name.
   * @param environment Where the hub and the cache are.
   * @param options Whom to tell of transfers.
   */
  constructor(
    private readonly repository: string,
    private readonly environment: HubEnvironment,
    private readonly options: HubOptions,
  ) {
    const { endpoint, token, offline, cache } = environment;
    const patience = options.patience ?? usualPatience;
    this.#connection = offline ? null : { endpoint, token, ...patience };
    this.#folder = join(cache, "neuromfa", cacheName(repository));
    this.listing = new HubListing(repository, this.#connection, this.#folder);
  }

  /** Open the checkpoint at a place. */
  async checkpoint(
    place: CheckpointPlace,
    model: string,
    step: number | null,
  ): Promise<Checkpoint> {
    return await openHubCheckpoint(await this.#folderAt(place), model, step, this.options);
  }

  /** The digests of the files with the weights of a checkpoint, as the hub lists them. */
  async digests(place: CheckpointPlace): Promise<string[]> {
    return weightsContents(await this.#folderAt(place));
  }

  async #folderAt(place: CheckpointPlace): Promise<HubFolder> {
    const { commit, folder, label } = place;
    const inside = (await this.listing.files(commit))
      .filter(({ path }) => path.startsWith(folder) && !path.slice(folder.length).includes("/"));
    return {
      source: `hf:${this.repository}@${label}`,
      files: new Map(inside.map((file) => [file.path.slice(folder.length), file])),
      open: (file) => this.#open(file, place),
    };
  }

  /** One source for each content, so that one call finds what another has brought. */
  async #open(listed: ListedFile, { commit, folder, label }: CheckpointPlace): Promise<ByteSource> {
    const { path, content } = listed;
    const { endpoint, cache } = this.environment;
    const names = path.split("/").map((name) => plainName(name, `a file of ${this.repository}`));
    const downloaded = join(cache, cacheName(this.repository), "snapshots", commit, ...names);
    let file = this.#opened.get(content) ?? await openDownloaded(downloaded, listed);
    file ??= new HubFile({
      listed,
      source: `hf:${this.repository}@${label}/${path.slice(folder.length)}`,
      address: new URL(`${endpoint}/${this.repository}/resolve/${commit}/${encodePath(path)}`),
      connection: this.#connection,
      folder: join(this.#folder, "content"),
      meter: this.#meter,
    });
    this.#opened.set(content, file);
    return file;
  }
}

/** The name that Hugging Face's tools give a model's folder in their cache. */
function cacheName(repository: string): string {
  return `models--${repository.replace("/", "--")}`;
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** A file that another tool has downloaded whole into the hub's cache; `null` where there is none. */
async function openDownloaded(path: string, { size, content }: ListedFile) {
  const info = await Deno.stat(path).catch(() => null);
  if (!info?.isFile || info.size !== size) return null;
  const file = openLocalFile(path);
  const [kind, hex] = content.split("-");
  return kind === "sha256" ? { ...file, digest: () => Promise.resolve(hex!) } : file;
}
