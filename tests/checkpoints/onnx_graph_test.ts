import assert from "node:assert/strict";
import { describe } from "../../lib/architectures/describe.ts";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Checkpoint } from "../../lib/checkpoints/checkpoint.ts";
import { decodeValues } from "../../lib/checkpoints/decode_values.ts";
import { openOnnx } from "../../lib/checkpoints/onnx_file.ts";
import { checkpointOf } from "../../lib/checkpoints/weights.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { fullNetworkMasses } from "../../lib/networks/full/full_network_masses.ts";
import { bytesField, onnxBytes, onnxNode, onnxTensor } from "../helpers/onnx_bytes.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { type PlainLayer, plainNetwork } from "../architectures/plain_network.ts";
import { wholeNetwork } from "../architectures/tiny_models.ts";

/** A matrix of a sine, or of given values. */
function matrix(name: string, shape: readonly number[], values?: readonly number[]): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  const own = values ?? Array.from({ length: count }, (_, i) => Math.sin(i + name.length) / 4);
  return onnxTensor(name, shape, new Uint8Array(Float32Array.from(own).buffer));
}

async function open(...parts: Uint8Array[]): Promise<Checkpoint> {
  const weights = await openOnnx(recordedSource(onnxBytes(...parts), "/run/model.onnx"));
  return checkpointOf(weights, { model: "m", step: 0, source: "/run/model.onnx", config: null });
}

const isDescribed = ({ declared }: Checkpoint) => declared !== undefined;

/** Two residual blocks of different widths, a concatenation with another input's branch, and two heads. */
const residual = [
  onnxNode("Gemm", ["x", "first"], "a", { transB: 1 }),
  onnxNode("Relu", ["a"], "stream"),
  onnxNode("Gemm", ["stream", "up"], "b", { transB: 1 }),
  onnxNode("Relu", ["b"], "c"),
  onnxNode("MatMul", ["c", "down"], "d"),
  onnxNode("Add", ["stream", "d"], "sum"),
  onnxNode("Relu", ["sum"], "e"),
  onnxNode("Concat", ["left", "right"], "both", { axis: 1 }),
  onnxNode("Gemm", ["e", "to_left"], "left", { transB: 1 }),
  onnxNode("Gemm", ["e", "to_right"], "right", { transB: 1 }),
  onnxNode("Gemm", ["both", "value"], "v", { transB: 1 }),
  onnxNode("Gemm", ["both", "moves"], "m", { transB: 1 }),
  matrix("first", [30, 12]),
  matrix("up", [40, 30]),
  matrix("down", [40, 30]),
  matrix("to_left", [14, 30]),
  matrix("to_right", [17, 30]),
  matrix("value", [1, 31]),
  matrix("moves", [22, 31]),
];
const residualLayers: PlainLayer[] = [
  { size: 12, feeds: [{ tensor: "first" }] },
  { size: 30, feeds: [{ tensor: "up" }] },
  { size: 40, feeds: [{ tensor: "down", isTurned: true }] },
  { size: 30, feeds: [{ tensor: "to_left" }, { tensor: "to_right" }] },
  { size: 31, feeds: [{ tensor: "value" }, { tensor: "moves" }] },
];

Deno.test("a graph with a residual sum, a concatenation and heads gives the edges and spectrum of plain loops", async () => {
  const checkpoint = await open(...residual);
  const architecture = detectArchitecture(checkpoint);
  assert.equal(architecture.guess, undefined);
  assert.deepEqual(architecture.layers.map(({ size }) => size), [12, 30, 40, 30, 31, 23]);
  assert.deepEqual(
    architecture.matrices.map(({ tensor, from, to, first }) => `${tensor} ${from}-${to}+${first}`),
    [
      "first 0-1+0",
      "up 1-2+0",
      "down 2-3+0",
      "to_left 3-4+0",
      "to_right 3-4+14",
      "value 4-5+0",
      "moves 4-5+1",
    ],
  );
  const plain = await plainNetwork(checkpoint, residualLayers);
  const options = { threshold: 40 };
  const { masses } = await fullNetworkMasses(checkpoint, architecture, options);
  assert.deepEqual([masses.edges, masses.nodes], [plain.lengths.length, plain.nodeIds.length]);
  const [found, expected] = [masses, growBoxes(plain, options)].map((grown) =>
    multifractalSpectrum(grown)
  );
  assert.equal(found!.status, "ok");
  assert.deepEqual(found, expected);
  // Given back as data it is the same.
  const { places: _, ...data } = describe(checkpoint);
  const again = detectArchitecture(
    { ...checkpoint, declared: { architecture: data } } as Checkpoint,
  );
  assert.deepEqual(again, architecture);
});

