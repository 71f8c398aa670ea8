/** Sampled networks of the golden checkpoints, read without the house's own checkpoint reader. */

import { type BlockWeights, blockLinks } from "../../lib/networks/block_links.ts";
import type { LinkedLayers } from "../../lib/networks/link.ts";
import type { NeuronInteractionNetwork } from "../../lib/networks/neuron_interaction_network.ts";
import { type NodeSample, sampleNodes } from "../../lib/networks/node_sample.ts";
import { sampledNetwork } from "../../lib/networks/sampled_network.ts";
import {
  syntheticCheckpoint,
  type SyntheticModel,
  type SyntheticStep,
} from "./synthetic_checkpoint.ts";

interface Matrix {
  readonly columns: number;
  readonly values: Float16Array;
}

const matrices = new Map<string, Promise<Map<string, Matrix>>>();

/**
 * The sampled network of a golden model. `features` smaller than the model's hidden size repeats the published
 * slip of drawing from too few neurons.
 */
export async function goldenNetwork(
  model: SyntheticModel,
  step: number,
  sample: number,
  features?: number,
): Promise<NeuronInteractionNetwork> {
  const folder = await syntheticCheckpoint(model, step as SyntheticStep);
  const path = `${folder}/model.safetensors`;
  if (!matrices.has(path)) matrices.set(path, readMatrices(path));
  const hidden = model === "pythia-14m" ? 128 : 512;
  const drawn = sampleNodes({ sample, blocks: 6, features: features ?? hidden, layerSample: 32 });
  return sampledNetwork(linkedLayers(await matrices.get(path)!, drawn, hidden));
}

/** Layers and links of a sample, with the weights taken from a safetensors file. */
export async function linksFromFile(
  path: string | URL,
  drawn: NodeSample,
  hidden: number,
): Promise<LinkedLayers> {
  return linkedLayers(await readMatrices(path), drawn, hidden);
}

function linkedLayers(stored: Map<string, Matrix>, drawn: NodeSample, hidden: number): LinkedLayers {
  const weights = drawn.blocks.map(({ n1, n2, n3, n4, n5 }, block): BlockWeights => {
    const between = (name: string, sources: Int32Array, targets: Int32Array) => {
      const { columns, values } = stored.get(`gpt_neox.layers.${block}.${name}.weight`)!;
      // Stored [outputs, inputs]: the weight from input i to output j is in row j.
      return Float64Array.from(
        Array.from(sources).flatMap((i) => Array.from(targets, (j) => values[j * columns + i]!)),
      );
    };
    return {
      queryKeyValue: between("attention.query_key_value", n1, n2),
      dense: between("attention.dense", n3, n4),
      denseHTo4h: between("mlp.dense_h_to_4h", n4, n5),
      dense4hToH: between("mlp.dense_4h_to_h", n5, drawn.blocks[block + 1]?.n1 ?? drawn.n6),
    };
  });
  return blockLinks(drawn, weights, hidden);
}

async function readMatrices(path: string | URL): Promise<Map<string, Matrix>> {
  const bytes = await Deno.readFile(path);
  const start = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header: Record<string, { shape?: number[]; data_offsets: [number, number] }> = JSON.parse(
    new TextDecoder().decode(bytes.subarray(8, start)),
  );
  const found = new Map<string, Matrix>();
  for (const [name, { shape, data_offsets }] of Object.entries(header)) {
    if (shape?.length !== 2) continue;
    const [from, to] = data_offsets;
    const values = new Float16Array(bytes.slice(start + from, start + to).buffer);
    found.set(name, { columns: shape[1]!, values });
  }
  return found;
}
