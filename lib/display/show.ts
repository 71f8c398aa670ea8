/** Showing something from anywhere in a notebook's cell. */

import { displayBundle } from "./display_bundle.ts";
import { currentRecorder, kernel, whenSent } from "./kernel.ts";
import { isMeasurement, shownValue, shownValues } from "./shown_value.ts";

/**
 * Shows a value: in Jupyter under the running cell, in a headless run recorded for the executed notebook,
 * anywhere else printed as text.
 *
 * What {@linkcode measure} gives is shown as E over training, the spectra, and in words what was used and left out. A
 * figure is shown as a picture; spectra, a single spectrum and a model's tables as their plots; a run as its
 * summary and a checkpoint as the table of its tensors; an array of plain objects, such as the rows of E, as a
 * table; text as it stands, and the rest as Deno prints it.
 *
 * Always `await` it: Jupyter drops what a cell shows after it has ended.
 *
 * @category Showing and saving
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
  const recorder = currentRecorder();
  const jupyter = kernel();
  if (recorder === undefined && jupyter === undefined) {
    if (isMeasurement(value)) return console.log(String(value));
    const { data } = await displayBundle(await shownValue(value));
    return console.log(data["text/plain"] ?? data);
  }
  for (const part of await shownValues(value)) {
    const bundle = await displayBundle(part);
    if (recorder !== undefined) recorder.display(bundle);
    else await jupyter!.broadcast("display_data", { ...bundle, transient: {} });
  }
  if (recorder === undefined) await whenSent();
}
