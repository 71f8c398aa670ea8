/** Whom to tell that bytes are moved. */

import type { TransferPlan } from "./transfer_plan.ts";

/** How far the transfer for one checkpoint is. */
export interface TransferProgress {
  /** The model's name. */
  readonly model: string;
  /** The training step, or `null` where the source does not tell. */
  readonly step: number | null;
  /** Bytes moved so far; more than planned only where a connection was dropped. */
  readonly moved: number;
  /** Bytes that the plan moves. */
  readonly planned: number;
}

/** Told of what is moved from a hub. */
export interface TransferListeners {
  /** Called before the bytes for a checkpoint are moved, with a plan for each of its files. */
  readonly onPlan?: (step: number | null, plans: readonly TransferPlan[]) => void;
  /** Called whenever some bytes have come. */
  readonly onProgress?: (progress: TransferProgress) => void;
}
