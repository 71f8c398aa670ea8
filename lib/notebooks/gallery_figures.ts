/** The figures that a notebook wrote, as the gallery shows them. */

import { figureWords } from "../figures/render/figure_words.ts";
import type { GalleryFigure } from "./gallery.ts";

/**
 * The figures among a notebook's files, each once: those it shows in the order in which it shows them, then
 * the others by name.
 *
 * @param name The notebook's name.
 * @param paths Paths of everything it wrote.
 * @param read Reads one of them.
 */
export async function galleryFigures(
  name: string,
  paths: readonly string[],
  read: (path: string) => Promise<Uint8Array>,
): Promise<GalleryFigure[]> {
  const text = async (path: string) => new TextDecoder().decode(await read(path));
  const executed = `notebooks/${name}.ipynb`;
  const shown = paths.includes(executed) ? shownPictures(await text(executed)) : [];
  const stems = new Set(
    paths.filter((path) => /\.(svg|png)$/.test(path)).map((path) => path.slice(0, -4)),
  );
  const figures = await Promise.all(
    [...stems].sort().map(async (stem) => {
      const formats = (["png", "svg"] as const).filter((format) =>
        paths.includes(`${stem}.${format}`)
      );
      const svg = formats.includes("svg") ? await text(`${stem}.svg`) : "";
      const png = formats.includes("png") ? (await read(`${stem}.png`)).toBase64() : "";
      const place = shown.indexOf(png);
      return {
        place: place < 0 ? Infinity : place,
        figure: { stem, formats, ...figureWords(svg) },
      };
    }),
  );
  return figures.sort((a, b) => a.place === b.place ? 0 : a.place - b.place)
    .map(({ figure }) => figure);
}

/** The PNGs in base64 among the outputs of an executed notebook. */
function shownPictures(executed: string): string[] {
  const { cells } = JSON.parse(executed) as {
    cells: { outputs?: { data?: Record<string, string | string[]> }[] }[];
  };
  return cells.flatMap(({ outputs = [] }) =>
    outputs.flatMap(({ data }) =>
      data?.["image/png"] === undefined ? [] : [[data["image/png"]].flat().join("").trimEnd()]
    )
  );
}
