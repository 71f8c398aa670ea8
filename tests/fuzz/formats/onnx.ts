import { decodeValues, isFloatType } from "../../../lib/checkpoints/decode_values.ts";
import { openOnnx } from "../../../lib/checkpoints/onnx_file.ts";
import { onnxBytes, onnxNode, onnxTensor } from "../../helpers/onnx_bytes.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { type Format, oneFile } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";

/** Graphs with their tensors. */
export const onnx: Format = {
  name: "onnx",
  mutators: [...byteMutators],
  names: /^\/memory\/model\.onnx/,
  share: 2,
  fewest: 2000,
  start: () => ({
    seeds: [oneFile(
      "model.onnx",
      onnxBytes(
        onnxNode("Gemm", ["x", "u"], "a", { transB: 1 }),
        onnxNode("Transpose", ["v"], "t", { perm: [1, 0] }),
        onnxNode("MatMul", ["a", "t"], "b"),
        onnxTensor("u", [2, 3], new Uint8Array(24)),
        onnxTensor("v", [3, 2], new Uint8Array(12), 10),
      ),
    )],
    async open(files) {
      const weights = await openOnnx(
        recordedSource(files.get("model.onnx")!, "/memory/model.onnx"),
      );
      for (const [name, { dtype }] of weights.tensors) {
        if (isFloatType(dtype)) decodeValues(await weights.read(name));
      }
      return [...weights.tensors, weights.architecture];
    },
  }),
};
