import assert from "node:assert/strict";
import { textBoxes } from "./text_boxes.ts";
import { textFaults } from "./text_faults.ts";

const figure = (inside: string) => ({
  svg:
    `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" font-size="10">${inside}</svg>`,
  width: 200,
  height: 100,
});
const text = (x: number, y: number, words = "label", more = "") =>
  `<text transform="translate(${x},${y})" ${more}>${words}</text>`;

Deno.test("textBoxes() follows nested places, anchors, slants and lines", () => {
  const left = (inside: string) => textBoxes(figure(inside))[0]!.corners[0]![0];
  const start = left(text(50, 50));
  assert.equal(start, 50);
  assert.equal(left(`<svg x="30"><g transform="translate(5,0)">${text(50, 50)}</g></svg>`), 85);
  const middle = left(text(50, 50, "label", 'text-anchor="middle"'));
  const end = left(text(50, 50, "label", 'text-anchor="end"'));
  assert.ok(Math.abs((start + end) / 2 - middle) < 1e-9);
  // Five letters of 10 px in DejaVu Sans.
  assert.ok(start - end > 22 && start - end < 28, `${start - end}`);
  assert.ok(left(text(50, 50, "label", 'text-anchor="end" font-weight="bold"')) < end);
  const [, upright] =
    textBoxes(figure(`<text transform="translate(9,50) rotate(-90)">up</text>`))[0]!
      .corners;
  assert.ok(upright![1] < 40, `${upright}`);
  const lines = textBoxes(figure(`<text><tspan x="1">a</tspan><tspan dy="1em">b</tspan></text>`));
  assert.deepEqual(lines.map((box) => [box.text, box.corners[3]![1]]), [["a", 0], ["b", 10]]);
});

Deno.test("textFaults() finds texts that leave the figure and texts that overlap, and no others", () => {
  assert.deepEqual(textFaults(figure(text(10, 20) + text(10, 40) + text(60, 20))), []);
  assert.deepEqual(textFaults(figure(text(190, 50))), ["“label” leaves the figure"]);
  assert.deepEqual(textFaults(figure(text(10, 5))), ["“label” leaves the figure"]);
  assert.deepEqual(textFaults(figure(text(10, 20, "one") + text(20, 24, "two"))), [
    "“one” and “two” overlap",
  ]);
});

Deno.test("textFaults() lets slanted names stand close", () => {
  const slanted = [40, 56, 72].map((x) =>
    `<text transform="translate(${x},60) rotate(-45)" text-anchor="end">1,024</text>`
  );
  assert.deepEqual(textFaults(figure(slanted.join(""))), []);
});
