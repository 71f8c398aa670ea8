/** The loops that touch every node at every radius, in WebAssembly: moments of ln p in cells. */

import { Kernel } from "../wasm/kernel.ts";
import { binary } from "./moment_kernel_wasm.ts";

/** The functions of the kernel. */
export type MomentFunction = "add" | "evaluate";

/**
 * Memory and the functions that add moments and evaluate them. TypeScript checks the bounds of every
 * access and adds one number at a time: with the same loop there, the sums of a full network of 21,504
 * nodes took 66 to 79 ms of an AMD EPYC (Zen 5), and 38 to 47 with this one.
 */
export class MomentKernel extends Kernel<MomentFunction> {
  constructor() {
    super(binary, 1);
  }

  /**
   * Let nodes grow by one radius, and add the powers 0 to 13 of each one's distance from the centre of
   * its cell to that cell's moments. Cell number c lies around ln p = −c · `width`. Places are in bytes:
   * `counts` of the edges that reach the radius, for the first node and from one to the next by `stride`;
   * `state` of the first node, see {@linkcode NODE_BYTES}; `logs` by mass; `moments`, [cells × terms].
   */
  add(
    call: Record<"counts" | "stride" | "nodes" | "state" | "logs" | "moments" | "width", number>,
  ) {
    const { counts, stride, nodes, state, logs, moments, width } = call;
    this.functions.add(counts, stride, nodes, state, logs, moments, 1 / width, width);
  }

  /**
   * Add what the moments of a cell give to the sums at all orders, two orders at a time. Places are in
   * bytes: of the cell's `moments`; of the terms' `factors`, [pairs × terms × 2]; of the powers of the
   * cell's `centres`, and of the `sums`, [pairs × 2].
   */
  evaluate(call: Record<"moments" | "factors" | "centres" | "sums" | "pairs", number>): void {
    this.functions.evaluate(call.moments, call.factors, call.centres, call.sums, call.pairs);
  }
}
