/** Slides from Markdown, as one HTML file that loads nothing. */

import { join } from "node:path";
import { marked } from "marked";
import { fillNumbers } from "./result_numbers.ts";

const STYLE = `
html { scroll-snap-type: y mandatory; font: 26px/1.35 "DejaVu Sans", system-ui, sans-serif; color: #1a1a1a; background: #fff }
body { margin: 0 }
section { box-sizing: border-box; height: 100vh; padding: 4vh 6vw 7vh; scroll-snap-align: start; position: relative; display: flex; flex-direction: column; overflow: hidden }
h1, h2 { margin: 0 0 2vh; line-height: 1.15 }
h2 { font-size: 1.5em }
p, ul, ol { margin: 0 0 1.6vh }
img { display: block; max-width: 100%; max-height: 100%; margin: 0 auto; object-fit: contain }
p:has(img) { flex: 1; min-height: 0; text-align: center }
code { font-size: .9em }
section.beside { display: grid; grid-template: auto auto 1fr / minmax(0, 1fr) auto; gap: 0 3vw }
section.beside h2 { grid-column: 1 / 3 } section.beside p { grid-column: 1; align-self: start }
section.beside p:has(img) { grid-column: 2; grid-row: 2 / 9; height: 100% }
section.beside img { height: 78vh }
table { border-collapse: collapse; margin: 0 0 2vh } td, th { padding: .2em .8em; border-bottom: 1px solid #bbb; text-align: right } td:first-child, th:first-child { text-align: left }
footer { position: absolute; right: 2vw; bottom: 2vh; font-size: .55em; color: #555 }
@media print { section { height: 100vh; break-after: page } }`;

/** Arrows, space and page keys turn a slide at a time. */
const SCRIPT = `
addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowDown: 1, ArrowLeft: -1, PageUp: -1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  scrollTo(0, (Math.round(scrollY / innerHeight) + step) * innerHeight);
});`;

/**
 * Renders slides, which `---` parts in the text. Their numbers and figures come from `results/`, and are within the page.
 *
 * @throws {Error} If a number or a figure is not there.
 */
export async function slidesPage(markdown: string, results: string): Promise<string> {
  const slides = (await fillNumbers(markdown, results)).split(/^---$/m);
  const sections = await Promise.all(slides.map(async (slide, i) => {
    const html = await withFigures(marked.parse(slide, { async: false }), results);
    const kind = await isTall(slide, results) ? ' class="beside"' : "";
    return `<section${kind}>\n${html}<footer>${i + 1} / ${slides.length}</footer>\n</section>`;
  }));
  const [, title = "Slides"] = /^# (.*)$/m.exec(markdown) ?? [];
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head>
<body>
${sections.join("\n")}
<script>${SCRIPT}</script>
</body>
</html>
`;
}

/** Whether the figure of a slide is taller than wide, so that its text stands beside it. */
async function isTall(slide: string, results: string): Promise<boolean> {
  const [, name] = /\]\((\w+)\.(?:svg|png)\)/.exec(slide) ?? [];
  if (name === undefined) return false;
  const svg = await Deno.readTextFile(join(results, "figures", `${name}.svg`));
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  return Number(height) > 0.8 * Number(width);
}

/** Puts each figure that a slide names into the page itself. */
async function withFigures(html: string, results: string): Promise<string> {
  const names = [...html.matchAll(/src="([^"]+)"/g)].map(([, name]) => name!);
  const data = await Promise.all(names.map(async (name) => {
    const bytes = await Deno.readFile(join(results, "figures", name));
    const type = name.endsWith(".svg") ? "image/svg+xml" : "image/png";
    return `data:${type};base64,${bytes.toBase64()}`;
  }));
  let i = 0;
  return html.replaceAll(/src="[^"]+"/g, () => `src="${data[i++]}"`);
}
