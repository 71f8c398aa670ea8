import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs";

let started: Promise<void> | undefined;

/**
 * Start tfjs on WebAssembly with SIMD, once a process; one thread, since more don't pay at these sizes.
 *
 * @throws {Error} If the backend can't start.
 */
export function startBackend(): Promise<void> {
  started ??= (async () => {
    const folder = new URL(
      "dist/",
      import.meta.resolve("@tensorflow/tfjs-backend-wasm/package.json"),
    );
    setWasmPaths(decodeURIComponent(folder.pathname));
    if (!await tf.setBackend("wasm")) {
      throw new Error("tfjs could not start its WebAssembly backend");
    }
    shareCopies();
  })();
  return started;
}

/** What a backend counts: how many tensors share values. */
interface Counting {
  incRef(dataId: tf.DataId): void;
}

/**
 * Let a copy of a tensor share its values, which never change, as on tfjs's other backends. tfjs copies
 * all that a gradient needs, which is most of what a step computes.
 */
function shareCopies(): void {
  tf.unregisterKernel("Identity", "wasm");
  tf.registerKernel({
    kernelName: "Identity",
    backendName: "wasm",
    kernelFunc({ inputs, backend }) {
      const { dataId, shape, dtype } = inputs.x as tf.TensorInfo;
      (backend as Counting).incRef(dataId);
      return { dataId, shape, dtype };
    },
  });
}
