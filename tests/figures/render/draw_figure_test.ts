import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import {
  drawFigure,
  type DrawFigureOptions,
  Figure,
  wrapText,
} from "../../../lib/figures/render/draw_figure.ts";
import { figureWords } from "../../../lib/figures/render/to_svg.ts";

const panel = { width: 300, height: 200, marks: [Plot.lineY([1, 3, 2])] };
const options: DrawFigureOptions = {
  name: "panels",
  title: "A title",
  caption: "A caption.",
  panels: [panel, { ...panel, width: 200, height: 150 }, panel],
};

/** Places and sizes of the panels in a figure's text. */
function panels(svg: string): Record<string, number>[] {
  return [...svg.matchAll(/<svg class="[^"]*"[^>]*>/g)].map(([tag]) =>
    Object.fromEntries(
      ["x", "y", "width", "height"].map((name) => [
        name,
        Number(tag.match(new RegExp(`\\s${name}="([^"]+)"`))![1]),
      ]),
    )
  );
}

Deno.test("panels stand one above the other and title and caption are drawn in", () => {
  const { svg, width, height } = drawFigure(options);
  const [first, second, third] = panels(svg);
  assert.equal(width, 300);
  assert.deepEqual(first, { x: 0, y: 38, width: 300, height: 200 });
  assert.deepEqual(second, { x: 0, y: 238, width: 200, height: 150 });
  assert.deepEqual(third, { x: 0, y: 388, width: 300, height: 200 });
  assert.ok(height > 588 + 11);
  assert.match(svg, />A title<\/text>/);
  assert.match(svg, />A caption\.<\/text>/);
});

Deno.test("with two columns a row is as high as its highest panel", () => {
  const { svg, width } = drawFigure({ ...options, columns: 2 });
  assert.equal(width, 500);
  assert.deepEqual(panels(svg).map(({ x, y }) => [x, y]), [[0, 38], [300, 38], [0, 238]]);
});

Deno.test("a long title is broken into lines", () => {
  const title = "The degree of emergence rises while the six skills appear one after another";
  const { svg } = drawFigure({ ...options, title });
  const lines = [...svg.matchAll(/<text x="12" y="\d+">([^<]*)<\/text>/g)].map(([, line]) => line);
  assert.ok(lines.length >= 4);
  assert.equal(lines.slice(0, -1).join(" "), title);
});

Deno.test("markup in a title is text, not markup", () => {
  assert.match(drawFigure({ ...options, title: "r < d & r > 0" }).svg, />r &lt; d &amp; r &gt; 0</);
});

Deno.test("a panel with a legend, no panel at all, and half a column are refused", () => {
  const legend = { ...panel, color: { legend: true, domain: ["a", "b"] } };
  assert.throws(
    () => drawFigure({ ...options, panels: [legend] }),
    /must not have a title.*legend/,
  );
  assert.throws(() => drawFigure({ ...options, panels: [] }), /"panels" has no panel/);
  assert.throws(() => drawFigure({ ...options, columns: 1.5 }), /positive integer, but it is 1.5/);
});

Deno.test("a line takes as many words as fit", () => {
  // 55 pixels at size 10 hold ten letters of 5.5 pixels.
  assert.deepEqual(wrapText("one two three four", 55, 10), ["one two", "three four"]);
});

Deno.test("a word wider than the line stands alone and whole", () => {
  assert.deepEqual(wrapText("a heterogeneity b", 55, 10), ["a", "heterogeneity", "b"]);
});

Deno.test("white space of any kind is one space and no text has no line", () => {
  assert.deepEqual(wrapText("  a\n\t b ", 55, 10), ["a b"]);
  assert.deepEqual(wrapText(" ", 55, 10), []);
});

Deno.test("a percent sign stays with its number", () => {
  assert.deepEqual(wrapText("bands: 95 % of it", 55, 10), ["bands:", "95 % of it"]);
});

Deno.test("a figure's title and caption are read back from its SVG as they were given", () => {
  const words = {
    title: 'When "r" < d & q > 0, the mass grows over more than one line of the title',
    caption: "A caption that is long enough to be drawn on two lines; 1 < d & d <= r, r > 2.",
  };
  const panel = { width: 300, height: 200, marks: [Plot.lineY([1, 3, 2], { title: () => "x" })] };
  const figure = drawFigure({ name: "words", ...words, panels: [panel] });
  assert.deepEqual(figureWords(figure.svg), { ...words, width: 300, height: figure.height });
});

Deno.test("an SVG without words has none", () => {
  const none = { title: "", caption: "", width: null, height: null };
  assert.deepEqual(figureWords('<svg xmlns="http://www.w3.org/2000/svg"/>'), none);
  assert.deepEqual(figureWords("nothing"), none);
});

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>';

Deno.test("a figure shows itself in a notebook as a PNG of its size and its caption", async () => {
  const figure = new Figure({ name: "empty", caption: "Nothing.", svg });
  const display = figure as unknown as Record<symbol, () => Promise<Record<string, string>>>;
  const data = await display[Symbol.for("Jupyter.display")]!();
  const png = await figure.png({ scale: 1 });
  assert.deepEqual(data, { "image/png": png.toBase64(), "text/plain": "Figure empty: Nothing." });
});

Deno.test("a figure cannot be changed", () => {
  const figure = new Figure({ name: "empty", caption: "Nothing.", svg });
  assert.throws(() => Object.assign(figure, { caption: "Something." }), TypeError);
});

Deno.test("a name that cannot be a file name everywhere is refused", () => {
  for (const name of ["", "../up", "Upper", "two words"]) {
    assert.throws(
      () => new Figure({ name, caption: "", svg }),
      /A figure's name becomes a file name/,
    );
  }
});

Deno.test("SVG that states no size is refused", () => {
  const endless = '<svg xmlns="http://www.w3.org/2000/svg" width="100%"/>';
  assert.throws(
    () => new Figure({ name: "x", caption: "", svg: endless }),
    /must state its width and height/,
  );
});
