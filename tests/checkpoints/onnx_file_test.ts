import assert from "node:assert/strict";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { openOnnx } from "../../lib/checkpoints/onnx_file.ts";
import { bytesField, numberField, onnxBytes, onnxNode, onnxTensor } from "../helpers/onnx_bytes.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { throwsError } from "../helpers/throws_error.ts";

const open = (...parts: Uint8Array[]) =>
  openOnnx(recordedSource(onnxBytes(...parts), "/run/model.onnx"));
const floats = (count: number) =>
  new Uint8Array(Float32Array.from({ length: count }, (_, i) => i).buffer);
const matrix = (name: string, ...shape: number[]) =>
  onnxTensor(name, shape, floats(shape.reduce((a, b) => a * b, 1)));

Deno.test("tensors are read by name, whole and by rows, whichever field holds their values", async () => {
  const packed = bytesField(
    5,
    numberField(2, 1),
    bytesField(1, 2, 3),
    bytesField(4, floats(6)),
    bytesField(8, "packed"),
  );
  const half = onnxTensor("half", [1], Uint8Array.of(0, 0x3c), 10);
  const far = bytesField(
    5,
    numberField(1, 4),
    numberField(2, 1),
    bytesField(8, "far"),
    numberField(14, 1),
  );
  const weights = await open(
    matrix("w", 2, 3),
    packed,
    half,
    far,
    onnxTensor("n", [1], new Uint8Array(8), 7),
  );
  assert.deepEqual(
    [...weights.tensors.values()].map(({ name, dtype, shape }) => [name, dtype, shape]),
    [
      ["w", "F32", [2, 3]],
      ["packed", "F32", [2, 3]],
      ["half", "F16", [1]],
      ["far", "F32 in another file", [4]],
      ["n", "I64", [1]],
    ],
  );
  for (const name of ["w", "packed"]) {
    assert.deepEqual([...decodeValues(await weights.read(name))], [0, 1, 2, 3, 4, 5]);
    assert.deepEqual([...decodeValues(await weights.read(name, [{ start: 1, end: 2 }]))], [
      3,
      4,
      5,
    ]);
  }
  assert.deepEqual([...decodeValues(await weights.read("half"))], [1]);
  await throwsError(
    () => weights.read("far"),
    /stored as F32 in another file, which cannot be read/,
  );
});

Deno.test("a chain of Conv, Gemm and MatMul is a network as data, each matrix as the graph uses it", async () => {
  const { architecture } = await open(
    onnxNode("Conv", ["x", "conv.weight", "conv.bias"], "a"),
    onnxNode("Relu", ["a"], "b"),
    onnxNode("Flatten", ["b"], "c"),
    onnxNode("Gemm", ["c", "fc1.weight", "fc1.bias"], "d", { transB: 1 }),
    onnxNode("MatMul", ["d", "onnx::MatMul_7"], "e"),
    onnxNode("Add", ["e", "fc2.bias"], "f"),
    onnxNode("Transpose", ["fc3.weight"], "t", { perm: [1, 0] }),
    onnxNode("MatMul", ["f", "t"], "g"),
    matrix("fc1.weight", 6, 32),
    matrix("conv.weight", 2, 1, 3, 3),
    matrix("conv.bias", 2),
    matrix("fc1.bias", 6),
    matrix("onnx::MatMul_7", 6, 5),
    matrix("fc2.bias", 5),
    matrix("fc3.weight", 4, 5),
  );
  assert.deepEqual(architecture, {
    family: "onnx graph",
    recognised: { tensors: ["conv.weight", "fc1.weight", "onnx::MatMul_7", "fc3.weight"] },
    sections: [{
      chain: [
        { tensor: "conv.weight", orientation: "out, in", axes: 4 },
        { tensor: "fc1.weight", orientation: "out, in" },
        { tensor: "onnx::MatMul_7", orientation: "in, out" },
        { tensor: "fc3.weight", orientation: "out, in" },
      ],
    }],
    takesAllOfFew: true,
    complete: true,
  });
});

Deno.test("a file that is cut, another, or lists what it has not is refused", async () => {
  const bytes = onnxBytes(onnxNode("MatMul", ["x", "u"], "a"), matrix("u", 4, 4));
  const refuses = (message: RegExp, some: Uint8Array) =>
    throwsError(() => openOnnx(recordedSource(some, "/run/model.onnx")), message);
  for (let length = 3; length < bytes.length; length += 7) {
    await refuses(
      /^\/run\/model\.onnx is damaged or no protobuf file, at byte/,
      bytes.subarray(0, length),
    );
  }
  await refuses(/is no ONNX file: it has 0 graphs/, new Uint8Array(0));
  await refuses(/its tensor "u" is there twice/, onnxBytes(matrix("u", 2, 2), matrix("u", 2, 2)));
  await refuses(
    /takes 16 bytes, but it has 12/,
    onnxBytes(onnxTensor("u", [2, 2], new Uint8Array(12))),
  );
  await refuses(
    /has a tensor of more than 64 axes/,
    onnxBytes(onnxTensor("u", new Array(65).fill(1), new Uint8Array(4))),
  );
});
