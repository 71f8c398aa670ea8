import assert from "node:assert/strict";
import { publishedPoints } from "../../lib/runs/published_points.ts";

const values = (figure: string, quantity: string, step: number | null = null) =>
  publishedPoints(figure).filter((point) =>
    point.quantity === quantity && !point.derived && (step === null || point.step === step)
  ).map(({ value }) => value);

Deno.test("publishedPoints() gives every figure's numbers, each read within a thousandth or so of the scale", () => {
  const counts = Object.fromEntries(
    [...Map.groupBy(publishedPoints(), ({ figure }) => figure)].map(([figure, own]) => [
      figure,
      own.length,
    ]),
  );
  assert.deepEqual(counts, {
    metrics_all: 18,
    "Standard_vs_Deduped_Emergence_1.4b": 18,
    Emergence_vs_Model_Size: 14,
    "bert-large-uncased_emergence": 10,
    Decreasing_Performance: 48,
  });
  for (const { quantity, precision } of publishedPoints()) {
    const percent = quantity === "SQuAD F1" || quantity === "MNLI accuracy";
    assert.ok(precision > 0 && precision <= (percent ? 0.5 : 0.005));
  }
});

Deno.test("no published point comes twice", () => {
  const keys = publishedPoints().map(({ model, quantity, step, sample }) =>
    `${model} ${quantity} ${step} ${sample}`
  );
  assert.equal(new Set(keys).size, keys.length);
});

Deno.test("the normalized E of five sizes runs from 0 to 1 over both steps, and is not monotone in size", () => {
  assert.deepEqual(values("Emergence_vs_Model_Size", "normalized E", 512), [
    ...[0, 0.0092, 0.0103, 0.0082, 0.0093],
  ]);
  assert.deepEqual(values("Emergence_vs_Model_Size", "normalized E", 53000), [
    ...[0.4543, 0.7816, 0.9911, 0.8909, 1],
  ]);
});

Deno.test("E derived of four sizes is what the normalized E and E of 1.4b at two steps give, within its precision", () => {
  const normalized = publishedPoints("Emergence_vs_Model_Size")
    .filter(({ quantity }) => quantity === "normalized E");
  const of = (model: string, step: number) =>
    normalized.find((point) => point.model === model && point.step === step)!.value;
  // E = low + n · range through E(1.4b) = 0.001 at 512 and 0.649 at 53000.
  const deduped = "pythia-1.4b-deduped";
  const range = (0.649 - 0.001) / (of(deduped, 53000) - of(deduped, 512));
  const low = 0.001 - of(deduped, 512) * range;
  const derived = publishedPoints().filter((point) => point.derived);
  assert.deepEqual(derived.map(({ value }) => value), [0.33, 0.569, 0.722, 0.729]);
  for (const { model, step, value, precision } of derived) {
    assert.ok(Math.abs(low + of(model!, step!) * range - value) <= precision);
  }
});

Deno.test("samples of BERT are all below 0.007 and the damaged model falls from 0.6 to about 0.1", () => {
  const samples = values("bert-large-uncased_emergence", "E relative to r1");
  assert.equal(samples[0], 0);
  assert.ok(samples.slice(1).every((value) => value > 0 && value < 0.007));
  const falling = values("Decreasing_Performance", "E");
  assert.deepEqual([falling.length, falling[0], falling.at(-1)], [16, 0.6, 0.115]);
  assert.equal(values("Decreasing_Performance", "SQuAD F1").at(-1), 40);
  assert.equal(values("Decreasing_Performance", "MNLI accuracy")[0], 85);
});

Deno.test("publishedPoints() refuses a figure of which nothing is filed and names the nearest", () => {
  assert.throws(
    () => publishedPoints("metrics"),
    /^RangeError: no number of the figure metrics is filed in .*points\.json; did you mean metrics_all\? There are /,
  );
});
