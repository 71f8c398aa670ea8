import * as tf from "@tensorflow/tfjs";
import { compiledModule } from "../../../lib/wasm/kernel.ts";
import { EXPONENTIAL_TABLE } from "./exponential_table.ts";
import { binary } from "./kernels_wasm.ts";

/** The functions of kernels.as. */
type Name =
  | "attend"
  | "attendGradient"
  | "columnSums"
  | "gelu"
  | "geluGradient"
  | "layerNormalization"
  | "layerNormalizationGradient"
  | "panelBytes"
  | "product";

/** The kernels, and the address of the table that exponentials are made with. */
interface Kernels extends Readonly<Record<Name, (...numbers: number[]) => number>> {
  readonly table: number;
}

/** What the kernels need of tfjs's WebAssembly backend, whose types say nothing of it. */
interface Backend {
  readonly wasm: {
    readonly asm: { readonly memory: WebAssembly.Memory };
    _malloc(bytes: number): number;
  };
  readonly dataIdMap: { get(dataId: tf.DataId): { readonly memoryOffset: number } };
  makeOutput(shape: readonly number[], dtype: "float32"): tf.TensorInfo;
}

function backend(): Backend {
  return tf.backend() as unknown as Backend;
}

let loaded: Kernels | undefined;

/** The kernels, on the memory in which tfjs keeps its tensors, so that nothing has to be copied. */
export function kernels(): Kernels {
  if (loaded) return loaded;
  const { asm: { memory }, _malloc } = backend().wasm;
  const table = _malloc(EXPONENTIAL_TABLE.byteLength);
  new Uint8Array(memory.buffer).set(new Uint8Array(EXPONENTIAL_TABLE.buffer), table);
  const { exports } = new WebAssembly.Instance(compiledModule(binary), {
    env: { memory, exp: Math.exp },
  });
  return loaded = { ...exports as Record<Name, (...numbers: number[]) => number>, table };
}

/** Where the values of a tensor begin. */
export function addressOf(tensor: tf.Tensor): number {
  return backend().dataIdMap.get(tensor.dataId).memoryOffset;
}

/** A tensor whose values are yet to be written. */
export function emptyTensor<R extends tf.Rank>(...shape: tf.ShapeMap[R]): tf.Tensor<R> {
  const info = backend().makeOutput(shape, "float32");
  return tf.engine().makeTensorFromTensorInfo(info) as tf.Tensor<R>;
}

/** Call a function with the address of so many spare bytes, and give them back afterwards. */
export function withRoom(bytes: number, use: (address: number) => void): void {
  const room = emptyTensor<tf.Rank.R1>(Math.ceil(bytes / 4));
  use(addressOf(room));
  room.dispose();
}
