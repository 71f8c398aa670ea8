/** The loop that touches every node at every radius, in WebAssembly: moments of ln p in cells. */
import { wasm, wasmModule } from "../networks/wasm_module.ts";

/** Terms of a power's series; an even number, since two are added at once. */
export const TERMS = 14;

/** Bytes of a cell's moments. */
export const CELL_BYTES = 8 * TERMS;

const PAGE = 2 ** 16;
let compiled: WebAssembly.Module | undefined;

/** Parameters and locals of the function. */
const COUNTS = 0, STRIDE = 1, NODES = 2, STATE = 3, LOGS = 4, MOMENTS = 5, PER_UNIT = 6;
const WIDTH = 7, AT = 8, MASS = 9, BELOW = 10, X = 11, POWERS = 12, SQUARE = 13;

/**
 * Memory and the function that adds moments. One core of an AMD EPYC (Zen 5) takes a quarter of the time of the same loop in
 * TypeScript, whose every addition checks bounds.
 */
export class MomentKernel {
  readonly #memory: WebAssembly.Memory;
  readonly #add: (...numbers: number[]) => void;
  /** The memory as doubles and as 32-bit integers. */
  readonly doubles: Float64Array;
  readonly integers: Uint32Array;

  /** @param bytes How much memory the caller needs. */
  constructor(bytes: number) {
    compiled ??= new WebAssembly.Module(wasmModule({ add: adding() }, 1));
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) });
    const { exports } = new WebAssembly.Instance(compiled, { host: { memory: this.#memory } });
    this.#add = exports.add as typeof this.add;
    this.doubles = new Float64Array(this.#memory.buffer);
    this.integers = new Uint32Array(this.#memory.buffer);
  }
}
