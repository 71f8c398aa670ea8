/** What a Danfo frame is here. */
import type * as Danfo from "danfojs-node";

/** A frame of the package danfojs-node, 1.1.2. */
export type Frame = Danfo.DataFrame;
