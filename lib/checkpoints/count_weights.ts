/** How large a model is, from its checkpoint. */

import type { TensorInfo } from "./checkpoint.ts";
import { isFloatType } from "./decode_values.ts";

/**
 * The number of weights in a checkpoint: the entries of every floating-point tensor named `weight` or `bias`,
 * embeddings and layer norms among them. Masks and rotary frequencies, which older files hold beside the
 * weights, are not counted.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun } from "neuromfa";
 * import { countWeights } from "neuromfa/checkpoints";
 *
 * const run = await openRun("suite:nano-64");
 * const { tensors } = await run.checkpoint(0);
 * assert.equal(countWeights(tensors), 210_304);
 * ```
 */
export function countWeights(tensors: ReadonlyMap<string, TensorInfo>): number {
  let count = 0;
  for (const { name, dtype, shape } of tensors.values()) {
    // GPT-NeoX calls its causal mask `attention.bias`; only its dtype tells it from a bias.
    if (!/(^|\.)(weight|bias)$/.test(name) || !isFloatType(dtype)) continue;
    count += shape.reduce((product, size) => product * size, 1);
  }
  return count;
}
