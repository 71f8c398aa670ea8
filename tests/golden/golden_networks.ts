/** Sampled networks of the golden checkpoints, without the house's own checkpoint reader. */

import type { Architecture } from "../../lib/architectures/architecture.ts";
import {
  type LinkedLayers,
  type NeuronInteractionNetwork,
  sampledNetwork,
} from "../../lib/networks/network.ts";
import { linkLayers } from "../../lib/networks/link_layers.ts";
import { type NodeSample, sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { gptNeoXOf } from "../networks/gpt_neox_of.ts";
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
  const drawn = sampleNodes(gptNeoXOf(6, features ?? hidden), { sample, layerSample: 32 });
  return linked(
    gptNeoXOf(6, hidden),
    drawn,
    (block, name) => syntheticWeight(model, step as SyntheticStep, block, name),
  );
}

/** Layers and links of a sample, with the weights taken from an f16 safetensors file. */
export async function linksFromFile(
  path: string | URL,
  architecture: Architecture,
  drawn: NodeSample,
): Promise<LinkedLayers> {
  const matrices = await readMatrices(path);
  return linked(architecture, drawn, (block, name) => {
    const { columns, values } = matrices.get(`gpt_neox.layers.${block}.${name}.weight`)!;
    return (row, column) => values[row * columns + column]!;
  });
}

function linked(architecture: Architecture, drawn: NodeSample, weightOf: WeightOf): LinkedLayers {
  const weights = architecture.matrices.map(({ block, role, from, to }) => {
    const weight = weightOf(block, role as MatrixName);
    // Stored [outputs, inputs]: the weight from input i to output j is in row j.
    return Float64Array.from(
      Array.from(drawn.layers[from]!).flatMap((i) =>
        Array.from(drawn.layers[to]!, (j) => weight(j, i))
      ),
    );
  });
  return linkLayers(architecture, drawn, weights);
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
