/** GGUF, the format of llama.cpp: its header is read by the library of Hugging Face, and its tensors are checked here. */

import { printable, shown } from "../messages/shown.ts";
import { type ByteSource, readRange } from "./byte_source.ts";
import { bytesPerValue } from "./decode_values.ts";
import { checkTensorCount } from "./limits.ts";
import { rowMajorStrides } from "./strided_rows.ts";
import { type FileTensor, FileWeights, type Packing, type Weights } from "./weights.ts";

/** A tensor, and where its values begin in the file. */
interface GgufTensor extends FileTensor {
  readonly begin: number;
}

/** Number formats by their numbers in the file; all others are quantised. */
const dtypes: ReadonlyMap<number, string> = new Map([
  ...[[0, "F32"], [1, "F16"], [28, "F64"], [30, "BF16"]] as const,
  ...[[24, "I8"], [25, "I16"], [26, "I32"], [27, "I64"]] as const,
]);

/** Q8_0: groups of 32 whole numbers of a byte behind the half-precision number that each is multiplied by, exactly in F32. */
const Q8_0 = 8;
const q8: Packing = {
  values: 32,
  bytes: 34,
  unpack(groups) {
    const view = new DataView(groups.buffer, groups.byteOffset, groups.byteLength);
    const values = new Float32Array(groups.length / 34 * 32);
    for (let group = 0, i = 0; group < groups.length; group += 34) {
      const scale = view.getFloat16(group, true);
      for (let at = group + 2; at < group + 34; at++) values[i++] = scale * view.getInt8(at);
    }
    return values;
  },
};

/** Open a GGUF file: its header is read and checked, no values yet. Quantised tensors other than Q8_0 are listed and cannot be read. */
export async function openGguf(file: ByteSource): Promise<Weights> {
  const { source, size } = file;
  const { gguf, GGMLQuantizationType } = await import("@huggingface/gguf");
  const header = await gguf("https://gguf.invalid", { fetch: fetchFrom(file) }).catch((error) => {
    if (error instanceof SourceFault) throw error.cause;
    // A range error is of the engine: the header goes on behind what there is.
    const reason = error instanceof RangeError || !(error instanceof Error)
      ? "its header ends too early"
      : error.message;
    throw new Error(
      `${source} is damaged or no GGUF file (${printable(reason.slice(0, 200))}); get it again`,
    );
  });
  const { tensorInfos, littleEndian } = header, dataStart = Number(header.tensorDataOffset);
  checkTensorCount(tensorInfos.length, source);
  if (!littleEndian) {
    throw new Error(
      `${source} is big-endian, and only little-endian files can be read; convert it again`,
    );
  }
  const tensors = new Map<string, GgufTensor>();
  for (const { name, shape: sizes, dtype: type, offset } of tensorInfos) {
    const fault = (what: string) =>
      new Error(`${source} is damaged: its tensor ${shown(name)} ${what}; get it again`);
    if (tensors.has(name)) throw fault("is there twice");
    // The first size is that of the axis whose values are neighbours.
    const shape = sizes.map(Number).reverse(), begin = dataStart + Number(offset);
    const packing = type === Q8_0 && shape.length > 1 && shape.at(-1)! % q8.values === 0
      ? q8
      : undefined;
    const known = dtypes.get(type);
    const unit = packing
      ? packing.bytes / packing.values
      : known === undefined
      ? 0
      : bytesPerValue.get(known)!;
    const bytes = shape.reduce((product, count) => product * count, unit);
    if (!(begin + bytes <= size)) {
      throw fault(`of shape ${shown(shape)} goes on behind the file's end`);
    }
    const groups = packing ? shape.with(-1, shape.at(-1)! / packing.values) : shape;
    tensors.set(name, {
      ...{ name, begin, shape, strides: rowMajorStrides(groups) },
      dtype: packing ? "F32" : known ?? GGMLQuantizationType[type] ?? `type ${type}`,
      ...packing && { packing },
    });
  }
  const begins = (some: readonly GgufTensor[]) => some.map(({ begin }) => begin);
  return new FileWeights(file, tensors, begins, null, null, configOf({ ...header.metadata }));
}

/** The entries of `config.json` for what the header says of attention. */
function configOf(metadata: Readonly<Record<string, unknown>>): Record<string, number> {
  const entries = {
    num_attention_heads: "head_count",
    num_key_value_heads: "head_count_kv",
    head_dim: "key_length",
  };
  return Object.fromEntries(
    Object.entries(entries).flatMap(([name, key]) => {
      const value = metadata[`${metadata["general.architecture"]}.attention.${key}`];
      return typeof value === "number" ? [[name, value]] : [];
    }),
  );
}

/** An error of reading the file, which is passed on unchanged. */
class SourceFault extends Error {}

/** Answers the library's requests for ranges of an address from the file; no other address is asked. */
function fetchFrom(file: ByteSource): typeof fetch {
  return async (_, init) => {
    const range = new Headers(init?.headers).get("range") ?? "";
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(range) ?? [];
    const start = Math.min(Number(first), file.size), end = Math.min(Number(last) + 1, file.size);
    const bytes = await readRange(file, start, end).catch((cause) => {
      throw new SourceFault("", { cause });
    });
    return new Response(bytes.slice());
  };
}
