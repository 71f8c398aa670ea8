/** ONNX: the tensors of a network and the graph that says which feeds which. */

import { printable, shown } from "../messages/shown.ts";
import { type ByteSource, readRange } from "./byte_source.ts";
import { bytesPerValue } from "./decode_values.ts";
import { checkTensorCount, isSize } from "./limits.ts";
import type { GraphNode } from "./onnx_flow.ts";
import { describedGraph } from "./onnx_graph.ts";
import { type Field, protobufFields } from "./protobuf_fields.ts";
import { rowMajorStrides } from "./strided_rows.ts";
import { type FileTensor, FileWeights, type Weights } from "./weights.ts";

/** A tensor, and where its values begin in the file; some have none there. */
interface OnnxTensor extends FileTensor {
  readonly begin: number;
}

/** More nodes than any network has. */
const MOST_NODES = 1_000_000;
/** Longest node that is read, without the tensors in it. */
const MOST_NODE_BYTES = 1 << 20;

/** Number formats by their numbers in the file. */
const dtypes: readonly (string | undefined)[] = [
  ...[undefined, "F32", "U8", "I8", "U16", "I16", "I32", "I64", "STRING", "BOOL", "F16", "F64"],
  ...["U32", "U64", "C64", "C128", "BF16", "F8_E4M3", "F8_E4M3FNUZ", "F8_E5M2", "F8_E5M2FNUZ"],
];

/** Numbers of fields in ONNX's messages. */
const GRAPH = 7, NODE = 1, INITIALIZER = 5, INPUT = 11;

/** Open an ONNX file: its graph and the heads of its tensors are read and checked, no values yet. */
export async function openOnnx(file: ByteSource): Promise<Weights> {
  const { source, size } = file;
  const tensors = new Map<string, OnnxTensor>(), nodes: GraphNode[] = [], inputs: string[] = [];
  let graphs = 0;
  for await (const model of protobufFields(file, 0, size)) {
    if (model.number !== GRAPH || model.bytes === null) continue;
    graphs++;
    for await (
      const { number, bytes } of protobufFields(file, model.bytes.start, model.bytes.end)
    ) {
      if (bytes === null) continue;
      if (number === INITIALIZER) {
        const tensor = await readTensor(file, bytes);
        if (tensors.has(tensor.name)) {
          throw new Error(`${source} is damaged: its tensor ${shown(tensor.name)} is there twice`);
        }
        tensors.set(tensor.name, tensor);
        checkTensorCount(tensors.size, source);
      } else if (number === NODE) {
        if (nodes.length >= MOST_NODES) {
          throw new Error(`${source} has more than ${MOST_NODES} nodes; get it again`);
        }
        nodes.push(await readNode(file, bytes));
      } else if (number === INPUT) inputs.push(await nameOf(file, bytes));
    }
  }
  if (graphs !== 1) {
    throw new Error(
      `${source} is no ONNX file: it has ${graphs} graphs, not one; pass a file of weights`,
    );
  }
  const own = inputs.filter((name) => !tensors.has(name));
  const described = describedGraph(nodes, own, tensors);
  for (const [name, view] of described?.views ?? []) {
    tensors.set(name, { ...tensors.get(name)!, ...view });
  }
  return new FileWeights(
    file,
    tensors,
    (some) => some.map(({ begin }) => begin),
    null,
    described?.architecture ?? null,
  );
}

