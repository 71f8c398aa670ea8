/** A small WebAssembly module from instructions, without a compiler. */

/** Types of WebAssembly's numbers. */
export const wasmType = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;

/** Instructions that the loops over weights and nodes are made of; the numbers are those of the WebAssembly specification. */
export const wasm = {
  get: (local: number) => [0x20, local],
  set: (local: number) => [0x21, local],
  tee: (local: number) => [0x22, local],
  constant: (value: number) => [0x41, ...signed(value)],
  load8: (offset: number) => [0x2d, 0, ...unsigned(offset)],
  load16: (offset: number) => [0x2f, 0, ...unsigned(offset)],
  load32: (offset: number) => [0x28, 0, ...unsigned(offset)],
  load128: (offset: number) => [0xfd, 0x00, 0, ...unsigned(offset)],
  store16: (offset: number) => [0x3b, 0, ...unsigned(offset)],
  store128: (offset: number) => [0xfd, 0x0b, 0, ...unsigned(offset)],
  loadDouble: (offset: number) => [0x2b, 0, ...unsigned(offset)],
  store32: (offset: number) => [0x36, 0, ...unsigned(offset)],
  double: (value: number) => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  add: [0x6a],
  subtract: [0x6b],
  and: [0x71],
  shiftLeft: [0x74],
  shiftRight: [0x76],
  notBelow: [0x4f],
  multiply: [0x6c],
  addDoubles: [0xa0],
  subtractDoubles: [0xa1],
  multiplyDoubles: [0xa2],
  toInteger: [0xaa],
  toDouble: [0xb7],
  pairOf: [0xfd, 0x14],
  loadPairOf: (offset: number) => [0xfd, 0x0a, 0, ...unsigned(offset)],
  setSecond: [0xfd, 0x22, 1],
  addPairs: [0xfd, 0xf0, 0x01],
  multiplyPairs: [0xfd, 0xf2, 0x01],
  /** Repeat the body while the number that it leaves is not 0. */
  repeat: (...body: Code[]) => [0x03, 0x40, ...flat(body), 0x0d, 0, 0x0b],
  /** Add a constant to a local. */
  advance: (local: number, by: number) => [0x20, local, 0x41, ...signed(by), 0x6a, 0x21, local],
  /** Take 1 from a local, and leave what is left. */
  countDown: (local: number) => [0x20, local, 0x41, 1, 0x6b, 0x22, local],
};

/** Instructions one after another, in groups. */
export type Code = readonly (number | Code)[];

function flat(code: Code): number[] {
  return code.flatMap((part) => typeof part === "number" ? part : flat(part));
}

/** A function that returns nothing. */
export interface WasmFunction {
  /** Types of its parameters, which are its first locals. */
  readonly parameters: readonly number[];
  readonly locals: readonly number[];
  readonly body: readonly number[];
}

/**
 * The bytes of a module that exports functions and imports the memory that they work on, as
 * `host.memory`. The least pages of 64 KiB that the memory has matter: V8 checks the bounds of
 * every access at a constant offset that lies beyond them, which makes the loop over weights a
 * quarter slower.
 */
export function wasmModule(
  functions: Readonly<Record<string, WasmFunction>>,
  pages: number,
): Uint8Array<ArrayBuffer> {
  const all = Object.values(functions);
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, all.map(({ parameters }) => [0x60, parameters.length, ...parameters, 0])),
    ...section(2, [[...text("host"), ...text("memory"), 0x02, 0x00, ...unsigned(pages)]]),
    ...section(3, all.map((_, index) => [index])),
    ...section(7, Object.keys(functions).map((name, index) => [...text(name), 0x00, index])),
    ...section(10, all.map(codeOf)),
  ]);
}

function codeOf({ locals, body }: WasmFunction): number[] {
  const code = [...list(locals.map((type) => [1, type])), ...body, 0x0b];
  return [...unsigned(code.length), ...code];
}

function section(id: number, entries: readonly number[][]): number[] {
  const content = list(entries);
  return [id, ...unsigned(content.length), ...content];
}

function list(entries: readonly number[][]): number[] {
  return [...unsigned(entries.length), ...entries.flat()];
}

function text(ascii: string): number[] {
  return [ascii.length, ...new TextEncoder().encode(ascii)];
}

/** LEB128: seven bits a byte, the lowest first; the top bit says that more follow. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [value & 0x7f | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: number): number[] {
  return value >= -0x40 && value < 0x40
    ? [value & 0x7f]
    : [value & 0x7f | 0x80, ...signed(value >> 7)];
}
