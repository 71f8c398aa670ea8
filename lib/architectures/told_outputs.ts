/** How many outputs the vectors beside a matrix tell, where its shape alone does not say which axis is which. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import type { ChainLink } from "./longest_chain.ts";

/**
 * Whether the vectors beside the matrices of a chain let it be read as it is: no bias is as long as its matrix has inputs. Where all
 * convolutions are read as transposed ones, `[in, out]`, a bias or the norm behind one must confirm it: the same shapes are
 * a chain of plain convolutions in another order, and a program may have made its layers in any.
 */
export function agreesWithVectors(
  links: readonly ChainLink[],
  tensors: Checkpoint["tensors"],
): boolean {
  const kernels = links.filter(({ tensor: { shape } }) => shape.length > 2);
  const isTurned = kernels.length > 0 &&
    kernels.every(({ orientation }) => orientation === "in, out");
  const told = links.map((link) => tells(link, tensors));
  if (told.includes("inputs")) return false;
  return !isTurned || links.some((link, i) => kernels.includes(link) && told[i] === "outputs");
}

/** What the vector beside a matrix is as long as; nothing where there is none, or it is square. */
function tells(
  { tensor, orientation }: ChainLink,
  tensors: Checkpoint["tensors"],
): "inputs" | "outputs" | undefined {
  const [first, second] = tensor.shape;
  if (first === second) return undefined;
  const [out, into] = orientation === "out, in" ? [first, second] : [second, first];
  const bias = tensors.get(biasOf(tensor.name));
  const vector = bias ?? (tensor.shape.length > 2 ? behind(tensor, tensors) : undefined);
  if (vector?.shape.length !== 1) return undefined;
  const [length] = vector.shape;
  return length === out ? "outputs" : length === into && bias ? "inputs" : undefined;
}

function biasOf(name: string): string {
  return name.replace(/weight$/, "bias").replace(/kernel$/, "bias")
    .replace(/(^|[._])W(_?\d*)$/, "$1b$2");
}

/** The tensor that a file has behind another, as the scale of a norm behind a convolution. */
function behind({ name }: TensorInfo, tensors: Checkpoint["tensors"]): TensorInfo | undefined {
  const names = [...tensors.keys()];
  return tensors.get(names[names.indexOf(name) + 1] ?? "");
}
