import assert from "node:assert/strict";
import * as Plot from "@observablehq/plot";
import { drawingDocument } from "../../lib/figures/render/document.ts";
import { Figure } from "../../lib/figures/render/draw_figure.ts";
import { displayBundle } from "../../lib/display/display_bundle.ts";

function plot(options: Plot.PlotOptions): unknown {
  return Plot.plot({ ...options, document: drawingDocument() as never });
}

Deno.test("a figure is shown at its own size though its PNG has more pixels", async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>';
  const figure = new Figure({ name: "empty", caption: "Nothing.", svg });
  const bundle = await displayBundle(figure);
  assert.deepEqual(bundle.data, {
    "image/png": (await figure.png()).toBase64(),
    "text/plain": "Figure empty: Nothing.",
  });
  assert.deepEqual(bundle.metadata, { "image/png": { width: 40, height: 30 } });
});

Deno.test("a bare plot is shown as a figure, the same one every time", async () => {
  const options = { marks: [Plot.lineY([1, 3, 2], { clip: true })] };
  const { data } = await displayBundle(plot(options));
  assert.deepEqual(Object.keys(data), ["image/png", "text/plain"]);
  assert.match(`${data["text/plain"]}`, /^Figure plot-[0-9a-f]{8}: /);
  assert.deepEqual((await displayBundle(plot(options))).data, data);
});

Deno.test("a plot with an HTML title is refused", async () => {
  await assert.rejects(displayBundle(plot({ title: "Lost", marks: [] })), /must be a bare <svg>/);
});

Deno.test("a value that displays itself is taken at its word", async () => {
  const value = { [Symbol.for("Jupyter.display")]: () => ({ "text/markdown": "*E*" }) };
  assert.deepEqual(await displayBundle(value), { data: { "text/markdown": "*E*" }, metadata: {} });
  const drawn = (data: unknown) => ({ [Symbol.for("Jupyter.display")]: () => data });
  const [svg, png] = [{ "image/svg+xml": "<svg/>" }, { "image/png": "AA" }];
  assert.deepEqual((await displayBundle(drawn(svg))).data, svg);
  assert.deepEqual(
    (await displayBundle(drawn({ ...svg, ...png }))).data,
    png,
    "nbconvert blanks SVG",
  );
  const mute = { [Symbol.for("Jupyter.display")]: () => undefined };
  await assert.rejects(displayBundle(mute), /must return formats by MIME type, not undefined/);
});

Deno.test("text stands as it is and the rest as Deno prints it, without colours", async () => {
  assert.deepEqual((await displayBundle("E")).data, { "text/plain": "E" });
  assert.deepEqual((await displayBundle(new Map([["E", 1]]))).data, {
    "text/plain": 'Map(1) { "E" => 1 }',
  });
});
