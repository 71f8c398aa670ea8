/** The rows of a GPT-NeoX checkpoint that sampled networks need. */

import type { Architecture } from "../../lib/architectures/architecture.ts";
import type { TensorRows } from "../../lib/checkpoints/weights.ts";
import { linkedNeurons, type SampledEdges } from "../../lib/networks/linked_neurons.ts";
import { sampleNodes } from "../../lib/networks/node_sample.ts";

const steps = {
  "attention.query_key_value": "queryKeyValue",
  "attention.dense": "dense",
  "mlp.dense_h_to_4h": "denseHTo4h",
  "mlp.dense_4h_to_h": "dense4hToH",
} as const;

/** Rows of all samples by tensor, read as published: `qkv: "reference"`, 32 neurons of a layer. */
export function sampledRows(
  { blocks, hidden, matrices }: Architecture,
  samples: number,
  edges: SampledEdges,
): TensorRows[] {
  const drawn = Array.from({ length: samples }, (_, sample) => {
    const nodes = sampleNodes({ sample, blocks, features: hidden, layerSample: 32 });
    return linkedNeurons(nodes, hidden, edges);
  });
  return matrices.map(({ tensor, block, role }) => {
    const step = steps[role as keyof typeof steps];
    const rows = new Set(drawn.flatMap((sample) => [...sample[block]![step].targets]));
    const ascending = [...rows].sort((a, b) => a - b);
    return { name: tensor, rows: ascending.map((row) => ({ start: row, end: row + 1 })) };
  });
}
