/** What moving the bytes of a checkpoint costs, and the callbacks that hear of it. */

import type { ByteRange } from "./byte_source.ts";

/** What moving bytes costs. */
export interface LinkSpeed {
  /** Seconds from asking to the first byte. */
  readonly latency: number;
  /** Bytes a second, all requests together. */
  readonly bandwidth: number;
  /** Requests under way at once. */
  readonly lanes: number;
}

/** The requests that bring what is needed, and what they cost. */
export interface TransferPlan {
  /**
   * `ranges` asks for the needed bytes and hardly any between them; `stream` reads on over all gaps that would take
   * longer to skip than to read; `nothing` where all is there already.
   */
  readonly method: "ranges" | "stream" | "nothing";
  /** What to ask for, ascending and disjoint. */
  readonly requests: readonly ByteRange[];
  /** Bytes that are needed and not there yet. */
  readonly needed: number;
  /** Bytes that the requests move, gaps among them. */
  readonly bytes: number;
  /** Size of the file in bytes. */
  readonly size: number;
  /** Seconds that it will take. */
  readonly seconds: number;
  /** Seconds that reading everything from the first needed byte to the last would take, but for what is there. */
  readonly secondsToStream: number;
  /** The speed that the plan counts on. */
  readonly link: LinkSpeed;
}

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
