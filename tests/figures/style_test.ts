import assert from "node:assert/strict";
import {
  categoryColors,
  divergingScale,
  isEven,
  largeNumber,
  lnStepAxis,
  MISSING_COLOR,
  short,
  shortName,
  stepAxis,
  stepColors,
  valueAxis,
  weightsLabel,
} from "../../lib/figures/style.ts";

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

Deno.test("divergingScale() has round bounds that are the same on both sides of 0", () => {
  const { bounds, colors } = divergingScale([0.02, -0.17, NaN]);
  assert.deepEqual(bounds, ["−0.15", "−0.10", "−0.05", "0.00", "0.05", "0.10", "0.15"]);
  assert.equal(new Set(colors).size, 8);
});

Deno.test("divergingScale() has classes of one digit that hold the largest value", () => {
  const first = (most: number) => divergingScale([most, -most / 2]).bounds.slice(4);
  assert.deepEqual(first(0.12), ["0.03", "0.06", "0.09"]);
  assert.deepEqual(first(0.121), ["0.04", "0.08", "0.12"]);
  assert.deepEqual(first(0.4), ["0.1", "0.2", "0.3"]);
  assert.deepEqual(first(39), ["10", "20", "30"]);
});

Deno.test("divergingScale() colours values by their class, those beyond the last by it", () => {
  const { color, colors } = divergingScale([0.2]);
  assert.equal(color(0.001), colors[4]);
  assert.equal(color(-0.001), colors[3]);
  assert.equal(color(0.2), colors[7]);
  assert.equal(color(9), colors[7]);
  assert.equal(color(-9), colors[0]);
  assert.equal(color(NaN), MISSING_COLOR);
});

Deno.test("divergingScale() writes in white on dark classes only", () => {
  const { textColor } = divergingScale([0.2]);
  assert.deepEqual([-0.19, -0.1, 0, 0.1, 0.19].map(textColor), [
    ...["white", "black", "black", "black", "white"],
  ]);
});

Deno.test("short() has two decimals and no 0 before them", () => {
  assert.deepEqual([0.123, -0.166, 10.5, -20, 0, -0.001].map(short), [
    ...[".12", "−.17", "10.50", "−20.00", ".00", ".00"],
  ]);
});

Deno.test("weightsLabel() keeps three digits and names thousands, millions and billions", () => {
  assert.deepEqual([900, 30_592, 210_304, 1_200_000, 11_846_072_320].map(weightsLabel), [
    ...["900", "30.6K", "210K", "1.2M", "11.8B"],
  ]);
});

Deno.test("stepAxis() has ticks at 0 and the powers of 4 up to the last step, with separated thousands", () => {
  const { type, constant, ticks, tickFormat } = lnStepAxis([0, 1, 1000, 4096, 512]);
  assert.deepEqual([type, constant], ["symlog", 1]);
  assert.deepEqual(ticks, [0, 1, 4, 16, 64, 256, 1024, 4096]);
  assert.equal(tickFormat(143000), "143,000");
});

Deno.test("stepAxis() has ticks at powers of 16 where steps are as many as Pythia's", () => {
  assert.deepEqual(stepAxis([0, 16384]).ticks.length, 9);
  assert.deepEqual(stepAxis([0, 143000]).ticks, [0, 1, 16, 256, 4096, 65536]);
});

Deno.test("stepAxis() of an untrained model alone reaches to step 1", () => {
  assert.deepEqual(stepAxis([0]).ticks, [0, 1]);
});

Deno.test("largeNumber() writes what has no room beside an axis in short, and valueAxis() all ticks alike", () => {
  assert.deepEqual([3e6, -123_456, 99_999, 0.5].map(largeNumber), ["3M", "−123K", null, null]);
  assert.deepEqual(valueAxis([0, 0.5, 99_999]), {});
  const { tickFormat } = valueAxis([3e6, 5]) as { tickFormat: (value: number) => string };
  assert.deepEqual([0, 500_000, 3e6].map(tickFormat), ["0", "500K", "3M"]);
});

Deno.test("shortName() takes the middle out of a long name", () => {
  assert.equal(shortName("piqa/acc", 8), "piqa/acc");
  assert.equal(shortName("lambada_openai/acc_norm", 14), "lambada…c_norm");
});

Deno.test("stepAxis() is even where steps are, and ln(1 + step) would leave half of it empty", () => {
  const hundreds = Array.from({ length: 11 }, (_, i) => 100 * i);
  const axis = stepAxis(hundreds);
  assert.deepEqual([axis.type, axis.label], ["linear", "training step →"]);
  assert.deepEqual(axis.ticks, [0, 200, 400, 600, 800, 1000]);
  assert.equal(stepAxis(hundreds, 500).label, "steps since step 500 →");
  assert.ok(isEven([...hundreds, ...hundreds]) && isEven([0, 90, 210, 300, 400]));
  // Too few, powers of two, published steps, and even ones that fill the axis of logarithms.
  const powers = [0, ...Array.from({ length: 13 }, (_, i) => 2 ** i)];
  for (
    const steps of [[0, 100, 200, 300], powers, [0, 256, 512, 768, 2048, 4096], [0, 1, 2, 3, 4]]
  ) {
    assert.ok(!isEven(steps), steps.join());
    assert.equal(stepAxis(steps).type, "symlog");
  }
  assert.ok(!isEven([...powers, 1000, 13000, 63000, 143000]) && !isEven([]));
});
