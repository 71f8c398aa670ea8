import { decodeValues, isFloatType } from "../../../lib/checkpoints/decode_values.ts";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { openOnnx } from "../../../lib/checkpoints/onnx_file.ts";
import { checkpointOf } from "../../../lib/checkpoints/weights.ts";
import { onnxBytes, onnxNode, onnxTensor } from "../../helpers/onnx_bytes.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { type Format, oneFile } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";

/** Graphs with their tensors. */
export const onnx: Format = {
  name: "onnx",
  mutators: [...byteMutators],
  names: /\/memory\/model\.onnx/,
  share: 2,
  fewest: 2000,
  start: () => ({
    seeds: [
      oneFile(
        "model.onnx",
        onnxBytes(
          onnxNode("Conv", ["x", "u"], "a"),
          onnxNode("Transpose", ["a"], "b", { perm: [0, 2, 3, 1] }),
          onnxNode("Flatten", ["b"], "c"),
          onnxNode("MatMul", ["c", "v"], "d"),
          onnxNode("Gemm", ["d", "w"], "e", { transB: 1 }),
          onnxNode("Add", ["d", "e"], "f"),
          onnxNode("Gemm", ["f", "y"], "g"),
          onnxNode("Gemm", ["f", "z"], "h"),
          onnxNode("Concat", ["g", "h"], "i", { axis: 1 }),
          onnxNode("MatMul", ["i", "t"], "j"),
          onnxTensor("u", [2, 1, 1, 1], new Uint8Array(8)),
          onnxTensor("v", [4, 2], new Uint8Array(32)),
          onnxTensor("w", [2, 2], new Uint8Array(16)),
          onnxTensor("y", [2, 2], new Uint8Array(16)),
          onnxTensor("z", [2, 1], new Uint8Array(8)),
          onnxTensor("t", [3, 1], new Uint8Array(12)),
        ),
      ),
      oneFile(
        "model.onnx",
        onnxBytes(
          onnxNode("Gemm", ["x", "u"], "a", { transB: 1 }),
          onnxNode("Transpose", ["v"], "t", { perm: [1, 0] }),
          onnxNode("MatMul", ["a", "t"], "b"),
          onnxTensor("u", [2, 3], new Uint8Array(24)),
          onnxTensor("v", [3, 2], new Uint8Array(12), 10),
        ),
      ),
    ],
    async open(files) {
      const weights = await openOnnx(
        recordedSource(files.get("model.onnx")!, "/memory/model.onnx"),
      );
      for (const [name, { dtype }] of weights.tensors) {
        if (isFloatType(dtype)) decodeValues(await weights.read(name));
      }
      const about = { model: "m", step: 0, source: "/memory/model.onnx", config: null };
      const network = weights.architecture && detectArchitecture(checkpointOf(weights, about));
      return [...weights.tensors, network];
    },
  }),
};
