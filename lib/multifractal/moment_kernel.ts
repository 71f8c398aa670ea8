/** The loop that touches every node at every radius, in WebAssembly: moments of ln p in cells. */

import { wasm, wasmModule, wasmType } from "../wasm/wasm_module.ts";

/** Terms of a power's series; an even number, since two are added at once. */
export const TERMS = 14;

/** Bytes of what is known of a node: its mass so far, and at the eighth byte the logarithm of its total mass. */
export const NODE_BYTES = 16;

const PAGE = 2 ** 16;

/**
 * Memory and the functions that add moments and evaluate them. TypeScript checks the bounds of every
 * access and adds one number at a time: with the same loop there, the sums of a full network of 21,504
 * nodes took 66 to 79 ms of an AMD EPYC (Zen 5), and 38 to 47 with this one.
 */
export class MomentKernel {
  readonly #memory = new WebAssembly.Memory({ initial: 1 });
  readonly #functions: Readonly<Record<string, (...numbers: number[]) => void>>;
  /** The memory as doubles and as 32-bit integers; replaced when {@linkcode reserve} makes it larger. */
  doubles: Float64Array = new Float64Array(this.#memory.buffer);
  integers: Uint32Array = new Uint32Array(this.#memory.buffer);

  constructor() {
    const module = new WebAssembly.Module(wasmModule({ add: adding(), evaluate: evaluating() }, 1));
    const { exports } = new WebAssembly.Instance(module, { host: { memory: this.#memory } });
    this.#functions = exports as Record<string, (...numbers: number[]) => void>;
  }

  /** Make sure that there are so many bytes. */
  reserve(bytes: number): void {
    const pages = Math.ceil((bytes - this.doubles.byteLength) / PAGE);
    if (pages <= 0) return;
    this.#memory.grow(pages);
    this.doubles = new Float64Array(this.#memory.buffer);
    this.integers = new Uint32Array(this.#memory.buffer);
  }

  /**
   * Let nodes grow by one radius, and add the powers 0 to 13 of each one's distance from the centre of
   * its cell to that cell's moments. Cell number c lies around ln p = −c · `width`. Places are in bytes:
   * `counts` of the edges that reach the radius, for the first node and from one to the next by `stride`;
   * `state` of the first node, see {@linkcode NODE_BYTES}; `logs` by mass; `moments`, [cells × terms].
   */
  add(
    call: Record<"counts" | "stride" | "nodes" | "state" | "logs" | "moments" | "width", number>,
  ) {
    const { counts, stride, nodes, state, logs, moments, width } = call;
    this.#functions.add!(counts, stride, nodes, state, logs, moments, 1 / width, width);
  }

  /**
   * Add what the moments of a cell give to the sums at all orders, two orders at a time. Places are in
   * bytes: of the cell's `moments`; of the terms' `factors`, [pairs × terms × 2]; of the powers of the
   * cell's `centres`, and of the `sums`, [pairs × 2].
   */
  evaluate(call: Record<"moments" | "factors" | "centres" | "sums" | "pairs", number>): void {
    this.#functions.evaluate!(call.moments, call.factors, call.centres, call.sums, call.pairs);
  }
}

/** Parameters and locals of the function. */
const COUNTS = 0, STRIDE = 1, NODES = 2, STATE = 3, LOGS = 4, MOMENTS = 5, PER_UNIT = 6, WIDTH = 7;
const AT = 8, BELOW = 9, X = 10, POWERS = 11, SQUARE = 12;

function adding() {
  const { get, set, tee, constant } = wasm;
  const mass = [
    [get(STATE), get(STATE), wasm.load32(0), get(COUNTS), wasm.load32(0)],
    [wasm.add, tee(AT), wasm.store32(0)],
  ];
  const below = [
    [get(STATE), wasm.loadDouble(8), get(LOGS), get(AT), constant(3), wasm.shiftLeft, wasm.add],
    [wasm.loadDouble(0), wasm.subtractDoubles, set(BELOW)],
  ];
  const cell = [
    [get(BELOW), get(PER_UNIT), wasm.multiplyDoubles, wasm.double(0.5), wasm.addDoubles],
    [wasm.toInteger, tee(AT)],
  ];
  const distance = [
    [wasm.toDouble, get(WIDTH), wasm.multiplyDoubles, get(BELOW), wasm.subtractDoubles, set(X)],
    [get(AT), constant(8 * TERMS), wasm.multiply, get(MOMENTS), wasm.add, set(AT)],
  ];
  const powers = [
    [wasm.double(1), wasm.pairOf, get(X), wasm.setSecond, set(POWERS)],
    [get(X), get(X), wasm.multiplyDoubles, wasm.pairOf, set(SQUARE)],
  ];
  const terms = Array.from({ length: TERMS / 2 }, (_, pair) => [
    [get(AT), get(AT), wasm.load128(16 * pair), get(POWERS), wasm.addPairs],
    [wasm.store128(16 * pair), get(POWERS), get(SQUARE), wasm.multiplyPairs, set(POWERS)],
  ]);
  const next = [
    [get(COUNTS), get(STRIDE), wasm.add, set(COUNTS)],
    [wasm.advance(STATE, NODE_BYTES), wasm.countDown(NODES)],
  ];
  const { i32, f64, v128 } = wasmType;
  const body = wasm.repeat(mass, below, cell, distance, powers, terms, next);
  const parameters = [i32, i32, i32, i32, i32, i32, f64, f64];
  return { parameters, locals: [i32, f64, f64, v128, v128], body };
}

/** Parameters and the local of the other function. */
const FACTORS = 1, CENTRES = 2, SUMS = 3, PAIRS = 4, SUM = 5;

function evaluating() {
  const { get, set } = wasm;
  const terms = Array.from({ length: TERMS }, (_, term) => [
    [get(FACTORS), wasm.load128(16 * term), get(0), wasm.loadPairOf(8 * term), wasm.multiplyPairs],
    [term === 0 ? [] : [get(SUM), wasm.addPairs], set(SUM)],
  ]);
  const add = [
    [get(SUMS), get(SUMS), wasm.load128(0), get(CENTRES), wasm.load128(0), get(SUM)],
    [wasm.multiplyPairs, wasm.addPairs, wasm.store128(0)],
  ];
  const next = [
    [wasm.advance(FACTORS, 16 * TERMS), wasm.advance(CENTRES, 16), wasm.advance(SUMS, 16)],
    wasm.countDown(PAIRS),
  ];
  const { i32, v128 } = wasmType;
  const body = wasm.repeat(terms, add, next);
  return { parameters: [i32, i32, i32, i32, i32], locals: [v128], body };
}
