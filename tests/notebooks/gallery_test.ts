import assert from "node:assert/strict";
import { type GalleryFigure, galleryHtml } from "../../lib/notebooks/gallery.ts";
import { galleryFigures } from "../../lib/notebooks/gallery_figures.ts";

const figure: GalleryFigure = {
  stem: "figures/01 rise",
  formats: ["png", "svg"],
  title: 'E "rises" & falls',
  caption: "E < 1 at every step.",
  width: 640,
  height: 300,
};
const notebook = {
  ...{ name: "01_first", title: "A first look", question: "Does it <em>rise</em>?" },
  ...{ source: "../notebooks/01_first.ipynb", tables: ["tables/a.csv"], figures: [figure] },
};

Deno.test("a figure has its title, its caption, an alternative text and links to its files", () => {
  const page = galleryHtml([notebook]);
  assert.match(page, /<a href="figures\/01%20rise\.svg"><img src="figures\/01%20rise\.png"/);
  const alt = "E &#34;rises&#34; &#38; falls. E &#60; 1 at every step.";
  assert.ok(page.includes(`alt="${alt}" width="640" height="300" loading="lazy"`));
  assert.match(page, /<b>E &#34;rises&#34; &#38; falls<\/b> E &#60; 1 at every step\. <span>/);
  for (
    const link of [
      '<a href="../notebooks/01_first.ipynb">as written</a>',
      '<a href="notebooks/01_first.ipynb">with its outputs</a>',
      '<a href="tables/a.csv">tables/a.csv</a>',
      '<a href="figures/01%20rise.svg">SVG</a>',
      '<a href="#01_first">A first look</a>',
    ]
  ) assert.ok(page.includes(link), link);
});

Deno.test("the page asks for nothing outside its folder and runs no script", () => {
  const page = galleryHtml([notebook]);
  assert.doesNotMatch(page, /https?:|<script|url\(|@import/);
  assert.equal(galleryHtml([notebook]), page);
});

Deno.test("notebooks come in the order given and many tables are folded away", () => {
  const tables = Array.from({ length: 9 }, (_, i) => `nfd/${i}.csv`);
  const page = galleryHtml([{ ...notebook, tables }, { ...notebook, name: "02", title: "" }]);
  assert.match(page, /<summary>9 tables<\/summary>\n<ul>\n<li><a href="nfd\/0\.csv">/);
  assert.match(page, /2 figures of 2 notebooks/);
  assert.ok(page.indexOf('<section id="01_first">') < page.indexOf('<section id="02">'));
  assert.match(page, /<h2>02<\/h2>/, "a notebook without a title goes by its name");
});

Deno.test("figures come in the order in which the notebook shows them, unshown ones after", async () => {
  const svg = (title: string) => `<svg aria-label="${title}" width="3" height="2"></svg>\n`;
  const shown = ["second", "first"].map((title) => ({
    outputs: [{ data: { "image/png": btoa(title) + "\n" } }, { text: ["printed"] }],
  }));
  const texts: Record<string, string> = {
    "figures/a.svg": svg("first"),
    "figures/a.png": "first",
    "figures/b.svg": svg("second"),
    "figures/b.png": "second",
    "figures/0.svg": svg("unshown"),
    "figures/only.png": "only",
    "notebooks/n.ipynb": JSON.stringify({ cells: [{ source: "text" }, ...shown] }),
  };
  const paths = [...Object.keys(texts), "t.csv"];
  const figures = await galleryFigures(
    "n",
    paths,
    (path) => Promise.resolve(new TextEncoder().encode(texts[path]!)),
  );
  assert.deepEqual(figures.map(({ stem, formats, title }) => [stem, formats, title]), [
    ["figures/b", ["png", "svg"], "second"],
    ["figures/a", ["png", "svg"], "first"],
    ["figures/0", ["svg"], "unshown"],
    ["figures/only", ["png"], ""],
  ]);
});
