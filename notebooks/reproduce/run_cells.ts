/**
 * The process that a notebook runs in: imports its module and tells the parent, between what the cells
 * print, which cell starts and what it shows. Arguments: the module's address and the mark of a frame.
 */

import { writeSync } from "node:fs";
import { type DisplayBundle, displayBundle } from "../../lib/display/display_bundle.ts";
import { encodeFrame, type Frame } from "./collect_outputs.ts";
import { type Recorder, RECORDER_KEY } from "../../lib/display/kernel.ts";

const [address, mark] = Deno.args as [string, string];

/** Both streams get the frame, so that what is printed on either keeps its place between the frames. */
function tell(frame: Frame): void {
  writeAll(1, encodeFrame(frame, mark));
  writeAll(2, `${mark}{}\n`);
}

function writeAll(stream: number, text: string): void {
  let bytes = new TextEncoder().encode(text);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(stream, bytes));
}

/** A last expression as Deno's kernel shows it: text quoted, arrays as printed. */
async function resultBundle(value: unknown): Promise<DisplayBundle> {
  if (typeof value !== "string" && !Array.isArray(value)) return await displayBundle(value);
  return { data: { "text/plain": Deno.inspect(value, { colors: false }) }, metadata: {} };
}

const recorder: Recorder = {
  start: (cell) => tell({ kind: "start", cell }),
  display: (bundle) => tell({ kind: "display", bundle }),
  leaveOutNotices: (about) => tell({ kind: "notices", about }),
  async result(value) {
    if (value === undefined || value === null) return;
    tell({ kind: "result", bundle: await resultBundle(value) });
  },
};
Object.assign(globalThis, { [Symbol.for(RECORDER_KEY)]: recorder });

try {
  await import(address);
  tell({ kind: "done" });
} catch (error) {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : Deno.inspect(error);
  tell({ kind: "error", message, stack: error instanceof Error ? error.stack ?? "" : "" });
}
// A worker or timer that a cell left running would keep the process alive.
Deno.exit(0);
