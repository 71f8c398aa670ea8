/** A model on the hub: its revisions, and the folders of checkpoints in them. */

import { withHeadMatrices } from "../head_matrices.ts";
import { plainName } from "../../files/plain_name.ts";
import { shown } from "../../messages/shown.ts";
import type { Transfer } from "../../options/values.ts";
import type { ByteSource } from "../byte_source.ts";
import type { Checkpoint, TensorRows } from "../checkpoint.ts";
import { filesWithWeights, openWeights } from "../open_weights.ts";
import { CONFIG_FILE, readConfigFrom } from "../read_config.ts";
import { checkpointOf } from "../weights.ts";
import { weightsFileOf } from "../weights_files.ts";
import { wholeWeights } from "../whole_weights.ts";
import { ADAPTER_CONFIG, ADAPTER_FILES } from "../adapter_config.ts";
import { type HubConnection, usualPatience } from "./hub_connection.ts";
import { HubFile } from "./hub_file.ts";
import { HubListing } from "./hub_listing.ts";
import type { ListedFile } from "./listed_file.ts";
import type { HubAccess, HubStore } from "./hub_store.ts";
import { LinkMeter, type TransferListeners } from "./transfer_plan.ts";

/** How a hub is spoken with, other than the environment says, and whom to tell. */
export interface HubOptions extends TransferListeners {
  /** How long the hub is waited for; suits the public hub unless given. */
  readonly patience?: Partial<typeof usualPatience>;
  /** The entry of files of `torch.save` that holds the weights; the only one that does unless given. */
  readonly weights?: string | undefined;
  /** What moving bytes saves; `balanced` unless given. */
  readonly transfer?: Transfer | undefined;
  /** The commits that steps are read from, in place of those that their branches are at now. */
  readonly commits?: ReadonlyMap<number, string> | undefined;
  /** What measures the connection, where several models share one. */
  readonly meter?: LinkMeter | undefined;
}

/** Where a checkpoint is. */
export interface CheckpointPlace {
  /** The commit. */
  readonly commit: string;
  /** The folder in it with a slash at the end, or nothing for the whole. */
  readonly folder: string;
  /** The branch's name and the folder's, for messages. */
  readonly label: string;
  /** The file of weights, where the folder has one for each step; unless given, the folder has those of one step. */
  readonly file?: string;
}

/** A model on the hub; files that were opened stay so, and what was read of them is read once. */
export class HubModel {
  /** Its branches, revisions and files. */
  readonly listing: HubListing;
  readonly #connection: HubConnection | null;
  readonly #store: HubStore;
  readonly #meter: LinkMeter;
  readonly #opened = new Map<string, ByteSource>();

  constructor(
    private readonly repository: string,
    private readonly access: HubAccess,
    private readonly options: HubOptions,
  ) {
    const { endpoint, token, offline } = access;
    const patience = { ...usualPatience, ...options.patience };
    const { onWait, meter } = options;
    this.#meter = meter ?? new LinkMeter();
    this.#connection = offline ? null : { endpoint, token, ...patience, ...onWait && { onWait } };
    this.#store = access.store(repository);
    this.listing = new HubListing(repository, this.#connection, this.#store);
  }

  /** Open the checkpoint at a place: its config and the header of its weights are read. */
  async checkpoint(
    place: CheckpointPlace,
    model: string,
    step: number | null,
  ): Promise<Checkpoint> {
    const { source, files, weightsFile } = await this.#folderAt(place);
    const find = async (name: string) => {
      const file = files.get(name);
      return file ? await this.#open(file, place) : null;
    };
    const open = (name: string) =>
      openWeights(name, async (part) => {
        const file = await find(part);
        if (file !== null) return file;
        throw new Error(`${source} has no file ${shown(part)}; get the model from elsewhere`);
      }, name === weightsFile ? this.options.weights : undefined);
    const weights = await wholeWeights(await open(weightsFile), { source, open, find });
    const configFile = files.get(CONFIG_FILE);
    const config = configFile ? await readConfigFrom(await this.#open(configFile, place)) : null;
    // A file that another tool has downloaded is no file on the hub any more.
    const farRanges = async (requests: readonly TensorRows[]) =>
      (await weights.ranges(requests)).flatMap(({ file, ranges }) =>
        file instanceof HubFile ? [{ file, ranges }] : []
      );
    const plansOf = (far: Awaited<ReturnType<typeof farRanges>>) =>
      Promise.all(far.map(({ file, ranges }) => file.plan(ranges)));
    const { onPlan, onProgress } = this.options;
    return withHeadMatrices({
      ...checkpointOf(weights, { model, step, source, config }, this.options.weights),
      plan: async (requests) => await plansOf(await farRanges(requests)),
      prefetch: async (requests) => {
        const far = await farRanges(requests);
        const plans = await plansOf(far);
        onPlan?.(step, plans);
        const planned = plans.reduce((sum, { bytes }) => sum + bytes, 0);
        let moved = 0;
        const onBytes = (bytes: number) =>
          onProgress?.({ model, step, moved: moved += bytes, planned });
        for (const { file, ranges } of far) await file.prefetch(ranges, onBytes);
      },
    });
  }

  /** Why there are no weights at a place, `null` where there are some. */
  async whyNoWeights(place: CheckpointPlace): Promise<Error | null> {
    const { source, files } = await this.#filesAt(place);
    try {
      if (place.file === undefined) weightsFileOf([...files.keys()], source);
      return null;
    } catch (error) {
      return error as Error;
    }
  }

  /** The digests of the files with the weights of a checkpoint, the shards and not their index, as the hub lists them. */
  async digests(place: CheckpointPlace): Promise<string[]> {
    const { files, weightsFile } = await this.#folderAt(place);
    const own = filesWithWeights(weightsFile, [...files.keys()]).map((name) =>
      files.get(name)!.content
    );
    // Steps of one base model differ in their adapters alone.
    const adapter = ADAPTER_FILES.map((name) => files.get(name)).find((file) => file !== undefined);
    return adapter && files.has(ADAPTER_CONFIG) ? [[...own, adapter.content].join(" ")] : own;
  }

  /** The files in the folder of a checkpoint by name, and which of them to open for the weights. */
  async #folderAt(place: CheckpointPlace) {
    const { source, files } = await this.#filesAt(place);
    return { source, files, weightsFile: place.file ?? weightsFileOf([...files.keys()], source) };
  }

  async #filesAt({ commit, folder, label }: CheckpointPlace) {
    const source = `hf:${this.repository}@${label}`;
    const inside = (await this.listing.files(commit))
      .filter(({ path }) => path.startsWith(folder) && !path.slice(folder.length).includes("/"));
    const files = new Map(inside.map((file) => [file.path.slice(folder.length), file]));
    return { source, files };
  }

  /** One source for each content, so that one call finds what another has brought. */
  async #open(listed: ListedFile, { commit, folder, label }: CheckpointPlace): Promise<ByteSource> {
    const { path, content } = listed;
    const { endpoint } = this.access;
    const names = path.split("/");
    for (const name of names) plainName(name, `a file of ${this.repository}`);
    const encoded = names.map(encodeURIComponent).join("/");
    let file = this.#opened.get(content) ?? await this.#store.downloaded(commit, listed);
    const source = `hf:${this.repository}@${label}/${path.slice(folder.length)}`;
    const address = new URL(`${endpoint}/${this.repository}/resolve/${commit}/${encoded}`);
    const { transfer } = this.options;
    const far = { listed, source, address, meter: this.#meter, transfer };
    file ??= new HubFile(far, this.#connection, this.#store);
    this.#opened.set(content, file);
    return file;
  }
}
