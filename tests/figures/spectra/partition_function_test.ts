import assert from "node:assert/strict";
import { partitionFunctionFigure } from "../../../lib/figures/spectra/partition_function.ts";
import { massExponent } from "../../../lib/multifractal/mass_exponent.ts";
import { partitionFunction } from "../../../lib/multifractal/partition_function.ts";
import { drawnTexts } from "../drawn_texts.ts";

const partition = partitionFunction({
  radii: Float64Array.of(2, 5, 9),
  counts: Uint32Array.of(6, 6, 1, 3, 12, 2),
  selected: Uint32Array.of(0, 1),
  nodes: 2,
  edges: 30,
}, [-3, -2, -1, -0.5, 0, 1, 2, 3]);
const exponent = massExponent(partition);

Deno.test("partitionFunctionFigure() labels each line with its order, slope and r squared, none at q = 0", () => {
  const texts = drawnTexts(partitionFunctionFigure(partition, exponent, { orders: [-0.5, 0, 1] }));
  const number = (value: number) => value.toFixed(2).replace("-", "−");
  const label = (q: string, place: number) =>
    `q = ${q}: τ = ${number(exponent.tau[place]!)}, r² = ${number(exponent.rValue[place]! ** 2)}`;
  assert.deepEqual(texts.filter((text) => text.startsWith("q =")), [
    label("−0.5", 3),
    "q = 0: τ = 0.00",
    label("1", 5),
  ]);
});

Deno.test("partitionFunctionFigure() draws whole orders from −3 to 3 unless told otherwise", () => {
  const figure = partitionFunctionFigure(partition, exponent);
  const orders = drawnTexts(figure).flatMap((text) => text.match(/^q = (.*):/)?.[1] ?? []);
  assert.deepEqual(orders, ["−3", "−2", "−1", "0", "1", "2", "3"]);
  // A dot for each radius of each order.
  assert.equal(figure.svg.match(/<circle/g)!.length, 3 * 7);
  assert.match(figure.caption, /at every radius \(3\)/);
});

Deno.test("partitionFunctionFigure() keeps labels apart and inside the panel where lines end close together", () => {
  const { svg } = partitionFunctionFigure(partition, exponent, { orders: [0, 1, 2, 3] });
  const heights = [...svg.matchAll(/translate\(([\d.]+),([\d.]+)\)"[^>]*>q = /g)]
    .map(([, , y]) => Number(y)).sort((a, b) => a - b);
  assert.equal(heights.length, 4);
  heights.slice(1).forEach((y, i) => assert.ok(y - heights[i]! > 12, `${heights}`));
  assert.ok(heights[0]! > 20 && heights.at(-1)! < 400, `${heights}`);
});

Deno.test("partitionFunctionFigure() names the network, where it is told", () => {
  const { svg } = partitionFunctionFigure(partition, exponent, { of: "toy at step 8" });
  assert.match(svg, />toy at step 8: how the partition function scales</);
});

Deno.test("partitionFunctionFigure() draws the same bytes twice", () => {
  const draw = () => partitionFunctionFigure(partition, exponent).svg;
  assert.equal(draw(), draw());
});

Deno.test("partitionFunctionFigure() refuses an order that was not measured", () => {
  assert.throws(
    () => partitionFunctionFigure(partition, exponent, { orders: [0.25] }),
    /order q = 0\.25 was not measured; orders go from -3 to 3/,
  );
});
