/** A measured unit as the bytes of a file: safetensors, which numpy and Hugging Face's tools read, exact to the bit. */

import { createHash } from "node:crypto";
import * as v from "valibot";
import {
  HEADER_PREFIX_BYTES,
  parseSafetensorsHeader,
  safetensorsHeaderBytes,
} from "../../checkpoints/safetensors_file.ts";
import { safetensorsParts } from "../../checkpoints/write_safetensors.ts";
import { checkedJson } from "../../schemas/checked_value.ts";
import { sha256 } from "../../schemas/pieces.ts";
import { parseJson } from "../../files/parse_json.ts";

/** The typed arrays that a unit may hold, by the name of their number format in safetensors. */
const arrays = {
  F64: Float64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  U16: Uint16Array,
  U8: Uint8Array,
} as const;

type Format = keyof typeof arrays;
type TypedArray = InstanceType<typeof arrays[Format]>;

/** What a file says in front: what decided the unit, all in it that is no typed array, and a SHA-256 over everything. */
const headerSchema = v.object({
  __metadata__: v.object({ key: v.string(), value: v.string(), sha256 }),
});

/** The bytes of a unit's file: typed arrays become tensors named after their path, the rest JSON in the metadata. */
export function encodeUnit(key: string, value: unknown): Uint8Array {
  const tensors: { name: string; dtype: Format; shape: number[]; bytes: Uint8Array }[] = [];
  const plain = (part: unknown, path: string): unknown => {
    if (ArrayBuffer.isView(part)) {
      const dtype = formatOf(part, path);
      const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
      tensors.push({ name: path, dtype, shape: [(part as TypedArray).length], bytes });
      return { tensor: path };
    }
    if (Array.isArray(part)) return { list: part.map((item, i) => plain(item, `${path}.${i}`)) };
    if (typeof part === "object" && part !== null) {
      const at = (name: string) => path === "" ? name : `${path}.${name}`;
      return { object: mapValues(part, (inner, name) => plain(inner, at(name))) };
    }
    if (part === null || ["string", "boolean"].includes(typeof part)) return part;
    // JSON has neither NaN nor −0.
    if (typeof part === "number") return { number: Object.is(part, -0) ? "-0" : `${part}` };
    throw new TypeError(`${path} of a unit is ${String(part)}, which a file cannot keep`);
  };
  const facts = { key, value: JSON.stringify(plain(value, "")) };
  const digest = digestOf(facts, new Map(tensors.map(({ name, bytes }) => [name, bytes])));
  const parts = safetensorsParts("a unit", tensors, { ...facts, sha256: digest });
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = bytes.length;
  for (const part of parts.toReversed()) bytes.set(part, end -= part.length);
  return bytes;
}

/** The unit in the bytes of a file; throws if the file is cut, damaged, no unit, or not decided by the key. */
export function decodeUnit(bytes: Uint8Array, key: string, source: string): unknown {
  const prefix = bytes.subarray(0, HEADER_PREFIX_BYTES);
  const length = safetensorsHeaderBytes(prefix, bytes.length, source);
  const header = bytes.subarray(HEADER_PREFIX_BYTES, HEADER_PREFIX_BYTES + length);
  const stored = parseSafetensorsHeader(header, bytes.length, source);
  const text = new TextDecoder().decode(header);
  const facts = checkedJson(text, headerSchema, source, "it is no measured unit").__metadata__;
  if (facts.key !== key) throw new Error(`${source} was measured of something else`);
  const parts = new Map(
    [...stored.values()].map(({ name, begin, end }) => [name, bytes.subarray(begin, end)]),
  );
  if (digestOf(facts, parts) !== facts.sha256) {
    throw new Error(`${source} is damaged: its digest is not the one that it names`);
  }
  const restore = (part: unknown): unknown => {
    if (typeof part !== "object" || part === null) return part;
    // How a part that JSON would not keep as it is stands in it.
    type StoredPart = { tensor?: string; list?: unknown[]; object?: object; number?: string };
    const { tensor, list, object, number } = part as StoredPart;
    if (number !== undefined) return Number(number);
    if (list !== undefined) return list.map(restore);
    if (object !== undefined) return mapValues(object, restore);
    const format = stored.get(tensor ?? "")?.dtype as Format;
    if (!(format in arrays)) throw new Error(`${source} is no measured unit`);
    // A copy begins where an array of any format may begin.
    return new arrays[format](parts.get(tensor!)!.slice().buffer);
  };
  try {
    return restore(parseJson(facts.value));
  } catch {
    throw new Error(`${source} is no measured unit`);
  }
}

function mapValues(part: object, to: (inner: unknown, name: string) => unknown): object {
  return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, to(inner, name)]));
}

function formatOf(array: ArrayBufferView, path: string): Format {
  const known = Object.entries(arrays).find(([, Kind]) => array instanceof Kind);
  if (known) return known[0] as Format;
  throw new TypeError(`${path} of a unit is an array of a kind that a unit does not hold`);
}

function digestOf(
  { key, value }: { readonly key: string; readonly value: string },
  parts: ReadonlyMap<string, Uint8Array>,
): string {
  const hash = createHash("sha256").update(JSON.stringify([key, value]));
  for (const name of [...parts.keys()].sort()) {
    hash.update(`${name}\0${parts.get(name)!.length}\0`).update(parts.get(name)!);
  }
  return hash.digest("hex");
}
