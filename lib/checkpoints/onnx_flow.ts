/** Which matrix of an ONNX graph feeds which: the layers of neurons that values are, and what leads to them. */

import type { TensorInfo } from "./checkpoint.ts";

/** A node of a graph. */
export interface GraphNode {
  /** What it does, such as `Gemm`. */
  readonly op: string;
  /** What it takes: outputs of nodes, inputs of the graph, or tensors. */
  readonly inputs: readonly string[];
  /** What it makes. */
  readonly outputs: readonly string[];
  /** Its numbers by name. */
  readonly settings: ReadonlyMap<string, number | readonly number[]>;
}

/** Neurons that values are: a graph's input, what a matrix leads to, a sum of such, or several beside each other. */
export interface Layer {
  readonly kind: "input" | "product" | "sum" | "beside";
  /** What is added, or stands beside each other. */
  readonly operands: readonly Layer[];
  /** How many there are; of an input as soon as a matrix tells. */
  size: number | undefined;
  /** Whether they are channels, each at several positions. */
  readonly isChannels: boolean;
  /** Whether anything but sums lay between the operands and what led to them. */
  readonly isBent: boolean;
}

/** A stored matrix or convolution that a node multiplies by. */
export interface Product {
  readonly tensor: string;
  readonly orientation: "out, in" | "in, out";
  readonly from: Layer;
  readonly to: Layer;
  /** Positions that each neuron before it is seen at, and whether those of one neuron lie apart. */
  readonly positions: number;
  readonly isPositionMajor: boolean;
}

/** What flows through a graph. */
export interface Flow {
  /** In the order that edges pass through them. */
  readonly layers: readonly Layer[];
  readonly products: readonly Product[];
  readonly embeddings: readonly string[];
}

/** What is known of a value: its neurons, and how their positions lie. */
interface Value {
  readonly layer: Layer;
  /** Whether an operation bends it, so that a sum of it is no sum of products. */
  readonly isBent: boolean;
  /** Whether positions follow channels in one row. */
  readonly isFlat: boolean;
  /** Whether channels come last. */
  readonly isChannelsLast: boolean;
}

/** Operations that a sum goes through. */
const STRAIGHT = new Set([
  ...["Identity", "Cast", "Dropout", "BatchNormalization", "Add", "Sub", "Mul", "Div", "Pad"],
  ...["Reshape", "Flatten", "Squeeze", "Unsqueeze", "Transpose", "AveragePool"],
  ...["GlobalAveragePool", "Concat"],
]);
/** Operations that put positions in one row, or leave one of them. */
const FLATTENING = new Set(["Reshape", "Flatten", "Squeeze", "ReduceMean", "ReduceMax"]);
/** Operations that mix neurons by other means than a stored matrix, or hold graphs of their own. */
const MIXING = new Set([
  ...["MatMul", "Gemm", "Conv", "ConvTranspose", "Einsum", "Attention", "MultiHeadAttention"],
  ...["DepthToSpace", "SpaceToDepth", "If", "Loop", "Scan", "LSTM", "GRU", "RNN"],
]);

/**
 * Follow the values of a graph; `null` where stored matrices are used in another way than to multiply, one is used twice, or
 * neurons meet otherwise than in a sum or beside each other before a matrix.
 */
export function graphFlow(
  nodes: readonly GraphNode[],
  inputs: readonly string[],
  tensors: ReadonlyMap<string, TensorInfo>,
): Flow | null {
  const ordered = inOrder(nodes);
  return ordered === null ? null : new FlowReader(inputs, tensors).read(ordered);
}

class FlowReader {
  readonly #tensors: ReadonlyMap<string, TensorInfo>;
  readonly #stored: Map<string, Stored>;
  /** Values by name; `null` of those whose neurons are not known any more. */
  readonly #values = new Map<string, Value | null>();
  readonly #layers: Layer[] = [];
  readonly #products: Product[] = [];
  readonly #embeddings = new Set<string>();

