/** `index.html` beside the results: every figure with its caption, grouped by notebook. */

import { escapeHtml } from "../tables/escape_html.ts";
import { galleryStyle } from "./gallery_style.ts";
import type { FigureWords } from "../figures/render/figure_words.ts";
import type { NotebookSummary } from "./notebook_summary.ts";

/** A figure of the gallery. */
export interface GalleryFigure extends FigureWords {
  /** Its path under the folder of results, without extension. */
  readonly stem: string;
  /** The formats it is there in, the one that is shown first. */
  readonly formats: readonly ("png" | "svg")[];
}

/** A notebook of the gallery. */
export interface GalleryNotebook extends NotebookSummary {
  /** Its file's name without `.ipynb`. */
  readonly name: string;
  /** Address of the notebook as stored, relative to the folder of results. */
  readonly source: string;
  /** Paths of its tables under the folder of results. */
  readonly tables: readonly string[];
  /** Its figures in order. */
  readonly figures: readonly GalleryFigure[];
}

/** Most tables that are listed openly; a longer list unfolds. */
const mostTables = 6;

/** The page: no script, no request beyond the folder, the same notebooks give the same text. */
export function galleryHtml(notebooks: readonly GalleryNotebook[]): string {
  const figures = notebooks.reduce((sum, notebook) => sum + notebook.figures.length, 0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>NeuroMFA: figures</title>
<link rel="icon" href="data:,">
<style>
${galleryStyle}</style>
</head>
<body>
<header>
<h1>Neuron interaction networks, their multifractal spectra, and the degree of emergence</h1>
<p>${count(figures, "figure")} of ${count(notebooks.length, "notebook")}, written by
<code>deno task reproduce</code>; <code>deno task reproduce --check</code> computes everything again
and compares. A figure opens at full size.</p>
<nav aria-label="Notebooks">
<ol>
${notebooks.map(({ name, title }) => `<li>${link(`#${name}`, title || name)}</li>`).join("\n")}
</ol>
</nav>
</header>
<main>
${notebooks.map(section).join("\n")}
</main>
</body>
</html>
`;
}

function section({ name, title, question, source, tables, figures }: GalleryNotebook): string {
  return `<section id="${escapeHtml(name)}">
<h2>${escapeHtml(title || name)}</h2>
<p class="question">${question}</p>
<p class="files">Notebook: ${link(source, "as written")}, ${
    link(`notebooks/${name}.ipynb`, "with its outputs")
  }${tables.length <= mostTables ? tableLinks(tables) : ""}</p>
${tables.length > mostTables ? foldedTables(tables) : ""}<div class="figures">
${figures.map(figure).join("\n")}
</div>
</section>`;
}

function tableLinks(tables: readonly string[]): string {
  if (tables.length === 0) return "";
  return `<br>Tables: ${tables.map((path) => link(path, path)).join(", ")}`;
}

function foldedTables(tables: readonly string[]): string {
  const items = tables.map((path) => `<li>${link(path, path)}</li>`).join("\n");
  return `<details class="files">
<summary>${tables.length} tables</summary>
<ul>
${items}
</ul>
</details>
`;
}

function figure({ stem, formats, title, caption, width, height }: GalleryFigure): string {
  const [shown] = formats;
  const name = stem.slice(stem.lastIndexOf("/") + 1);
  const size = width === null || height === null ? "" : ` width="${width}" height="${height}"`;
  const alt = escapeHtml([title || name, caption].filter(Boolean).join(". "));
  const full = `${stem}.${formats.includes("svg") ? "svg" : shown}`;
  const files = formats.map((format) => link(`${stem}.${format}`, format.toUpperCase())).join(", ");
  return `<figure>
<a href="${address(full)}"><img src="${
    address(`${stem}.${shown}`)
  }" alt="${alt}"${size} loading="lazy"></a>
<figcaption><b>${escapeHtml(title || name)}</b> ${
    escapeHtml(caption)
  } <span>${files}</span></figcaption>
</figure>`;
}

function link(path: string, text: string): string {
  return `<a href="${address(path)}">${escapeHtml(text)}</a>`;
}

/** A relative path as an address; a `#` in front is kept as the start of a fragment. */
function address(path: string): string {
  const [, hash, rest] = path.match(/^(#?)(.*)$/s)!;
  return escapeHtml(hash + rest!.split("/").map(encodeURIComponent).join("/"));
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
