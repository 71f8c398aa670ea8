/** Read the header of a safetensors file and believe none of it before it has been checked. */

import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import type { TensorInfo } from "./checkpoint.ts";
import { bytesPerValue } from "./decode_values.ts";
import { repeatedName } from "./read_config.ts";
import { shown } from "../messages/shown.ts";
import { checkTensorCount, MOST_TENSORS } from "./tensor_count.ts";

/** Longest header that is read, in bytes; the limit that the format's own library sets. */
export const MAXIMUM_HEADER_BYTES = 100_000_000;

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

/**
 * Length in bytes of the header that follows the prefix, checked against the file's size and
 * {@linkcode maximumHeaderBytes} so that it is safe to allocate.
 *
 * @param prefix The file's first 8 bytes, or all of a shorter file.
 * @param fileSize Size of the whole file in bytes.
 * @param source The file's name, for messages.
 * @throws {Error} if the file is too short for the header it announces, or this is no safetensors file.
 */
export function safetensorsHeaderBytes(
  prefix: Uint8Array,
  fileSize: number,
  source: string,
): number {
  if (prefix.length < HEADER_PREFIX_BYTES || fileSize < HEADER_PREFIX_BYTES) {
    throw new Error(
      `${source} is no safetensors file: it has only ${fileSize} bytes; get it again`,
    );
  }
  if (new TextDecoder().decode(prefix.subarray(0, HEADER_PREFIX_BYTES)) === "version ") {
    throw new Error(`${source} is a Git LFS pointer and holds no weights; run git lfs pull`);
  }
  const length = new DataView(prefix.buffer, prefix.byteOffset).getBigUint64(0, true);
  const limit = Math.min(fileSize - HEADER_PREFIX_BYTES, MAXIMUM_HEADER_BYTES);
  if (length > limit) {
    throw new Error(
      `${source} is truncated or no safetensors file: it announces a header of ${length} bytes ` +
        `where at most ${limit} are possible; get it again`,
    );
  }
  return Number(length);
}

/**
 * The tensors that a safetensors header lists, in the order of the file's bytes. They are checked to
 * fill the file from the header to its end without overlap or gap, as the format requires.
 *
 * @param header The bytes after the prefix, as many as {@linkcode safetensorsHeaderBytes} said.
 * @param fileSize Size of the whole file in bytes.
 * @param source The file's name, for messages.
 * @throws {Error} naming the tensor and the value that is wrong.
 */
export function parseSafetensorsHeader(
  header: Uint8Array,
  fileSize: number,
  source: string,
): ReadonlyMap<string, StoredTensor> {
  const dataStart = HEADER_PREFIX_BYTES + header.length;
  const entries = parseJsonObject(header, source);
  const tensors: StoredTensor[] = [];
  for (const name of Object.keys(entries)) {
    if (name === "__metadata__") checkMetadata(entries[name], source);
    else tensors.push(storedTensor(name, entries[name], dataStart, source));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCoverage(tensors, dataStart, fileSize, source);
  return new Map(tensors.map((tensor) => [tensor.name, tensor]));
}

function parseJsonObject(header: Uint8Array, source: string): Record<string, unknown> {
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(header);
    value = parseJson(text, headerBounds);
  } catch (error) {
    const what = error instanceof JsonTooLarge
      ? `${error.message}, as no model's does`
      : "is no JSON text";
    throw new Error(`${source} has a damaged header: it ${what}; get it again`);
  }
  if (!isObject(value)) {
    throw new Error(`${source} has a damaged header: ${shown(value)} is no object; get it again`);
  }
  checkTensorCount(Object.keys(value).length, source);
  const repeated = repeatedName(text);
  if (repeated !== null) {
    throw new Error(`${source} has a damaged header: the name ${shown(repeated)} occurs twice`);
  }
  return value;
}

function checkMetadata(entry: unknown, source: string) {
  if (isObject(entry) && Object.values(entry).every((value) => typeof value === "string")) return;
  throw new Error(`${source} has a damaged header: __metadata__ must map names to strings`);
}

function storedTensor(
  name: string,
  entry: unknown,
  dataStart: number,
  source: string,
): StoredTensor {
  const fail = (what: string) => {
    throw new Error(`${source} has a damaged header: tensor ${shown(name)} ${what}`);
  };
  if (!isObject(entry)) return fail(`is described by ${shown(entry)}, not by an object`);
  const { dtype, shape, data_offsets: offsets } = entry;
  const itemBytes = typeof dtype === "string" ? bytesPerValue.get(dtype) : undefined;
  if (itemBytes === undefined) return fail(`has the unknown dtype ${shown(dtype)}`);
  if (!Array.isArray(shape) || !shape.every(isSize)) {
    return fail(`has the shape ${shown(shape)}, which must be a list of whole numbers from 0`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize)) {
    return fail(`has the data_offsets ${shown(offsets)}, which must be two whole numbers from 0`);
  }
  const bytes = shape.reduce((product: number, size: number) => product * size, itemBytes);
  // A product that was rounded on the way is no safe integer at its end either, unless a 0 hides it.
  if (!Number.isSafeInteger(bytes)) return fail(`has the impossible shape ${shown(shape)}`);
  const [begin, end] = offsets as [number, number];
  if (end - begin !== bytes) {
    return fail(
      `of dtype ${dtype} and shape ${shown(shape)} takes ${bytes} bytes, ` +
        `but its data_offsets ${shown(offsets)} hold ${end - begin}`,
    );
  }
  return { name, dtype: dtype as string, shape, begin: dataStart + begin, end: dataStart + end };
}

function checkCoverage(
  tensors: readonly StoredTensor[],
  dataStart: number,
  fileSize: number,
  source: string,
) {
  let covered = dataStart;
  let previous = "";
  for (const { name, begin, end } of tensors) {
    if (begin < covered) {
      throw new Error(
        `${source} has a damaged header: tensors ${shown(previous)} and ${shown(name)} overlap`,
      );
    }
    if (begin > covered) {
      throw new Error(
        `${source} has a damaged header: ${begin - covered} bytes in front of tensor ` +
          `${shown(name)} belong to no tensor`,
      );
    }
    covered = end;
    previous = name;
  }
  if (covered > fileSize) {
    throw new Error(
      `${source} is truncated: its tensors need ${covered} bytes but it has ${fileSize}; get it again`,
    );
  }
  if (covered < fileSize) {
    throw new Error(
      `${source} is damaged: ${
        fileSize - covered
      } bytes at its end belong to no tensor; get it again`,
    );
  }
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
