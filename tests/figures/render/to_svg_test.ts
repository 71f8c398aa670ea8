import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { drawingDocument } from "../../../lib/figures/render/document.ts";
import type { DrawnElement } from "../../../lib/figures/render/drawn_element.ts";
import { svgElement } from "../../../lib/figures/render/svg_element.ts";
import { toSvg } from "../../../lib/figures/render/to_svg.ts";

function draw(options: Plot.PlotOptions): DrawnElement {
  return Plot.plot({ ...options, document: drawingDocument() as never }) as unknown as DrawnElement;
}

const clipped: Plot.PlotOptions = { marks: [Plot.lineY([1, 3, 2], { clip: true, marker: true })] };

Deno.test("the text stands alone: namespace, white ground, the bundled font everywhere", () => {
  const svg = toSvg(draw(clipped), "line");
  assert.match(svg, /^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  assert.match(svg, /^<svg[^>]*><rect width="100%" height="100%" fill="white"\/>/);
  assert.deepEqual(
    new Set(svg.match(/font-family="[^"]*"/g)),
    new Set(['font-family="DejaVu Sans, sans-serif"']),
  );
});

Deno.test("ids depend on the figure's name and not on what was drawn before", () => {
  const first = toSvg(draw(clipped), "line");
  for (let i = 0; i < 3; i++) draw(clipped);
  assert.equal(toSvg(draw(clipped), "line"), first);
  assert.match(first, /id="line-1"/);
});

Deno.test("every reference inside still finds its id", () => {
  const svg = toSvg(draw(clipped), "line");
  const ids = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const references = [...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
  assert.ok(references.length >= 2, "a clip path and a marker");
  for (const id of references) assert.ok(ids.has(id), `#${id} is referred to but absent`);
});

Deno.test("no CSS variable and no style sheet of Plot is left to renderers that know neither", () => {
  const svg = toSvg(draw({ marks: [Plot.dot([1], { fill: "var(--plot-background)" })] }), "dot");
  assert.doesNotMatch(svg, /--plot-background|<style/);
});

Deno.test("the drawn element is left as it is", () => {
  const drawn = svgElement("svg", { width: 1, height: 1 }, svgElement("g", { id: "mine" }));
  toSvg(drawn, "copy");
  assert.equal([...drawn.querySelectorAll("#mine")].length, 1);
  assert.equal([...drawn.querySelectorAll("rect")].length, 0);
});

Deno.test("a figure with an HTML title or legend is refused", () => {
  const titled = draw({ ...clipped, title: "Lost" });
  assert.throws(() => toSvg(titled, "line"), {
    name: "TypeError",
    message: /must be a bare <svg>, but this one is a <figure>: leave out Plot's title/,
  });
});
