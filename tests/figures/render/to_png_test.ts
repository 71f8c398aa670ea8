import assert from "node:assert/strict";
import { toPng } from "../../../lib/figures/render/to_png.ts";
import { toSvg } from "../../../lib/figures/render/to_svg.ts";
import { svgElement } from "../../../lib/figures/render/svg_element.ts";

const empty = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>';

function size(png: Uint8Array<ArrayBuffer>): [number, number] {
  const view = new DataView(png.buffer);
  return [view.getUint32(16), view.getUint32(20)];
}

function svgText(text: string, family = "DejaVu Sans", weight = "normal"): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30">` +
    `<text x="2" y="20" font-family="${family}" font-weight="${weight}">${text}</text></svg>`;
}

Deno.test("a PNG is twice the figure's size, or as large as asked for", async () => {
  assert.deepEqual(size(await toPng(empty)), [80, 60]);
  assert.deepEqual(size(await toPng(empty, { scale: 1 })), [40, 30]);
  assert.deepEqual(size(await toPng(empty, { width: 100 })), [100, 75]);
});

Deno.test("letters, Greek ones and Plot's arrows among them, are drawn", async () => {
  const blank = await toPng(svgText(" "));
  const missing = await toPng(svgText("\ue000"));
  for (const text of ["E", "τ", "α₀", "→", "↑"]) {
    const drawn = await toPng(svgText(text));
    assert.notDeepEqual(drawn, blank, `${text} left no trace`);
    assert.notDeepEqual(drawn, missing, `${text} is drawn as a missing glyph`);
  }
  assert.notDeepEqual(await toPng(svgText("E", "DejaVu Sans", "bold")), await toPng(svgText("E")));
});

Deno.test("text in a family that is not bundled is drawn in the one that is", async () => {
  assert.deepEqual(await toPng(svgText("E", "Comic Sans MS")), await toPng(svgText("E")));
});

Deno.test("the same text gives the same bytes", async () => {
  const svg = toSvg(svgElement("svg", { width: 9, height: 9 }), "square");
  assert.deepEqual(await toPng(svg), await toPng(svg));
});

Deno.test("sizes that are no sizes and texts that are no SVG are refused", async () => {
  await assert.rejects(toPng(empty, { scale: 0 }), /must be a positive number, not 0/);
  await assert.rejects(toPng(empty, { width: NaN }), /must be a positive number, not NaN/);
  await assert.rejects(toPng(empty, { scale: 1, width: 9 }), /a scale or a width, not both/);
  await assert.rejects(async () => await toPng("step,E\n"));
});

Deno.test("an image too large to be drawn is refused with its size, and the next is drawn", async () => {
  const tall = (height: number) => toSvg(svgElement("svg", { width: 640, height }), "tall");
  await assert.rejects(
    toPng(tall(40_000)),
    /^RangeError: A PNG of 1280 × 80000 pixels is too large, at most 32 million are drawn: choose a/,
  );
  await assert.rejects(toPng(tall(10), { width: 1e6 }), /of 1000000 × 15625 pixels is too large/);
  assert.ok((await toPng(tall(10))).length > 0);
});
