/** The safetensors format: none of a file's header is believed before it has been checked. */

import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import { shown } from "../messages/shown.ts";
import { type ByteSource, readRange } from "./byte_source.ts";
import type { TensorInfo } from "./checkpoint.ts";
import { bytesPerValue } from "./decode_values.ts";
import { checkTensorCount, isSize, MAXIMUM_HEADER_BYTES, MOST_TENSORS } from "./limits.ts";
import { halfWritten } from "./half_written.ts";
import { isObject, repeatedName } from "./read_config.ts";
import { rowMajorStrides } from "./strided_rows.ts";
import { packingOf8Bits } from "./scaled_weights.ts";
import { type FileTensor, FileWeights, type Weights } from "./weights.ts";

/** Bytes in front of the header, which hold its length. */
export const HEADER_PREFIX_BYTES = 8;

/**
 * What a header may hold: a tensor's part is three deep and has four names and eight values, and one more value for each
 * further axis.
 */
const headerBounds = { depth: 8, values: 10 * MOST_TENSORS, names: 4 * MOST_TENSORS + 10_000 };

/** A tensor and where its values lie in the file. */
export interface StoredTensor extends TensorInfo {
  /** First byte, counted from the start of the file. */
  readonly begin: number;
  /** One past the last byte. */
  readonly end: number;
}

/** Open a safetensors file: its header is read and checked, no values yet. */
export async function openSafetensors(file: ByteSource): Promise<Weights> {
  const { source, size } = file;
  const prefix = await readRange(file, 0, Math.min(size, HEADER_PREFIX_BYTES));
  const headerEnd = HEADER_PREFIX_BYTES + safetensorsHeaderBytes(prefix, size, source);
  const header = await readRange(file, HEADER_PREFIX_BYTES, headerEnd);
  const tensors = [...parseSafetensorsHeader(header, size, source)].map(([name, tensor]) =>
    [name, withLayout(tensor)] as const
  );
  return new FileWeights(file, new Map(tensors), (some) => some.map(({ begin }) => begin));
}

/** A tensor whose values lie one after another; those of 8 bits are read as F32, see `withScales`. */
function withLayout(tensor: StoredTensor): StoredTensor & FileTensor {
  const packing = packingOf8Bits.get(tensor.dtype);
  return { ...tensor, strides: rowMajorStrides(tensor.shape), ...packing && { packing } };
}

/** Length in bytes of the header that follows the prefix, which is all of a shorter file; safe to allocate. */
export function safetensorsHeaderBytes(
  prefix: Uint8Array,
  fileSize: number,
  source: string,
): number {
  const fault = (what: string) => new Error(`${source} ${what}`);
  if (prefix.length < HEADER_PREFIX_BYTES || fileSize < HEADER_PREFIX_BYTES) {
    throw halfWritten(
      `${source} is no safetensors file: it has only ${fileSize} bytes; get it again`,
    );
  }
  if (new TextDecoder().decode(prefix.subarray(0, HEADER_PREFIX_BYTES)) === "version ") {
    throw fault("is a Git LFS pointer and holds no weights; run git lfs pull");
  }
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  const limit = Math.min(fileSize - HEADER_PREFIX_BYTES, MAXIMUM_HEADER_BYTES);
  if (length <= limit) return Number(length);
  throw halfWritten(
    `${source} is truncated or no safetensors file: it announces a header of ${length} bytes ` +
      `where at most ${limit} are possible; get it again`,
  );
}

/**
 * The tensors that a header lists, in the order of the file's bytes, checked to fill the file from the header to its end
 * without overlap or gap, as the format requires.
 */
export function parseSafetensorsHeader(
  header: Uint8Array,
  fileSize: number,
  source: string,
): ReadonlyMap<string, StoredTensor> {
  const damaged = (what: string) => new Error(`${source} has a damaged header: ${what}`);
  const dataStart = HEADER_PREFIX_BYTES + header.length;
  const { __metadata__, ...entries } = parseHeaderJson(header, source, damaged);
  const metadata = __metadata__ ?? {};
  if (!isObject(metadata) || !Object.values(metadata).every((value) => typeof value === "string")) {
    throw damaged("__metadata__ must map names to strings");
  }
  const tensors = Object.entries(entries)
    .map(([name, entry]) => storedTensor(name, entry, dataStart, damaged))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = dataStart, previous = "";
  for (const { name, begin, end } of tensors) {
    if (begin < covered) throw damaged(`tensors ${shown(previous)} and ${shown(name)} overlap`);
    if (begin > covered) {
      throw damaged(
        `${begin - covered} bytes in front of tensor ${shown(name)} belong to no tensor`,
      );
    }
    covered = end;
    previous = name;
  }
  if (covered === fileSize) return new Map(tensors.map((tensor) => [tensor.name, tensor]));
  if (covered > fileSize) {
    const needed = `its tensors need ${covered} bytes but it has ${fileSize}`;
    throw halfWritten(`${source} is truncated: ${needed}; get it again`);
  }
  throw new Error(
    `${source} is damaged: ${
      fileSize - covered
    } bytes at its end belong to no tensor; get it again`,
  );
}

function parseHeaderJson(header: Uint8Array, source: string, damaged: (what: string) => Error) {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(header);
    value = parseJson(text, headerBounds);
  } catch (error) {
    const isLarge = error instanceof JsonTooLarge;
    const what = isLarge ? `${error.message}, as no model's does` : "is no JSON text";
    throw damaged(`it ${what}; get it again`);
  }
  if (!isObject(value)) throw damaged(`${shown(value)} is no object; get it again`);
  checkTensorCount(Object.keys(value).length, source);
  const repeated = repeatedName(text);
  if (repeated !== null) throw damaged(`the name ${shown(repeated)} occurs twice`);
  return value;
}

function storedTensor(
  name: string,
  entry: unknown,
  dataStart: number,
  damaged: (what: string) => Error,
): StoredTensor {
  const fault = (what: string) => damaged(`tensor ${shown(name)} ${what}`);
  if (!isObject(entry)) throw fault(`is described by ${shown(entry)}, not by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const itemBytes = typeof dtype === "string" ? bytesPerValue.get(dtype) : undefined;
  if (itemBytes === undefined) throw fault(`has the unknown dtype ${shown(dtype)}`);
  if (!Array.isArray(shape) || !shape.every(isSize)) {
    throw fault(`has the shape ${shown(shape)}, which must be a list of whole numbers from 0`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    throw fault(`has the data_offsets ${shown(offsets)}, which must be two whole numbers from 0`);
  }
  const bytes = shape.reduce((product: number, size: number) => product * size, itemBytes);
  // A product that was rounded on the way is no safe integer at its end either, unless a 0 hides it.
  if (!Number.isSafeInteger(bytes)) throw fault(`has the impossible shape ${shown(shape)}`);
  const [begin, end] = offsets as [number, number];
  if (end - begin !== bytes) {
    throw fault(
      `of dtype ${dtype} and shape ${shown(shape)} takes ${bytes} bytes, ` +
        `but its data_offsets ${shown(offsets)} hold ${end - begin}`,
    );
  }
  return { name, dtype: dtype as string, shape, begin: dataStart + begin, end: dataStart + end };
}
