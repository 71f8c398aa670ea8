/** The network of every neuron by plain loops over values, without what the library knows of layers. */

import type { NeuronInteractionNetwork } from "../../lib/networks/network.ts";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";

/** A layer of neurons: how many, and the tensors that its neurons are columns of, from which column on. */
export interface PlainLayer {
  readonly size: number;
  /** Stored `[out, in · positions, kernel]`, or `[in, out, kernel]` where it is turned. */
  readonly feeds: readonly { readonly tensor: string; readonly isTurned?: boolean }[];
}

/** All edges that leave the layers' neurons, in their order: an edge of length 1 / norm for each output of each tensor. */
export async function plainNetwork(
  checkpoint: Checkpoint,
  layers: readonly PlainLayer[],
): Promise<NeuronInteractionNetwork> {
  const lengths: number[] = [], offsets = [0], nodeIds: number[] = [], nodeLayers: number[] = [];
  let id = 0;
  for (const [layer, { size, feeds }] of layers.entries()) {
    for (let neuron = 0; neuron < size; neuron++, id++) {
      for (const { tensor, isTurned = false } of feeds) {
        const { shape: [first = 0, second = 0] } = checkpoint.tensors.get(tensor)!;
        const values = decodeValues(await checkpoint.read(tensor));
        const outputs = isTurned ? second : first;
        const positions = values.length / size / outputs;
        for (let output = 0; output < outputs; output++) {
          let sum = 0;
          for (let k = 0; k < positions; k++) {
            const row = isTurned ? neuron * outputs + output : output * size + neuron;
            sum += values[row * positions + k]! ** 2;
          }
          if (sum > 0) lengths.push(1 / Math.sqrt(sum));
        }
      }
      if (lengths.length === offsets.at(-1)) continue;
      nodeIds.push(id);
      nodeLayers.push(layer);
      offsets.push(lengths.length);
    }
  }
  return {
    nodeIds: Int32Array.from(nodeIds),
    nodeLayers: Uint16Array.from(nodeLayers),
    layers: layers.map(({ size }, i) => ({
      ...{ name: `${i}`, role: `${i}`, block: 0, size, learned: true },
    })),
    offsets: Uint32Array.from(offsets),
    lengths: Float64Array.from(lengths),
  };
}
