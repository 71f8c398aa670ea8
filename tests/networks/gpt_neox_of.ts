/** GPT-NeoX architectures of any size, without weights. */

import type { Architecture } from "../../lib/architectures/architecture.ts";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { TensorInfo } from "../../lib/checkpoints/checkpoint.ts";

/** What a checkpoint of this many blocks and this hidden size is described as. */
export function gptNeoXOf(blocks: number, hidden: number, intermediate = 4 * hidden): Architecture {
  const shapes = {
    "attention.query_key_value": [3 * hidden, hidden],
    "attention.dense": [hidden, hidden],
    "mlp.dense_h_to_4h": [intermediate, hidden],
    "mlp.dense_4h_to_h": [hidden, intermediate],
  };
  const tensors = new Map<string, TensorInfo>();
  for (let block = 0; block < blocks; block++) {
    for (const [role, shape] of Object.entries(shapes)) {
      const name = `gpt_neox.layers.${block}.${role}.weight`;
      tensors.set(name, { name, dtype: "F16", shape });
    }
  }
  return detectArchitecture({
    ...{ model: "shapes", step: 0, source: "shapes", config: null, tensors },
    digest: () => Promise.reject(new Error("no weights")),
    read: () => Promise.reject(new Error("no weights")),
  });
}