Deno.test("a graph whose nodes come in no order, flattened with channels last, worked out by hand", async () => {
  // Two channels at two positions; row p · 2 + c of the matrix is channel c at position p.
  const checkpoint = await open(
    onnxNode("MatMul", ["flat", "dense"], "y"),
    onnxNode("Reshape", ["last", "shape"], "flat"),
    onnxNode("Transpose", ["c"], "last", { perm: [0, 2, 3, 1] }),
    onnxNode("Conv", ["x", "conv"], "c"),
    matrix("conv", [2, 1, 1, 2], [3, 4, 6, 8]),
    matrix("dense", [4, 3], [1, 0, 2, 3, 0, 4, 2, 5, 0, 4, 12, 3]),
    onnxTensor("shape", [2], new Uint8Array(16), 7),
  );
  // Image 0; channels 1–2; neurons 3–5.
  assert.equal(
    await wholeNetwork(checkpoint),
    `0: 1=5 2=10\n1: 3=${Math.sqrt(5)} 4=5 5=2\n2: 3=5 4=12 5=5`,
  );
  const rows = decodeValues(await checkpoint.read("dense", [{ start: 1, end: 2 }]));
  assert.deepEqual([...rows], [0, 5, 0, 12]);
});

Deno.test("a matrix [in, out] behind convolutions sees each channel at each position", async () => {
  const checkpoint = await open(
    onnxNode("Conv", ["x", "conv"], "c"),
    onnxNode("Flatten", ["c"], "flat"),
    onnxNode("MatMul", ["flat", "dense"], "y"),
    matrix("conv", [2, 1, 1, 1], [1, 2]),
    matrix("dense", [4, 2], [3, 0, 4, 1, 5, 2, 12, 0]),
  );
  assert.equal(await wholeNetwork(checkpoint), "0: 1=1 2=2\n1: 3=5 4=1\n2: 3=13 4=2");
});

Deno.test("transposed convolutions are [in, out], and sums of two matrices are one layer", async () => {
  const checkpoint = await open(
    onnxNode("Conv", ["x", "conv"], "a"),
    onnxNode("ConvTranspose", ["a", "wide"], "b"),
    onnxNode("ConvTranspose", ["a", "short"], "c"),
    onnxNode("Add", ["b", "c"], "d"),
    onnxNode("Conv", ["d", "last"], "e"),
    matrix("conv", [2, 1, 1, 1], [1, 2]),
    matrix("wide", [2, 3, 1, 2], [3, 4, 0, 1, 0, 2, 6, 8, 0, 3, 0, 0]),
    matrix("short", [2, 3, 1, 1], [7, 8, 9, 10, 11, 12]),
    matrix("last", [1, 3, 1, 1], [13, 14, 15]),
  );
  // Image 0; channels 1–2; their sum 3–5, which two edges lead to from each; output 6.
  assert.equal(
    await wholeNetwork(checkpoint),
    "0: 1=1 2=2\n1: 3=5 3=7 4=1 4=8 5=2 5=9\n2: 3=10 3=10 4=3 4=11 5=12\n3: 6=13\n4: 6=14\n5: 6=15",
  );
});

