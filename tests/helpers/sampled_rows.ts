/** The rows of a checkpoint that sampled networks need. */

import type { Architecture } from "../../lib/architectures/architecture.ts";
import type { TensorRows } from "../../lib/checkpoints/checkpoint.ts";
import type { SampledEdges } from "../../lib/options/values.ts";
import { sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { weightRequests } from "../../lib/networks/read_weights.ts";

/** Rows of all samples by tensor, read as published: `qkv: "reference"`, 32 neurons of a layer. */
export function sampledRows(
  architecture: Architecture,
  samples: number,
  edges: SampledEdges,
): TensorRows[] {
  const drawn = Array.from(
    { length: samples },
    (_, sample) => sampleNodes(architecture, { sample, layerSample: 32 }),
  );
  return weightRequests(architecture, drawn, { qkv: "reference", edges });
}
