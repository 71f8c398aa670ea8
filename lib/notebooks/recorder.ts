/** How a notebook's module and `show` reach what records them in a headless run. */

import type { DisplayBundle } from "./display_bundle.ts";

/** The global that holds the {@linkcode Recorder} in a headless run, under `Symbol.for`. */
export const recorderKey = "neuromfa.notebook.recorder";

/** What a headless run records. */
export interface Recorder {
  /** Code cell `cell`, from 1, starts. */
  start(cell: number): void;
  /** The running cell's last expression has this value. */
  result(value: unknown): Promise<void>;
  /** The running cell shows something. */
  display(bundle: DisplayBundle): void;
}

/** The recorder of a headless run, `undefined` in a kernel and anywhere else. */
export function currentRecorder(): Recorder | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for(recorderKey)] as Recorder | undefined;
}