  constructor(inputs: readonly string[], tensors: ReadonlyMap<string, TensorInfo>) {
    this.#tensors = tensors;
    this.#stored = new Map(
      [...tensors.keys()].map((name) => [name, { tensor: name, isFlipped: false }]),
    );
    for (const name of inputs) this.#values.set(name, plain(this.#layer("input", undefined)));
  }

  read(nodes: readonly GraphNode[]): Flow | null {
    for (const node of nodes) if (!this.#follow(node)) return null;
    const [layers, products] = [this.#layers, this.#products];
    return { layers, products, embeddings: [...this.#embeddings] };
  }

  /** Follow one node; whether it is understood. */
  #follow(node: GraphNode): boolean {
    const { op, inputs, outputs, settings } = node;
    const held = this.#stored.get(inputs[0] ?? "");
    if (held && ["Identity", "Cast", "Transpose"].includes(op) && outputs[0] !== undefined) {
      const axes = this.#tensors.get(held.tensor)!.shape.length;
      const order = settings.get("perm") ?? [];
      const isFlip = op === "Transpose" && axes === 2 &&
        (order as readonly number[]).join() !== "0,1";
      if (op === "Transpose" && !isFlip && axes > 1) return false;
      this.#stored.set(outputs[0], { ...held, isFlipped: held.isFlipped !== isFlip });
      return true;
    }
    if (op === "Gather" && held) this.#embeddings.add(held.tensor);
    const multiplied = multiplication(node, this.#stored);
    const strange = inputs.flatMap((name) => this.#stored.get(name)?.tensor ?? []).some((name) =>
      name !== multiplied?.tensor && this.#isMatrix(name)
    );
    if (strange && op !== "Gather") return false;
    if (multiplied) return this.#multiply(node, multiplied);
    const known = inputs.filter((name) => this.#values.has(name));
    if (known.length === 0) return true;
    const values = known.map((name) => this.#values.get(name)!);
    const result = this.#result(node, known, values);
    if (result === undefined) return false;
    for (const output of outputs) this.#values.set(output, result);
    return true;
  }

  #isMatrix(name: string): boolean {
    return this.#tensors.get(name)!.shape.filter((size) => size > 1).length > 1;
  }

  #multiply({ op, outputs }: GraphNode, { tensor, orientation, input }: Multiplied): boolean {
    const value = this.#values.get(input);
    if (!value || this.#products.some((product) => product.tensor === tensor)) return false;
    const { layer } = value, { shape } = this.#tensors.get(tensor)!;
    const [first, second] = shape as [number, number];
    const [rows, columns] = orientation === "out, in" ? [first, second] : [second, first];
    const isConvolution = op === "Conv" || op === "ConvTranspose";
    if (isConvolution && (value.isFlat || value.isChannelsLast)) return false;
    // A matrix that is not behind a row of positions works on the last axis.
    if (!isConvolution && layer.isChannels && !value.isFlat && !value.isChannelsLast) return false;
    layer.size ??= columns;
    const positions = value.isFlat && layer.isChannels ? columns / layer.size : 1;
    if (!Number.isInteger(positions) || positions * layer.size !== columns) return false;
    const isChannels = isConvolution || layer.isChannels && !value.isFlat;
    const to = this.#layer("product", rows, [], isChannels);
    const isPositionMajor = value.isChannelsLast && positions > 1;
    this.#products.push({ tensor, orientation, from: layer, to, positions, isPositionMajor });
    const made = { ...plain(to), isChannelsLast: isChannels && value.isChannelsLast };
    for (const output of outputs) this.#values.set(output, made);
    return true;
  }

  /** What another node makes of its values; `undefined` where that cannot be known. */
  #result(
    node: GraphNode,
    names: readonly string[],
    values: readonly (Value | null)[],
  ): Value | null | undefined {
    const { op, inputs } = node;
    if (MIXING.has(op)) return undefined;
    const [value] = values;
    if (values.some((other) => !other)) return null;
    const all = values as readonly Value[];
    if (all.every(({ layer }) => layer === value!.layer)) return changed(node, all);
    const isAlike = all.every(({ isFlat, isChannelsLast }) =>
      isFlat === value!.isFlat && isChannelsLast === value!.isChannelsLast
    );
    const isWhole = isAlike && new Set(all.map(({ layer }) => layer)).size === all.length &&
      names.length === inputs.length;
    if (!isWhole) return null;
    const operands = all.map(({ layer }) => layer), isBent = all.some(({ isBent }) => isBent);
    const isChannels = operands.some(({ isChannels }) => isChannels);
    if (op === "Add" || op === "Sum") {
      const sizes = new Set(operands.flatMap(({ size }) => size ?? []));
      if (sizes.size > 1) return null;
      const [size] = sizes;
      for (const operand of operands) operand.size ??= size;
      const layer = this.#layer("sum", size, operands, isChannels, isBent);
      return { ...value!, layer, isBent: false };
    }
    if (op !== "Concat" || value!.isFlat && isChannels || value!.isChannelsLast) return null;
    const axis = node.settings.get("axis");
    if (axis !== 1 && (axis !== LAST_AXIS || isChannels)) return null;
    const size = operands.reduce<number | undefined>(
      (sum, { size }) => sum === undefined || size === undefined ? undefined : sum + size,
      0,
    );
    return { ...value!, layer: this.#layer("beside", size, operands, isChannels), isBent };
  }

  #layer(
    kind: Layer["kind"],
    size: number | undefined,
    operands: readonly Layer[] = [],
    isChannels = false,
    isBent = false,
  ): Layer {
    const layer = { kind, size, operands, isChannels, isBent };
    this.#layers.push(layer);
    return layer;
  }
}

/** −1 as an axis; protobuf's numbers of 64 bits have no sign. */
const LAST_AXIS = -1;

function plain(layer: Layer): Value {
  return { layer, isBent: false, isFlat: false, isChannelsLast: false };
}

/** A value after an operation that leaves neurons what they are; `null` where they may be others. */
function changed({ op, settings }: GraphNode, values: readonly Value[]): Value | null {
  const [value] = values as [Value];
  const isBent = values.some(({ isBent }) => isBent) || !STRAIGHT.has(op);
  const isFlat = values.some(({ isFlat }) => isFlat) ||
    value.layer.isChannels && FLATTENING.has(op);
  if (op !== "Transpose" || value.layer.kind === "input") return { ...value, isBent, isFlat };
  const order = settings.get("perm");
  if (!Array.isArray(order)) return null;
  const last = order.length - 1;
  if (!value.layer.isChannels) return order[last] === last ? { ...value, isBent } : null;
  if (isFlat) return null;
  const rest = Array.from({ length: Math.max(0, last - 1) }, (_, i) => i + 2);
  const isToLast = order.join() === [0, ...rest, 1].join();
  const isToFirst = order.join() === [0, last, ...rest.map((axis) => axis - 1)].join();
  if (value.isChannelsLast ? isToFirst : isToLast) {
    return { ...value, isBent, isChannelsLast: !value.isChannelsLast };
  }
  return null;
}

/** A stored tensor, and whether its two axes are the other way round. */
interface Stored {
  readonly tensor: string;
  readonly isFlipped: boolean;
}

/** A stored matrix that a node multiplies by. */
interface Multiplied extends Pick<Product, "tensor" | "orientation"> {
  /** What it is multiplied with. */
  readonly input: string;
}

/** The matrix or convolution of a node, and what it is multiplied with; `null` of other nodes. */
function multiplication(
  { op, inputs: [first = "", second = ""], settings }: GraphNode,
  stored: ReadonlyMap<string, Stored>,
): Multiplied | null {
  const right = stored.get(second), left = stored.get(first);
  const is = (name: string, usual: number) => (settings.get(name) ?? usual) === usual;
  const oriented = ({ tensor, isFlipped }: Stored, isOutFirst: boolean, input: string) => (
    { tensor, input, orientation: isOutFirst !== isFlipped ? "out, in" : "in, out" } as const
  );
  if ((op === "Conv" || op === "ConvTranspose") && right && !right.isFlipped && is("group", 1)) {
    return oriented(right, op === "Conv", first);
  }
  if (op === "MatMul" && right && !left) return oriented(right, false, first);
  if (op === "MatMul" && left && !right) return oriented(left, true, second);
  if (op !== "Gemm" || !right || left || !is("transA", 0) || !is("alpha", 1)) return null;
  return oriented(right, !is("transB", 0), first);
}

/** Nodes in an order in which each comes after what it takes; `null` where there is none. */
function inOrder(nodes: readonly GraphNode[]): readonly GraphNode[] | null {
  const makers = new Map<string, number>();
  for (const [i, { outputs }] of nodes.entries()) {
    for (const output of outputs) if (output !== "") makers.set(output, i);
  }
  if (nodes.every(({ inputs }, i) => inputs.every((name) => (makers.get(name) ?? -1) < i))) {
    return nodes;
  }
  const waiting = nodes.map(({ inputs }) => inputs.filter((name) => makers.has(name)).length);
  const takers = new Map<number, number[]>();
  for (const [i, { inputs }] of nodes.entries()) {
    for (const name of inputs) {
      const maker = makers.get(name);
      if (maker === undefined) continue;
      if (!takers.has(maker)) takers.set(maker, []);
      takers.get(maker)!.push(i);
    }
  }
  const ready = [...nodes.keys()].filter((i) => waiting[i] === 0);
  for (let next = 0; next < ready.length; next++) {
    for (const taker of takers.get(ready[next]!) ?? []) {
      if (--waiting[taker]! === 0) ready.push(taker);
    }
  }
  return ready.length < nodes.length ? null : ready.map((i) => nodes[i]!);
}
