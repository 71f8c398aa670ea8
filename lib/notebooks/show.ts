/** Showing something from anywhere in a notebook's cell. */

import { displayBundle } from "./display_bundle.ts";
import { currentRecorder } from "./recorder.ts";

/** The part of Deno's Jupyter API that `show` needs; it exists in a kernel only. */
interface Jupyter {
  broadcast(type: "display_data", content: Record<string, unknown>): Promise<void>;
}

/**
 * Shows a value: in Jupyter under the running cell, in a headless run recorded for the executed notebook,
 * anywhere else printed as text. What is shown how, {@linkcode displayBundle} tells.
 *
 * Always `await` it: Jupyter drops what a cell shows after it has ended.
 *
 * @throws {TypeError} If the value cannot be shown, e.g. an HTML `<figure>`.
 *
 * @example Outside a notebook a table is printed as text
 * ```ts
 * import { show } from "neuromfa";
 *
 * await show([{ step: 0, E: 0 }, { step: 512, E: 0.25 }]);
 * ```
 */
export async function show(value: unknown): Promise<void> {
  const bundle = await displayBundle(value);
  const recorder = currentRecorder();
  const jupyter = kernel();
  if (recorder !== undefined) recorder.display(bundle);
  else if (jupyter !== undefined) {
    await jupyter.broadcast("display_data", { ...bundle, transient: {} });
    // The kernel reports itself idle before its queue is sent, and a client that stops there loses outputs.
    await new Promise((resolve) => setTimeout(resolve, 50));
  } else console.log(bundle.data["text/plain"] ?? bundle.data);
}

/** Deno's Jupyter API; reading it anywhere but in a kernel throws. */
function kernel(): Jupyter | undefined {
  try {
    return (Deno as unknown as { jupyter?: Jupyter }).jupyter;
  } catch {
    return undefined;
  }
}
