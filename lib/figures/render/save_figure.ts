/** A figure on disk: one SVG and one PNG. */

import { writeWholeFile } from "../../files/write_whole_file.ts";
import type { Figure } from "./draw_figure.ts";

/**
 * Writes a figure as `<path>.svg` and `<path>.png`, each whole or not at all.
 *
 * @category Showing and saving
 * @param path Where it goes, without extension, e.g. `results/figures/spectrum`.
 * @param options With `pdf`, also as `<path>.pdf`, with its fonts in it.
 * @throws {Error} If the folder cannot be written to.
 *
 * @example Both files
 * ```ts
 * import assert from "node:assert/strict";
 * import { saveFigure } from "neuromfa";
 * import { Figure } from "neuromfa/figures";
 *
 * const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>';
 * const folder = await Deno.makeTempDir();
 * await saveFigure(new Figure({ name: "empty", caption: "Nothing.", svg }), `${folder}/empty`);
 * assert.equal(await Deno.readTextFile(`${folder}/empty.svg`), svg);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function saveFigure(
  figure: Figure,
  path: string,
  { pdf = false }: { readonly pdf?: boolean | undefined } = {},
): Promise<void> {
  const png = await figure.png();
  const printed = pdf ? await (await import("./to_pdf.ts")).toPdf(figure.svg, figure) : null;
  await writeWholeFile(`${path}.svg`, figure.svg);
  await writeWholeFile(`${path}.png`, png);
  if (printed !== null) await writeWholeFile(`${path}.pdf`, printed);
}