async function readTensor(
  file: ByteSource,
  { start, end }: { start: number; end: number },
): Promise<OnnxTensor> {
  const { source } = file, shape: number[] = [];
  let name = "", type = 0, values: Field["bytes"] = null, isElsewhere = false, pieces = 0;
  for await (const field of protobufFields(file, start, end)) {
    const { number, value, bytes } = field;
    if (number === 1) shape.push(...bytes ? await varintsOf(file, bytes) : [value]);
    else if (number === 2) type = value;
    else if (number === 8 && bytes) name = await textOf(file, bytes);
    else if (number === 14) isElsewhere = value === 1;
    else if ([4, 5, 7, 9, 10].includes(number)) {
      pieces++;
      // Raw values, or floats and doubles one after another; half-precision ones would lie in integers.
      const isWhole = bytes !== null &&
        (number === 9 || number === 4 && type === 1 || number === 10 && type === 11);
      values = isWhole ? bytes : null;
    }
    if (shape.length > 64) {
      throw new Error(`${source} has a tensor of more than 64 axes; get it again`);
    }
  }
  const damaged = (what: string) =>
    new Error(`${source} is damaged: its tensor ${shown(name)} ${what}; get it again`);
  if (!shape.every(isSize)) throw damaged(`has the shape ${shown(shape)}`);
  const dtype = dtypes[type] ?? `type ${type}`, strides = rowMajorStrides(shape);
  const bytes = shape.reduce((product, count) => product * count, bytesPerValue.get(dtype) ?? 0);
  if (bytes > 0 && (isElsewhere || pieces !== 1 || values === null)) {
    // Listed, and refused by these words where it is read.
    return {
      name,
      shape,
      strides,
      begin: 0,
      dtype: `${dtype} ${isElsewhere ? "in another file" : "in pieces"}`,
    };
  }
  const length = values === null ? 0 : values.end - values.start;
  if (bytesPerValue.has(dtype) && bytes !== length) {
    throw damaged(`of shape ${shown(shape)} takes ${bytes} bytes, but it has ${length}`);
  }
  return { name, shape, strides, begin: values?.start ?? 0, dtype };
}

async function readNode(
  file: ByteSource,
  range: { start: number; end: number },
): Promise<GraphNode> {
  const inputs: string[] = [],
    outputs: string[] = [],
    settings = new Map<string, number | number[]>();
  let op = "";
  for await (const { number, bytes } of protobufFields(file, range.start, range.end)) {
    if (bytes === null) continue;
    if (number === 1) inputs.push(await textOf(file, bytes));
    else if (number === 2) outputs.push(await textOf(file, bytes));
    else if (number === 4) op = await textOf(file, bytes);
    else if (number === 5) await readSetting(file, bytes, settings);
  }
  return { op, inputs, outputs, settings };
}

/** A setting of a node that is a number or a list of integers; others, such as tensors, do not tell who feeds whom. */
async function readSetting(
  file: ByteSource,
  range: { start: number; end: number },
  settings: Map<string, number | number[]>,
) {
  let name = "", number: number | number[] | null = null;
  const list: number[] = [];
  for await (
    const { number: field, value, bytes } of protobufFields(file, range.start, range.end)
  ) {
    if (field === 1 && bytes) name = await textOf(file, bytes);
    else if (field === 2 || field === 3) number = value;
    else if (field === 8) list.push(...bytes ? await varintsOf(file, bytes) : [value]);
  }
  settings.set(name, number ?? list);
}

async function nameOf(
  file: ByteSource,
  { start, end }: { start: number; end: number },
): Promise<string> {
  for await (const { number, bytes } of protobufFields(file, start, end)) {
    if (number === 1 && bytes) return await textOf(file, bytes);
  }
  return "";
}

async function textOf(
  file: ByteSource,
  { start, end }: { start: number; end: number },
): Promise<string> {
  if (end - start > MOST_NODE_BYTES) {
    throw new Error(`${file.source} has a name of ${end - start} bytes; get it again`);
  }
  return printable(new TextDecoder().decode(await readRange(file, start, end)));
}

async function varintsOf(
  file: ByteSource,
  { start, end }: { start: number; end: number },
): Promise<number[]> {
  if (end - start > 1000) {
    throw new Error(
      `${file.source} has a list of ${end - start} bytes where sizes are; get it again`,
    );
  }
  const { PbfReader } = await import("pbf");
  const reader = new PbfReader((await readRange(file, start, end)).slice()), values: number[] = [];
  try {
    while (reader.pos < end - start) values.push(reader.readVarint(true));
  } catch {
    throw new Error(`${file.source} is damaged at byte ${start}; get it again`);
  }
  return values;
}
