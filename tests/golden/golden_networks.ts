/** Sampled networks of the golden checkpoints, without the house's own checkpoint reader. */

import { blockLinks, type BlockWeights } from "../../lib/networks/block_links.ts";
import type { LinkedLayers } from "../../lib/networks/link.ts";
import type { NeuronInteractionNetwork } from "../../lib/networks/neuron_interaction_network.ts";
import { type NodeSample, sampleNodes } from "../../lib/networks/node_sample.ts";
import { sampledNetwork } from "../../lib/networks/sampled_network.ts";
import {
  type MatrixName,
  type SyntheticModel,
  type SyntheticStep,
  syntheticWeight,
} from "./synthetic_checkpoint.ts";

/** A function from row and column to the weight of a block's matrix. */
type WeightOf = (block: number, name: MatrixName) => (row: number, column: number) => number;

/**
 * The sampled network of a golden model. `features` smaller than the model's hidden size repeats the published
 * slip of drawing from too few neurons.
 */
export function goldenNetwork(
  model: SyntheticModel,
  step: number,
  sample: number,
  features?: number,
): NeuronInteractionNetwork {
  return sampledNetwork(goldenLinks(model, step, sample, features));
}

/** The layers and links of the same network. */
export function goldenLinks(
  model: SyntheticModel,
  step: number,
  sample: number,
  features?: number,
): LinkedLayers {
  const hidden = model === "pythia-14m" ? 128 : 512;
  const drawn = sampleNodes({ sample, blocks: 6, features: features ?? hidden, layerSample: 32 });
  const weights = weightsOf(
    drawn,
    (block, name) => syntheticWeight(model, step as SyntheticStep, block, name),
  );
  return blockLinks(drawn, weights, { hidden });
}

/** Layers and links of a sample, with the weights taken from an f16 safetensors file. */
export async function linksFromFile(
  path: string | URL,
  drawn: NodeSample,
  hidden: number,
): Promise<LinkedLayers> {
  const matrices = await readMatrices(path);
  const weights = weightsOf(drawn, (block, name) => {
    const { columns, values } = matrices.get(`gpt_neox.layers.${block}.${name}.weight`)!;
    return (row, column) => values[row * columns + column]!;
  });
  return blockLinks(drawn, weights, { hidden });
}

function weightsOf(drawn: NodeSample, weightOf: WeightOf): BlockWeights[] {
  return drawn.blocks.map(({ n1, n2, n3, n4, n5 }, block) => {
    const between = (name: MatrixName, sources: Int32Array, targets: Int32Array) => {
      const weight = weightOf(block, name);
      // Stored [outputs, inputs]: the weight from input i to output j is in row j.
      return Float64Array.from(
        Array.from(sources).flatMap((i) => Array.from(targets, (j) => weight(j, i))),
      );
    };
    return {
      queryKeyValue: between("attention.query_key_value", n1, n2),
      dense: between("attention.dense", n3, n4),
      denseHTo4h: between("mlp.dense_h_to_4h", n4, n5),
      dense4hToH: between("mlp.dense_4h_to_h", n5, drawn.blocks[block + 1]?.n1 ?? drawn.n6),
    };
  });
}

async function readMatrices(path: string | URL) {
  const bytes = await Deno.readFile(path);
  const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header: Record<string, { shape?: number[]; data_offsets: [number, number] }> = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, start)),
  );
  const found = new Map<string, { columns: number; values: Float16Array }>();
  for (const [name, { shape, data_offsets }] of Object.entries(header)) {
    if (shape?.length !== 2) continue;
    const [from, to] = data_offsets;
    const values = new Float16Array(bytes.slice(start + from, start + to).buffer);
    found.set(name, { columns: shape[1]!, values });
  }
  return found;
}
