/** The matrices of T5's attention and MLP. */

import type { MatrixDescription } from "../../schemas/architecture_description.ts";

/** The four matrices of an attention; `whose` begins the names of its layers. */
export function attention(tensors: string, whose: string, from: string, keys: string, to: string) {
  return [
    { tensor: `${tensors}.q.weight`, from, to: `${whose}query` },
    { tensor: `${tensors}.k.weight`, from: keys, to: `${whose}key` },
    { tensor: `${tensors}.v.weight`, from: keys, to: `${whose}value` },
    { tensor: `${tensors}.o.weight`, from: `${whose}attention output`, to },
  ];
}

/** The matrices of an MLP, with or without a gate. */
export function feedForward(tensors: string, gated: boolean, to: string): MatrixDescription[] {
  const [from, hidden] = ["feed-forward input", "feed-forward hidden"];
  const inward = gated
    ? [{ tensor: "wi_0", from, to: "gate" }, { tensor: "wi_1", from, to: "up" }]
    : [{ tensor: "wi", from, to: hidden }];
  return [...inward, { tensor: "wo", from: hidden, to }]
    .map((matrix) => ({ ...matrix, tensor: `${tensors}.${matrix.tensor}.weight` }));
}
