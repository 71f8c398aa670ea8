import assert from "node:assert/strict";
import { publishedEmergence } from "../../lib/runs/published_emergence.ts";

Deno.test("publishedEmergence() gives the points of the model's curve, in the order of steps, with their source", async () => {
  const early = [0, ...Array.from({ length: 10 }, (_, i) => 2 ** i), 1000];
  const late = Array.from({ length: 14 }, (_, i) => 13000 + 10000 * i);
  const steps = {
    "pythia-1.4b": [512, 1000, 3000, 13000, 23000, 53000, 73000, 103000, 143000],
    "pythia-1.4b-deduped": [...early, 3000, ...late],
    "pythia-410m-deduped": [53000],
  };
  for (const [model, its] of Object.entries(steps)) {
    const points = await publishedEmergence(model);
    assert.deepEqual(points.map(({ step }) => step), its);
    for (const point of points) {
      assert.equal(point.model, model);
      assert.ok(point.precision > 0 && point.precision <= 0.005);
    }
  }
  const [standard] = (await publishedEmergence("pythia-1.4b")).filter(({ step }) => step === 73000);
  assert.equal(standard!.E, 0.799);
  assert.equal(standard!.source, "Standard_vs_Deduped_Emergence_1.4b");
  const [derived] = await publishedEmergence("pythia-410m-deduped");
  assert.equal(derived!.source, "Emergence_vs_Model_Size, derived");
});

Deno.test("the points of Pythia-1.4b without duplicates are those that two figures agree on", async () => {
  const points = await publishedEmergence("pythia-1.4b-deduped");
  const at = (step: number) => points.find((point) => point.step === step)!.E;
  assert.deepEqual([33000, 43000, 63000, 83000, 113000, 133000].map(at), [
    ...[0.602, 0.634, 0.651, 0.643, 0.65, 0.669],
  ]);
  assert.deepEqual([512, 3000, 53000, 143000].map(at), [0.001, 0.302, 0.649, 0.681]);
});

Deno.test("publishedEmergence() refuses a model without a curve and names the nearest that has one", async () => {
  await assert.rejects(
    publishedEmergence("pythia-1.4b-dedup"),
    /no published curve of pythia-1.4b-dedup is filed .* did you mean pythia-1.4b-deduped\?/,
  );
});
