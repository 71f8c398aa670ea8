/** The network of an ONNX graph as data, where stored matrices and sums say which neurons feed which. */

import { is } from "valibot";
import {
  type BlocksDescription,
  type ChainDescription,
  descriptionSchema,
  type LayerDescription,
  type MatrixDescription,
} from "../schemas/architecture_description.ts";
import type { TensorInfo } from "./checkpoint.ts";
import { type Flow, graphFlow, type GraphNode, type Layer, type Product } from "./onnx_flow.ts";

/** A stored matrix that is read as a convolution `[out, in, positions]`. */
export interface MatrixView {
  readonly shape: readonly number[];
  /** How many values apart neighbours on each axis lie. */
  readonly strides: readonly number[];
}

/** What a graph says of its network. */
export interface DescribedGraph {
  /** The network as data for `detectArchitecture`. */
  readonly architecture: object;
  /** Matrices behind convolutions whose positions do not lie as `detectArchitecture` reads them. */
  readonly views: ReadonlyMap<string, MatrixView>;
}

/**
 * The network that a graph says, by which matrix feeds which. A sum is one layer of neurons: what is added to it and feeds others
 * too is the same residual stream and has no edge, and the rest leads to it. `null` where the graph multiplies by tensors in
 * another way, or joins neurons otherwise than in a sum or beside each other: then only names can say what the network is.
 */
export function describedGraph(
  nodes: readonly GraphNode[],
  inputs: readonly string[],
  tensors: ReadonlyMap<string, TensorInfo>,
): DescribedGraph | null {
  const flow = graphFlow(nodes, inputs, tensors);
  if (flow === null || flow.products.length < 2) return null;
  if (flow.products.some(({ tensor }) => /[{}*]/.test(tensor))) return null;
  const places = placesOf(flow);
  if (places === null) return null;
  const views = new Map(flow.products.flatMap((product) => viewOf(product, tensors)));
  const axesOf = (tensor: string) => (views.get(tensor) ?? tensors.get(tensor)!).shape.length;
  const section = chainOf(flow, places, views, axesOf) ?? sectionOf(flow, places, views, axesOf);
  const { embeddings, products } = flow;
  const architecture = {
    family: "onnx graph",
    recognised: { tensors: products.map(({ tensor }) => tensor) },
    sections: [section],
    takesAllOfFew: true,
    complete: true,
    ...embeddings.length > 0 && {
      ignored: embeddings.map((tensors) => ({ tensors, reason: "embedding" })),
    },
  };
  // Names may be none that a description can have, as they may be anything in a file.
  return is(descriptionSchema, architecture) ? { architecture, views } : null;
}

/** Where the neurons of a layer are: a layer itself, or a part of one that stands for several. */
interface Place {
  readonly layer: Layer;
  readonly part: Layer | null;
}

/** The place of each layer; `null` where one would have two. */
function placesOf({ layers, products }: Flow): ((layer: Layer) => Place) | null {
  const fed = new Set(products.map(({ from }) => from)), used = new Set(fed);
  for (const layer of layers.toReversed()) {
    if (used.has(layer)) { for (const operand of layer.operands) used.add(operand); }
  }
  const joins = layers.filter((layer) => layer.operands.length > 0 && used.has(layer));
  const counts = new Map<Layer, number>();
  for (const { operands } of joins) {
    for (const operand of operands) counts.set(operand, (counts.get(operand) ?? 0) + 1);
  }
  const isOwn = (layer: Layer) => fed.has(layer) || counts.get(layer)! > 1;
  const merged = new Map<Layer, Place>();
  for (const join of joins) {
    const { kind, operands } = join;
    if (kind === "sum") {
      // What feeds others too is the residual stream.
      const own = operands.filter((layer) => layer.kind !== "input" && !isOwn(layer));
      if (own.length === 0 || own.some(({ kind }) => kind === "beside")) return null;
      if (own.length > 1 && join.isBent) return null;
      for (const layer of own) merged.set(layer, { layer: join, part: null });
    } else if (operands.some(({ kind }) => kind !== "input") || operands.some(isOwn)) {
      const open = operands.filter(({ size }) => size === undefined).length;
      if (open > 1 || operands.some((layer) => isOwn(layer) || layer.kind === "beside")) {
        return null;
      }
      for (const layer of operands) merged.set(layer, { layer: join, part: layer });
    }
  }
  return (layer) => {
    let place: Place = { layer, part: null };
    for (let next = merged.get(layer); next !== undefined; next = merged.get(place.layer)) {
      // A sum beside another is a part as a whole.
      place = { layer: next.layer, part: next.part ?? place.part };
    }
    return place;
  };
}

