/** `index.html` beside the results: every figure with its caption, grouped by notebook. */

import { escapeHtml } from "../../lib/tables/shown_table.ts";
import { figureWords } from "../../lib/figures/render/to_svg.ts";
import { marked } from "marked";
import type { Notebook } from "./notebook.ts";
import { safeHtml } from "./safe_html.ts";

/** A figure of the gallery. */
export interface GalleryFigure extends ReturnType<typeof figureWords> {
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
const MOST_TABLES = 6;

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
${GALLERY_STYLE}</style>
</head>
<body>
<header>
<h1>Neuron interaction networks, their multifractal spectra, and the degree of emergence</h1>
<p>${count(figures, "figure")} of ${count(notebooks.length, "notebook")}, written by
<code>deno task reproduce</code>; <code>deno task reproduce --check</code> computes everything again
and compares. A figure opens at full size. ${
    link("../lib/explorer/README.md", "The explorer")
  } is a page to measure the models yourself.</p>
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
  }${tables.length <= MOST_TABLES ? tableLinks(tables) : ""}</p>
${tables.length > MOST_TABLES ? foldedTables(tables) : ""}<div class="figures">
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

/** The gallery's style sheet. */
export const GALLERY_STYLE = `:root {
  color-scheme: light dark;
  --ground: #fff; --text: #1b1f24; --quiet: #57606a; --line: #d0d7de; --link: #0a58a8;
}
@media (prefers-color-scheme: dark) {
  :root { --ground: #14171b; --text: #e6e8eb; --quiet: #a2abb5; --line: #3a414a; --link: #7db8f5; }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 86rem; padding: 1.5rem clamp(1rem, 4vw, 3rem) 4rem;
  background: var(--ground); color: var(--text);
  font: 1.05rem/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: clamp(1.4rem, 3vw, 2.1rem); line-height: 1.2; text-wrap: balance; }
h2 { margin: 0 0 .4rem; font-size: clamp(1.2rem, 2.2vw, 1.6rem); line-height: 1.25; }
header p, .question, .files { max-width: 46rem; }
.question { margin: 0 0 .6rem; }
.files, figcaption span { color: var(--quiet); font-size: .9rem; }
section { margin-top: 2.5rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
a { color: var(--link); }
code { white-space: nowrap; }
a:focus-visible, summary:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
nav ol { columns: 22rem; padding-left: 0; }
nav li { break-inside: avoid; margin-left: 1.8rem; padding: .15rem 0; } /* numbers stay in their column */
.figures {
  display: grid; gap: 1.5rem; align-items: start;
  grid-template-columns: repeat(auto-fill, minmax(min(100%, 30rem), 1fr));
}
figure { margin: 0; border: 1px solid var(--line); border-radius: .4rem; overflow: hidden; }
figure a { display: block; }
figcaption a { display: inline; }
img { display: block; width: 100%; height: auto; background: #fff; }
figcaption { padding: .7rem .9rem .9rem; border-top: 1px solid var(--line); font-size: .95rem; }
figcaption b { display: block; margin-bottom: .2rem; }
figcaption span { display: block; margin-top: .3rem; }
@media print { body { max-width: none; padding: 0; } figure { break-inside: avoid; } }
`;

/** A notebook in two sentences. */
export interface NotebookSummary {
  /** The first heading, as plain text; empty where the first text cell has none. */
  readonly title: string;
  /** The paragraph under it as HTML that runs nothing, up to its last question if it asks one. */
  readonly question: string;
}

/** Reads title and question from a notebook's first text cell. */
export function notebookSummary({ cells }: Notebook): NotebookSummary {
  const opening = cells.find(({ kind }) => kind === "markdown")?.source ?? "";
  const [, title = "", below = ""] = opening.match(/^# (.*)\n([^]*)$/m) ?? [];
  const paragraph = below.trim().split(/\n\s*\n/)[0]!.replace(/^\*\*The question\.\*\*\s*/, "");
  const asked = paragraph.slice(0, paragraph.lastIndexOf("?") + 1) || paragraph;
  return {
    title: title.trim(),
    question: safeHtml(marked.parseInline(withoutMath(asked), { async: false }))
      .replaceAll("\n", " "),
  };
}

const greek: Readonly<Record<string, string>> = {
  alpha: "α",
  gamma: "γ",
  tau: "τ",
  Delta: "Δ",
};

/** Short formulas as italic letters, since a page without scripts sets no LaTeX. */
function withoutMath(markdown: string): string {
  return markdown.replace(/\$([^$]+)\$/g, (_, formula: string) => {
    const letters = escapeHtml(formula).replace(
      /\\([A-Za-z]+)\s?/g,
      (_, name) => greek[name] ?? name,
    );
    return `<i>${letters.replace(/_(\w|\{[^}]*\})/g, (_, below) => subscript(below))}</i>`;
  });
}

function subscript(below: string): string {
  return `<sub>${below.replace(/[{}]/g, "")}</sub>`;
}
