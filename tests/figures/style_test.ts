import assert from "node:assert/strict";
import { categoryColors, stepColors } from "../../lib/figures/style.ts";

/** Relative luminance of a colour, from 0 for black to 1 for white. */
function luminance(color: string): number {
  const channels = color.startsWith("#")
    ? [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16))
    : color.match(/\d+/g)!.map(Number);
  const [r, g, b] = channels.map((channel) => (channel / 255) ** 2.2);
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

Deno.test("stepColors() goes from dark to light, none too light to read on white", () => {
  const lightness = stepColors(7).map(luminance);
  assert.deepEqual(lightness, lightness.toSorted((a, b) => a - b));
  assert.equal(new Set(stepColors(7)).size, 7);
  assert.ok(Math.max(...lightness) < 0.7);
  assert.equal(stepColors(1).length, 1);
  assert.deepEqual(stepColors(0), []);
});

Deno.test("the categorical colours differ and can be read on white", () => {
  assert.equal(new Set(categoryColors).size, 7);
  for (const color of categoryColors) assert.ok(luminance(color) < 0.5, color);
});