/** A matrix behind convolutions as one, where its positions lie otherwise than channel by channel in each row. */
function viewOf(
  { tensor, orientation, positions, isPositionMajor }: Product,
  tensors: ReadonlyMap<string, TensorInfo>,
): [string, MatrixView][] {
  if (positions === 1 || orientation === "out, in" && !isPositionMajor) return [];
  const [first, second] = tensors.get(tensor)!.shape as [number, number];
  const [outputs, inputs, byOutput, byInput] = orientation === "out, in"
    ? [first, second, second, 1]
    : [second, first, 1, second];
  const channels = inputs / positions;
  const [byChannel, byPosition] = isPositionMajor
    ? [byInput, channels * byInput]
    : [positions * byInput, byInput];
  const strides = [byOutput, byChannel, byPosition];
  return [[tensor, { shape: [outputs, channels, positions], strides }]];
}

/** How a matrix is stored, as it is read. */
function storedAs(
  { tensor, orientation }: Product,
  views: ReadonlyMap<string, MatrixView>,
  axes: number,
): Pick<MatrixDescription, "tensor" | "orientation" | "axes"> {
  return {
    tensor,
    orientation: views.has(tensor) ? "out, in" : orientation,
    ...axes > 2 && { axes: axes as 3 | 4 | 5 },
  };
}

/** Whether neurons are what a graph is given, one input or several beside each other. */
function isInput({ kind, operands }: Layer): boolean {
  return kind === "input" || kind === "beside" && operands.every(isInput);
}

/** The matrices one after another, where each comes from all that the one before leads to; `null` else. */
function chainOf(
  { products }: Flow,
  placeOf: (layer: Layer) => Place,
  views: ReadonlyMap<string, MatrixView>,
  axesOf: (tensor: string) => number,
): ChainDescription | null {
  const targets = new Set<Layer>();
  for (const [i, { from, to }] of products.entries()) {
    const before = products[i - 1], place = placeOf(to);
    const follows = before === undefined ? isInput(from) : from === placeOf(before.to).layer;
    if (!follows || place.part !== null || targets.has(place.layer)) return null;
    targets.add(place.layer);
  }
  return { chain: products.map((product) => storedAs(product, views, axesOf(product.tensor))) };
}

/** The layers, and the matrices that join them. */
function sectionOf(
  { products, layers }: Flow,
  placeOf: (layer: Layer) => Place,
  views: ReadonlyMap<string, MatrixView>,
  axesOf: (tensor: string) => number,
): BlocksDescription {
  const sources = new Set(products.map(({ from }) => from));
  const ends = [...new Set(products.map(({ to }) => placeOf(to).layer))]
    .filter((layer) => !sources.has(layer));
  const names = new Map<Layer, string>(), parts = new Map<Layer, string>();
  const described = layers.filter((layer) => sources.has(layer)).map((layer): LayerDescription => {
    const role = isInput(layer) ? `input ${names.size + 1}` : `hidden ${names.size + 1}`;
    names.set(layer, role);
    if (layer.kind !== "beside" || isInput(layer)) return { role };
    for (const operand of layer.operands) parts.set(operand, `part ${parts.size + 1}`);
    return {
      ...{ role, parts: layer.operands.map((operand) => parts.get(operand)!) },
      ...layer.size !== undefined && { size: layer.size },
    };
  });
  const isOne = ends.length === 1;
  for (const [i, layer] of ends.entries()) names.set(layer, isOne ? "output" : `output ${i + 1}`);
  const matrices = products.map((product): MatrixDescription => {
    const { from, to, positions, tensor } = product, { layer, part } = placeOf(to);
    return {
      ...storedAs(product, views, axesOf(tensor)),
      ...positions > 1 && !views.has(tensor) && { flattened: true },
      ...{ from: names.get(from)!, to: part === null ? names.get(layer)! : parts.get(part)! },
    };
  });
  if (isOne) return { layers: described, matrices, next: "output" };
  const outputs = { role: "outputs", parts: ends.map((layer) => names.get(layer)!) };
  return { layers: [...described, outputs], matrices };
}
