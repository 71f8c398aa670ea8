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
  })();
  return started;
}
