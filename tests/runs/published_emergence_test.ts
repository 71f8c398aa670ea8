import assert from "node:assert/strict";
import { publishedEmergence } from "../../lib/runs/published_emergence.ts";

Deno.test("publishedEmergence() gives the points of the model's curve, in the order of steps, with their source", async () => {
  for (const model of ["pythia-1.4b", "pythia-1.4b-deduped"]) {
    const points = await publishedEmergence(model);
    assert.deepEqual(points.map(({ step }) => step), [
      ...[1000, 3000, 13000, 23000, 53000, 73000, 103000, 143000],
    ]);
    for (const point of points) {
      assert.equal(point.model, model);
      assert.ok(point.precision > 0 && point.precision <= 0.005);
      assert.equal(point.source, "Standard_vs_Deduped_Emergence_1.4b");
    }
  }
  const [standard] = (await publishedEmergence("pythia-1.4b")).filter(({ step }) => step === 73000);
  assert.equal(standard!.E, 0.799);
});

Deno.test("publishedEmergence() refuses a model without a curve and names the nearest that has one", async () => {
  await assert.rejects(
    publishedEmergence("pythia-1.4b-dedup"),
    /no published curve of pythia-1.4b-dedup is filed .* did you mean pythia-1.4b-deduped\?/,
  );
});
