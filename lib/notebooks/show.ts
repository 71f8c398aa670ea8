/** Showing something from anywhere in a notebook's cell. */

import { displayBundle } from "./display_bundle.ts";
import { kernel, whenSent } from "./kernel.ts";
import { currentRecorder } from "./recorder.ts";
import { shownValue } from "./shown_value.ts";

/**
 * Shows a value: in Jupyter under the running cell, in a headless run recorded for the executed notebook,
 * anywhere else printed as text.
 *
 * A figure is shown as a picture; spectra, a single spectrum and a model's tables as their plots; a run as its
 * summary and a checkpoint as the table of its tensors; an array of plain objects, such as the rows of E, as a
 * table; text as it stands, and the rest as Deno prints it.
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
  const bundle = await displayBundle(shownValue(value));
  const recorder = currentRecorder();
  const jupyter = kernel();
  if (recorder !== undefined) recorder.display(bundle);
  else if (jupyter !== undefined) {
    await jupyter.broadcast("display_data", { ...bundle, transient: {} });
    await whenSent();
  } else console.log(bundle.data["text/plain"] ?? bundle.data);
}
