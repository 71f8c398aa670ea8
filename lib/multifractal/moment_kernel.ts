/** The loops that touch every node at every radius, in WebAssembly: moments of ln p in cells. */

import { Kernel } from "../wasm/kernel.ts";
import { binary } from "./moment_kernel_wasm.ts";

/** The functions of the kernel. */
export type MomentFunction = "begin" | "grow" | "evaluate";

/**
 * Memory and the functions that add moments and evaluate them. TypeScript checks the bounds of
 * every access and adds one number at a time.
 */
export class MomentKernel extends Kernel<MomentFunction> {
  constructor() {
    super(binary, 1);
  }

  /**
   * Find the nodes with more than `minimum` edges and their total masses, and add their edges to
   * those at each radius. Places are in bytes: of the first node's `counts`, the next one's
   * `stride` further; of its `state`, see {@linkcode NODE_BYTES}; of the edges of all radii,
   * `edgesAt`.
   */
  begin(
    call: Record<"counts" | "stride" | "nodes" | "radii" | "minimum" | "state" | "edgesAt", number>,
  ): void {
    const { counts, stride, nodes, radii, minimum, state, edgesAt } = call;
    this.functions.begin(counts, stride, nodes, radii, minimum, state, edgesAt);
  }

  /**
   * Let the selected nodes grow over some radii. At each one a node adds the logarithm of its mass
   * to `logMasses`, and the powers 0 to 13 of its distance from the centre of its cell to that
   * cell's moments. Cell number c lies around ln p = −c · `width`. Places are in bytes: of `counts`
   * and `state` as above; of `logs` by mass; of the first radius's `moments`, [cells × terms], the
   * next one's `next` further.
   */
  grow(
    call: Record<
      | ("counts" | "stride" | "nodes" | "radii" | "state" | "logs")
      | ("moments" | "next" | "logMasses" | "width"),
      number
    >,
  ): void {
    const { counts, stride, nodes, radii, state, logs, moments, next, logMasses, width } = call;
    this.functions.grow(
      ...[counts, stride, nodes, radii, state, logs, moments, next, logMasses, width],
    );
  }

  /**
   * Add what the moments of a cell give to the sums at all orders, two orders at a time. Places are
   * in bytes: of the cell's `moments`; of the terms' `factors`, [pairs × terms × 2]; of the powers
   * of the cell's `centres`, and of the `sums`, [pairs × 2].
   */
  evaluate(call: Record<"moments" | "factors" | "centres" | "sums" | "pairs", number>): void {
    this.functions.evaluate(call.moments, call.factors, call.centres, call.sums, call.pairs);
  }
}
