/** Deno's Jupyter API, as far as it is used here. */

import type { DisplayBundle } from "./display_bundle.ts";

/** What exists in a kernel only. */
export interface Jupyter {
  /** Sends a message to all clients of the kernel; Deno 2.9.6 returns nothing, whatever its types say. */
  broadcast(
    type: "display_data" | "update_display_data",
    content: Record<string, unknown>,
  ): Promise<void> | void;
}

/** The API, `undefined` anywhere but in a kernel, where reading it throws. */
export function kernel(): Jupyter | undefined {
  try {
    return (Deno as unknown as { jupyter?: Jupyter }).jupyter;
  } catch {
    return undefined;
  }
}

/** Waits until what was broadcast or printed has left: the kernel reports itself idle before, and clients then stop listening. */
export function whenSent(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 100));
}

/** The global that holds the {@linkcode Recorder} in a headless run, under `Symbol.for`. */
export const RECORDER_KEY = "neuromfa.notebook.recorder";

/** What a headless run records. */
export interface Recorder {
  /** Code cell `cell`, from 1, starts. */
  start(cell: number): void;
  /** The running cell's last expression has this value. */
  result(value: unknown): Promise<void>;
  /** The running cell shows something. */
  display(bundle: DisplayBundle): void;
  /** The notebook reads something else than what its texts quote numbers of, the models named. */
  leaveOutNotices?(about: string): void;
}

/** The recorder of a headless run, `undefined` in a kernel and anywhere else. */
export function currentRecorder(): Recorder | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for(RECORDER_KEY)] as Recorder | undefined;
}
