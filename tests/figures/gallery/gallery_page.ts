/** The page that shows all snapshots. */

import { figureWords } from "../../../lib/figures/render/to_svg.ts";
import { escapeHtml } from "../../../lib/tables/shown_table.ts";

/** A figure on the page. */
export interface Snapshot {
  /** The function that draws it. */
  readonly drawnBy: string;
  /** Its file beside the page. */
  readonly file: string;
  /** Its SVG text. */
  readonly svg: string;
}

/** HTML with every snapshot under the name of its function; it asks for nothing but the files beside it. */
export function galleryPage(snapshots: readonly Snapshot[]): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>NeuroMFA: snapshots of the figures</title>
<link rel="icon" href="data:,">
<style>
body { margin: 1rem; font: 15px/1.4 sans-serif; color: #222; background: #f4f4f4; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(600px, 100%), 1fr)); gap: 1rem; }
figure { margin: 0; padding: 0.75rem; background: white; }
figcaption { margin-bottom: 0.5rem; font-family: monospace; }
img { max-width: 100%; height: auto; }
</style>
</head>
<body>
<h1>Snapshots of the figures</h1>
<p>Each of the ${snapshots.length} figures, drawn from made-up data. <code>figure_gallery_test.ts</code> compares them byte for
byte.</p>
<main>
${snapshots.map(figure).join("\n")}
</main>
</body>
</html>
`;
}

function figure({ drawnBy, file, svg }: Snapshot): string {
  const { title, width, height } = figureWords(svg);
  return `<figure id="${drawnBy}">
<figcaption><a href="#${drawnBy}">${drawnBy}</a></figcaption>
<img src="${file}" alt="${escapeHtml(title)}" width="${width}" height="${height}" loading="lazy">
</figure>`;
}
