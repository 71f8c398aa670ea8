/** NumPy's `.npz`: a zip file of arrays, each behind a short header of its own. */

import { shown, someNames } from "../messages/shown.ts";
import { type ByteSource, readRange } from "./byte_source.ts";
import { bytesPerValue } from "./decode_values.ts";
import { checkTensorCount, isSize } from "./limits.ts";
import { rowMajorStrides } from "./strided_rows.ts";
import { inflatedEntries } from "./inflated_entries.ts";
import { zipEntries } from "./torch/zip_entries.ts";
import { type FileTensor, FileWeights, type Weights } from "./weights.ts";

/** An array, and where its values begin in the file. */
interface NpzTensor extends FileTensor {
  readonly begin: number;
}

/** Bytes of an entry that are read at first: the header of nearly all arrays. */
const FIRST_BYTES = 256;
/** Longest header that is read. */
const MOST_HEADER_BYTES = 1 << 16;

/** Number formats by their letter and bytes in NumPy, little-endian. */
const dtypes: ReadonlyMap<string, string> = new Map(Object.entries({
  ...{ f8: "F64", f4: "F32", f2: "F16", c8: "C64", c16: "C128", b1: "BOOL" },
  ...{ i8: "I64", i4: "I32", i2: "I16", i1: "I8", u8: "U64", u4: "U32", u2: "U16", u1: "U8" },
}));

/**
 * Open an `.npz` that `np.savez` or `np.savez_compressed` wrote: its directory and the headers of
 * its arrays are read and checked, no values yet. Arrays of objects, texts and big-endian numbers
 * are listed and cannot be read.
 */
export async function openNpz(archive: ByteSource): Promise<Weights> {
  const { source } = archive;
  const entries = [...(await zipEntries(archive)).values()].filter(({ name }) =>
    name.endsWith(".npy")
  );
  checkTensorCount(entries.length, source);
  const { file, begins } = await inflatedEntries(
    archive,
    entries,
    "save it again with np.savez, which does not compress",
  );
  const sizes = entries.map(({ size, inflatedSize = size }) => inflatedSize);
  const starts = await file.read(sizes.map((size, i) => (
    { start: begins[i]!, end: begins[i]! + Math.min(size, FIRST_BYTES) }
  )));
  const tensors = new Map<string, NpzTensor>();
  for (const [i, { name: path }] of entries.entries()) {
    const name = path.slice(0, -".npy".length), begin = begins[i]!, size = sizes[i]!;
    const fault = (what: string) =>
      new Error(`${source} has a damaged array ${shown(name)}: ${what}`);
    const headerEnd = headerBytes(starts[i]!, size, fault);
    const header = headerEnd <= starts[i]!.length
      ? starts[i]!.subarray(0, headerEnd)
      : await readRange(file, begin, begin + headerEnd);
    tensors.set(name, {
      name,
      begin: begin + headerEnd,
      ...describedBy(header, size - headerEnd, fault),
    });
  }
  if (tensors.size > 0 && [...tensors.values()].every(({ dtype }) => dtype === "|O")) {
    throw new Error(
      `${source} holds arrays of Python objects (${
        someNames([...tensors.keys()])
      }), which are pickles and are ` +
        "not read; save each matrix as an array of numbers of its own, np.savez(path, W1=W1, W2=W2)",
    );
  }
  return new FileWeights(file, tensors, (some) => some.map(({ begin }) => begin));
}

/** Where the values begin, counted from the array's first byte. */
function headerBytes(bytes: Uint8Array, size: number, fault: (what: string) => Error): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || view.getUint32(0) !== 0x934e554d) throw fault("it is no .npy file");
  const prefix = view.getUint8(6) === 1 ? 10 : 12;
  const length = prefix === 10 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (prefix + length <= Math.min(size, MOST_HEADER_BYTES)) return prefix + length;
  throw fault(`its header of ${length} bytes is longer than it or any`);
}

/** Number format, shape and steps by the header, a Python dictionary as text. */
function describedBy(header: Uint8Array, size: number, fault: (what: string) => Error) {
  const text = new TextDecoder("latin1").decode(header);
  const [, order = "", type = ""] = /'descr':\s*'([<>|=]?)(\w+)'/.exec(text) ?? [];
  const isColumns = /'fortran_order':\s*True/.test(text);
  const list = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (list === undefined) throw fault("its header has no shape");
  const shape = list.split(",").map((word) => word.trim()).filter((word) => word !== "").map(
    Number,
  );
  if (!shape.every(isSize) || shape.length > 64) throw fault(`its shape is (${list.slice(0, 80)})`);
  const known = order === ">" ? undefined : dtypes.get(type);
  const dtype = known ?? (`${order}${type}` || "a structure");
  const strides = isColumns
    ? rowMajorStrides(shape.toReversed()).reverse()
    : rowMajorStrides(shape);
  if (known === undefined) return { dtype, shape, strides };
  const bytes = shape.reduce((product, count) => product * count, bytesPerValue.get(known)!);
  if (bytes === size) return { dtype, shape, strides };
  throw fault(
    `of dtype ${dtype} and shape ${shown(shape)} takes ${bytes} bytes, but it has ${size}`,
  );
}
