/** A model on the hub where there is neither a disk nor an environment, as in a browser. */

import type { Transfer } from "../../options/values.ts";
import type { CheckpointRun } from "../checkpoint.ts";
import { stepReader } from "../step_names.ts";
import { parseHubName, pythiaOnHub } from "./hub_name.ts";
import { memoryStores } from "./memory_store.ts";
import type { TransferListeners } from "./transfer_plan.ts";

/** Where the hub is, who asks, and how much of it is kept. */
export interface OpenHubOptions extends TransferListeners {
  /** The hub's address; `https://huggingface.co` unless given. */
  readonly endpoint?: string | undefined;
  /** The user's access token, which is sent to the hub alone; none unless given. */
  readonly token?: string | undefined;
  /** The most bytes of files that are kept in memory, of all runs that are opened without it together; 256 MiB unless given. */
  readonly memory?: number | undefined;
  /** A regular expression for the whole names of steps, whose first group is the step. */
  readonly stepsPattern?: string | undefined;
  /** The entry of files of `torch.save` that holds the weights, such as `ema`; the only one that does unless given. */
  readonly weights?: string | undefined;
  /** What moving bytes from the hub saves: `fewest-bytes`, `fastest`, or `balanced`, which is the default. */
  readonly transfer?: Transfer | undefined;
  /** Pauses before each further try, in milliseconds; five of them, up to 8 s, unless given. */
  readonly pauses?: readonly number[] | undefined;
}

/** Bytes that are kept of all models together. */
const MOST_KEPT_BYTES = 1 << 28;

const stores = memoryStores(MOST_KEPT_BYTES);

/**
 * Open the checkpoints of a model on the Hugging Face hub, in a browser or wherever else there is no folder to keep in
 * what was read. Nothing but names and headers is moved until weights are read; what that will move
 * tells `plan` of a checkpoint, and `onTransfer` of {@linkcode sampleNetworks} for all steps together.
 *
 * @category Checkpoints
 * @param name `<owner>/<model>`, also with `hf:` in front and `@<revision>` behind; or the name of a Pythia model.
 * @throws {Error} If there is no such model, it may not be read, or it has no steps.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openHub } from "neuromfa/checkpoints";
 *
 * // await openHub("EleutherAI/pythia-14m") is a run of 154 steps.
 * await assert.rejects(openHub("EleutherAI pythia"), /names no model on the hub; the form is hf:owner/);
 * ```
 */
export async function openHub(
  name: string,
  {
    endpoint = "https://huggingface.co",
    token,
    memory,
    stepsPattern,
    pauses,
    ...options
  }: OpenHubOptions = {},
): Promise<CheckpointRun> {
  const place = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (place === null || !/^https?:$/.test(place.protocol)) {
    throw new Error(
      `endpoint is ${
        JSON.stringify(endpoint)
      }, which is no web address; set it to one like https://huggingface.co`,
    );
  }
  // Loaded late: its library takes longer to load than all else here.
  const { openHubRun } = await import("./hub_run.ts");
  const read = stepsPattern === undefined ? undefined : stepReader(stepsPattern);
  const hub = pythiaOnHub(name) ?? parseHubName(name.startsWith("hf:") ? name : `hf:${name}`);
  const access = {
    endpoint: endpoint.replace(/\/+$/, ""),
    token: token || null,
    offline: false,
    store: memory === undefined ? stores : memoryStores(memory),
  };
  const patience = pauses && { patience: { pauses: [...pauses] } };
  return await openHubRun(hub, access, { ...options, ...patience }, read);
}
