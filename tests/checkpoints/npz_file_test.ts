import assert from "node:assert/strict";
import { dump } from "npyjs";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { openNpz } from "../../lib/checkpoints/npz_file.ts";
import { joined } from "../helpers/pickle_bytes.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { zipBytes } from "../helpers/torch_bytes.ts";

/** An array as NumPy stores it, with any header. */
function npy(
  descr: string,
  shape: string,
  bytes: Uint8Array,
  { fortran = "False", version = 1 } = {},
) {
  const header = `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }\n`;
  const length = version === 1 ? [header.length, 0] : [header.length, 0, 0, 0];
  return joined(0x93, "NUMPY", version, 0, ...length, header, bytes);
}

const bytesOf = (values: number[]) => new Uint8Array(new Float32Array(values).buffer);
const open = async (arrays: Record<string, Uint8Array>, level = 0) =>
  openNpz(recordedSource(await zipBytes(arrays, { level }), "/run/model.npz"));

Deno.test("arrays are tensors by name, whatever order their values lie in", async () => {
  const weights = await open({
    "fc1/kernel.npy": new Uint8Array(dump(new Float64Array([1, 2, 3, 4, 5, 6]), [2, 3])),
    "columns.npy": npy("'<f4'", "(2, 3)", bytesOf([1, 4, 2, 5, 3, 6]), {
      fortran: "True",
      version: 2,
    }),
    "half.npy": npy("'<f2'", "(1,)", Uint8Array.of(0, 0x3c)),
    "step.npy": npy("'<i8'", "()", new Uint8Array(8)),
    "names.npy": npy("'<U5'", "(3,)", new Uint8Array(60)),
    "objects.npy": npy("'|O'", "(3,)", joined(0x80, 2, "cos\nsystem\n)R.")),
    "records.npy": npy("[('a', '<f4')]", "(1,)", new Uint8Array(4)),
    "notes.txt": joined("x"),
  });
  const listed = [...weights.tensors.values()].map((
    { name, dtype, shape },
  ) => [name, dtype, shape]);
  assert.deepEqual(listed, [
    ["fc1/kernel", "F64", [2, 3]],
    ["columns", "F32", [2, 3]],
    ["half", "F16", [1]],
    ["step", "I64", []],
    ["names", "<U5", [3]],
    ["objects", "|O", [3]],
    ["records", "a structure", [1]],
  ]);
  const rows = [{ start: 1, end: 2 }];
  for (const name of ["fc1/kernel", "columns"]) {
    assert.deepEqual([...decodeValues(await weights.read(name))], [1, 2, 3, 4, 5, 6], name);
    assert.deepEqual([...decodeValues(await weights.read(name, rows))], [4, 5, 6], name);
  }
  assert.deepEqual([...decodeValues(await weights.read("half"))], [1]);
  await throwsError(
    () => weights.read("objects"),
    /stored as \|O, which cannot be read as weights/,
  );
});

Deno.test("damaged arrays and compressed files are refused by name", async () => {
  const refuses = (message: RegExp, array: Uint8Array, level = 0) =>
    throwsError(() => open({ "w.npy": array }, level), message);
  await refuses(/array "w": it is no \.npy file/, new Uint8Array(64));
  await refuses(/takes 24 bytes, but it has 20/, npy("'<f4'", "(2, 3)", new Uint8Array(20)));
  await refuses(
    /takes 4e\+42 bytes, but it has 4/,
    npy("'<f4'", `(${1e15}, ${1e15}, 1000000000000)`, new Uint8Array(4)),
  );
  await refuses(/its shape is \(9+\)/, npy("'<f4'", `(${"9".repeat(30)})`, new Uint8Array(4)));
  await refuses(/its header has no shape/, npy("'<f4'", "(-1)", new Uint8Array(4)));
  await refuses(
    /its header of 4294967295 bytes is longer/,
    joined(0x93, "NUMPY", 2, 0, 255, 255, 255, 255, "x"),
  );
});

Deno.test("arrays that np.savez_compressed wrote are inflated when they are read", async () => {
  const long = Float32Array.from({ length: 1000 }, (_, i) => Math.fround(Math.sin(i)));
  const weights = await open({
    "w.npy": new Uint8Array(dump(new Float64Array([1, 2, 3, 4, 5, 6]), [2, 3])),
    "zeros.npy": npy("'<f4'", "(64, 64)", new Uint8Array(4 * 64 * 64)),
    "long.npy": new Uint8Array(dump(long, [10, 100])),
    "none.npy": npy("'<f4'", "(0, 3)", new Uint8Array(0)),
  }, 9);
  assert.deepEqual([...weights.tensors.values()].map(({ name, shape }) => [name, shape]), [
    ["w", [2, 3]],
    ["zeros", [64, 64]],
    ["long", [10, 100]],
    ["none", [0, 3]],
  ]);
  assert.deepEqual([...decodeValues(await weights.read("w"))], [1, 2, 3, 4, 5, 6]);
  assert.equal(Math.max(...decodeValues(await weights.read("zeros"))), 0);
  const rows = [{ start: 9, end: 10 }, { start: 0, end: 1 }];
  assert.deepEqual(
    [...decodeValues(await weights.read("long", rows))],
    [...long.slice(900), ...long.slice(0, 100)],
  );
  assert.equal(decodeValues(await weights.read("none")).length, 0);
});

Deno.test("a file of nothing but Python objects is refused with what to save instead", () =>
  throwsError(
    () => open({ "W1.npy": npy("'|O'", "()", joined(0x80, 2, "N.")) }),
    /^\/run\/model\.npz holds arrays of Python objects \(W1\), which are pickles and are not read; save each/,
  ));
