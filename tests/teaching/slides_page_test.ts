/** The lesson: its slides, its minutes, and the words it explains. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { slidesPage } from "../../notebooks/teaching/slides_page.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, root));
const markdown = await read("notebooks/teaching/slides.md");

Deno.test("the ten slides are one file that loads nothing, with numbers and figures of results/", async () => {
  const page = await slidesPage(markdown, fileURLToPath(new URL("results", root)));
  const slides = page.match(/<section[^]*?<\/section>/g)!;
  assert.equal(slides.length, 10);
  assert.equal(page.match(/<img /g)!.length, markdown.match(/^!\[/gm)!.length);
  for (const [, source] of page.matchAll(/(?:src|href)="([^"]{0,40})/g)) {
    assert.match(source!, /^data:image\/(svg\+xml|png);base64,/);
  }
  const words = slides.join("\n").replaceAll(/src="[^"]*"/g, "");
  assert.doesNotMatch(words, /\{\{|NaN|undefined/);
  // As the stored tables have them.
  const [, last] = /^7\.42[^,]*,150,([^,]+)/m.exec(
    await read("results/tables/first_look_thresholds.csv"),
  )!;
  const shown = Number(last).toFixed(2).replace("-", "−");
  assert.match(slides[5]!, new RegExp(`150, as published</td>\\s*<td>${shown}<`));
});

Deno.test("a slide takes decimal numbers of results from tables alone", () => {
  const written = markdown.replaceAll(/\{\{[^{}]*\}\}/g, "").match(/[−-]?\d+\.\d+/g);
  assert.deepEqual(written, ["2.8"]);
});

Deno.test("the lesson's minutes follow one another up to 90, and its slides are there", async () => {
  const rows = [...(await read("notebooks/teaching/lesson.md"))
    .matchAll(/^\| (\d+)–(\d+) .*\| (\d+) +\|[^|]*\|$/gm)];
  let now = 0;
  for (const [, from, to, slide] of rows) {
    assert.equal(Number(from), now);
    now = Number(to);
    assert.ok(Number(slide) >= 1 && Number(slide) <= 10);
  }
  assert.equal(now, 90);
  assert.deepEqual(
    [...new Set(rows.map(([, , , slide]) => Number(slide)))],
    [...Array(10)].map((_, i) => i + 1),
  );
});

Deno.test("the glossary has the formula of E and explains the README's words on a page", async () => {
  const glossary = await read("notebooks/teaching/glossary.md");
  assert.ok(glossary.includes("E = width(t) / width(0) · ln(α₀(0) / α₀(t))"));
  const bold = [...glossary.matchAll(/^\*\*(.+?)\.\*\*/gm)].map(([, words]) => words!).join(" ");
  const words = [
    ...["interaction network", "multifractal spectrum", "τ(q)", "α", "f(α)", "heterogeneity"],
    ...["regularity", "NFD", "threshold", "null model", "degree of emergence"],
  ];
  for (const word of words) assert.ok(bold.toLowerCase().includes(word.toLowerCase()), word);
  assert.ok(glossary.trim().split(/\s+/).length <= 500, "a page has 500 words");
});
