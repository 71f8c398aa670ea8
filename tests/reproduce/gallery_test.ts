import assert from "node:assert/strict";
import {
  type GalleryFigure,
  galleryFigures,
  galleryHtml,
  notebookSummary,
} from "../../notebooks/reproduce/gallery.ts";

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

const summaryOf = (...sources: string[]) =>
  notebookSummary({
    path: "n.ipynb",
    metadata: {},
    cells: sources.map((source, i) => ({
      ...{ kind: "markdown" as const, id: `c${i}`, metadata: {}, storedOutputs: 0 },
      source,
    })),
  });

Deno.test("a notebook is summed up by its heading and the question under it", () => {
  const opening = "# A first look: from weights to E\n\n" +
    "**The question.** A model learns _skills_. Do its\nweights show it? We will see.\n\nMore.\n";
  assert.deepEqual(summaryOf(opening, "# Another\n"), {
    title: "A first look: from weights to E",
    question: "A model learns <em>skills</em>. Do its weights show it?",
  });
});

Deno.test("without a question the first paragraph stands whole, and without a heading nothing does", () => {
  assert.equal(summaryOf("# Title\nOne. Two.\n\nThree.").question, "One. Two.");
  assert.deepEqual(summaryOf("# Title\n"), { title: "Title", question: "" });
  assert.deepEqual(summaryOf("no heading"), { title: "", question: "" });
  assert.deepEqual(summaryOf(), { title: "", question: "" });
});

Deno.test("what would run in a page is text, or a link without an address", () => {
  const opening =
    "# T <script>alert(1)</script>\n**The question.** What <script>alert('q')</script>" +
    "<img src=x onerror=alert(2)> [x](javascript:alert(3)) $<img src=x>$ [y](https://example.org)?\n";
  assert.deepEqual(summaryOf(opening), {
    title: "T <script>alert(1)</script>",
    question: "What &lt;script&gt;alert('q')&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt; " +
      '<a>x</a> <i>&lt;img src=x&gt;</i> <a href="https://example.org">y</a>?',
  });
});

Deno.test("formulas are set in letters that need no script", () => {
  assert.equal(
    summaryOf("# T\n\nHow does $\\alpha_0$ follow $\\tau(q)$ where $r_{max} < d$?\n").question,
    "How does <i>α<sub>0</sub></i> follow <i>τ(q)</i> where <i>r<sub>max</sub> &lt; d</i>?",
  );
});
