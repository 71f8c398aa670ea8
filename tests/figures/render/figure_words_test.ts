import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { drawFigure } from "../../../lib/figures/render/draw_figure.ts";
import { figureWords } from "../../../lib/figures/render/figure_words.ts";

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
