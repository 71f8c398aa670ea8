/** A kernel: functions in WebAssembly, and the memory that they work on. */

const PAGE = 2 ** 16;

/** The modules compiled so far, by their base64. */
const modules = new Map<string, WebAssembly.Module>();

/** A kernel whose functions are called by name; they take numbers and return nothing. */
export class Kernel<Name extends string> {
  readonly #memory: WebAssembly.Memory;
  readonly functions: Readonly<Record<Name, (...numbers: number[]) => void>>;
  /** All of the memory; replaced when {@linkcode reserve} makes it larger. */
  bytes: Uint8Array<ArrayBuffer>;

  /**
   * @param binary The compiled module in base64, with or without line breaks.
   * @param pages The least pages of 64 KiB that its memory has, as it was compiled for.
   */
  constructor(binary: string, pages: number) {
    this.#memory = new WebAssembly.Memory({ initial: pages });
    const { exports } = new WebAssembly.Instance(compiledModule(binary), {
      env: { memory: this.#memory },
    });
    this.functions = exports as Record<Name, (...numbers: number[]) => void>;
    this.bytes = new Uint8Array(this.#memory.buffer as ArrayBuffer);
  }

  /** Make sure that there are so many bytes. */
  reserve(size: number): void {
    const pages = Math.ceil((size - this.bytes.length) / PAGE);
    if (pages <= 0) return;
    this.#memory.grow(pages);
    this.bytes = new Uint8Array(this.#memory.buffer as ArrayBuffer);
  }
}

/** The module in base64, with or without line breaks; the same one is compiled once. */
export function compiledModule(binary: string): WebAssembly.Module {
  const known = modules.get(binary);
  if (known) return known;
  const bytes = Uint8Array.from(atob(binary), (character) => character.charCodeAt(0));
  const compiled = new WebAssembly.Module(bytes);
  modules.set(binary, compiled);
  return compiled;
}