Deno.test("an action that joins a state is an input of its own, and two at the start are one", async () => {
  const action = bytesField(11, bytesField(1, "action"));
  const later = await open(
    action,
    onnxNode("MatMul", ["x", "u"], "a"),
    onnxNode("Relu", ["a"], "b"),
    onnxNode("Concat", ["b", "action"], "c", { axis: -1 }),
    onnxNode("MatMul", ["c", "v"], "d"),
    onnxNode("MatMul", ["d", "w"], "e"),
    ...[matrix("u", [2, 3]), matrix("v", [4, 2], [1, 2, 3, 4, 5, 6, 7, 8]), matrix("w", [2, 1])],
  );
  const { layers } = detectArchitecture(later);
  assert.deepEqual(layers.map(({ size }) => size), [2, 4, 2, 1]);
  assert.match(await wholeNetwork(later), /\n2: 6=1 7=2\n3: 6=3 7=4\n4: 6=5 7=6\n5: 6=7 7=8\n/);
  const first = await open(
    action,
    onnxNode("Concat", ["x", "action"], "c", { axis: -1 }),
    onnxNode("MatMul", ["c", "v"], "d"),
    onnxNode("MatMul", ["d", "w"], "e"),
    ...[matrix("v", [4, 2]), matrix("w", [2, 1])],
  );
  assert.deepEqual(detectArchitecture(first).layers.map(({ size }) => size), [4, 2, 1]);
  // The same input once more is no new one.
  const again = await open(
    onnxNode("MatMul", ["x", "u"], "a"),
    onnxNode("Concat", ["a", "x"], "c", { axis: 1 }),
    onnxNode("MatMul", ["c", "v"], "d"),
    ...[matrix("u", [2, 3]), matrix("v", [5, 2])],
  );
  assert.ok(!isDescribed(again));
});

Deno.test("what multiplies, mixes or joins in another way is told by names or not at all", async () => {
  const tensors = [matrix("u", [4, 4]), matrix("v", [4, 4]), matrix("w", [4, 4])];
  const start = [onnxNode("MatMul", ["x", "u"], "a"), onnxNode("MatMul", ["a", "v"], "b")];
  const last = (input: string) => onnxNode("MatMul", [input, "w"], "c");
  const others: Record<string, Uint8Array[]> = {
    "a product of two": [onnxNode("Mul", ["a", "b"], "p"), last("p")],
    "a gate": [onnxNode("Sigmoid", ["b"], "s"), onnxNode("Mul", ["a", "s"], "p"), last("p")],
    "attention": [onnxNode("MatMul", ["a", "b"], "p"), last("p")],
    "a sum of two that others come from": [
      onnxNode("MatMul", ["b", "w"], "c"),
      onnxNode("Add", ["a", "b"], "s"),
      onnxNode("MatMul", ["s", "z"], "d"),
      matrix("z", [4, 4]),
    ],
    "a sum of bent ones": [
      onnxNode("MatMul", ["a", "z"], "d"),
      onnxNode("Relu", ["d"], "e"),
      onnxNode("Add", ["b", "e"], "s"),
      last("s"),
      matrix("z", [4, 4]),
    ],
    "a concatenation of what others come from": [
      onnxNode("Concat", ["a", "b"], "p", { axis: 1 }),
      onnxNode("MatMul", ["p", "z"], "d"),
      matrix("z", [8, 4]),
    ],
    "a concatenation of rows": [
      onnxNode("MatMul", ["a", "w"], "c"),
      onnxNode("Concat", ["b", "c"], "p", { axis: 0 }),
      onnxNode("MatMul", ["p", "z"], "d"),
      matrix("z", [4, 4]),
    ],
    "tokens in place of neurons": [
      onnxNode("Transpose", ["b"], "t", { perm: [0, 2, 1] }),
      last("t"),
    ],
    "a graph inside": [onnxNode("If", ["b"], "t"), last("t")],
    "a matrix used twice": [onnxNode("MatMul", ["b", "u"], "c")],
    "another operation with a matrix": [onnxNode("LSTM", ["b", "w"], "c")],
    "a matrix the other way round": [onnxNode("Gemm", ["b", "w"], "c", { transA: 1 })],
    "half of the neurons": [
      onnxNode("Split", ["b"], "h"),
      onnxNode("MatMul", ["h", "z"], "d"),
      matrix("z", [2, 4]),
    ],
    "a circle": [onnxNode("Add", ["b", "c"], "s"), last("s")],
    "groups of channels": [
      onnxNode("Conv", ["b", "z"], "c", { group: 4 }),
      matrix("z", [4, 1, 3, 3]),
    ],
  };
  for (const [what, parts] of Object.entries(others)) {
    assert.ok(!isDescribed(await open(...start, ...parts, ...tensors)), what);
  }
  assert.ok(isDescribed(await open(...start, last("b"), ...tensors)));
  assert.ok(isDescribed(await open(...start, last("a"), ...tensors)), "two heads");
  const residual = [onnxNode("Add", ["a", "b"], "s"), last("s")];
  assert.ok(isDescribed(await open(...start, ...residual, ...tensors)), "a residual sum");
});
