/** A figure among the results of a run. */

import type { Figure } from "../figures/render/draw_figure.ts";
import { saveFigure } from "../figures/render/save_figure.ts";
import { ifThere } from "../files/list_files.ts";

/** Write a figure as SVG, PNG and, if asked for, PDF; a PDF that an earlier run left there goes otherwise. */
export async function keepFigure(
  figure: Figure,
  path: string,
  { pdf = false }: { readonly pdf?: boolean | undefined } = {},
): Promise<void> {
  await saveFigure(figure, path, { pdf });
  if (!pdf) await ifThere(Deno.remove(`${path}.pdf`));
}
