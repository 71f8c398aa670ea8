import assert from "node:assert/strict";
import { generatedNetwork } from "../../lib/networks/generated_network.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { keptByLayer } from "../../lib/networks/mass_table.ts";

const kinds = [{ dimension: 0.5, neurons: 3 }, { dimension: 1.5, neurons: 2 }];

Deno.test("generatedNetwork() gives each kind its neurons and each neuron its edges, at integer lengths between the ends", () => {
  const network = generatedNetwork({ kinds, edges: 400, smallest: 5, largest: 60 });
  assert.deepEqual([...network.nodeLayers], [0, 0, 0, 1, 1]);
  assert.deepEqual([...network.offsets], [0, 400, 800, 1200, 1600, 2000]);
  assert.equal(network.lengths.length, 2000);
  for (const length of network.lengths) {
    assert.ok(Number.isInteger(length) && length >= 5 && length <= 60, `${length}`);
  }
  const kept = keptByLayer(network, growBoxes(network)).map((
    { layer, kept },
  ) => [layer.role, kept]);
  assert.deepEqual(kept, [["D = 0.5", 3], ["D = 1.5", 2]]);
});

Deno.test("the share of a generated neuron's edges within a radius is a power of the radius", () => {
  const { lengths } = generatedNetwork({ kinds: [{ dimension: 1.5, neurons: 1 }], edges: 200_000 });
  for (const radius of [10, 20, 50, 100]) {
    const share = lengths.filter((length) => length <= radius).length / lengths.length;
    // Five standard errors of a share of 200,000 draws are 0.0056 at most.
    assert.ok(Math.abs(share - (radius / 100) ** 1.5) < 0.0056, `${share} within ${radius}`);
  }
});

Deno.test("generatedNetwork() gives the same lengths for the same seed and others for another", () => {
  const lengths = (seed: number) => [...generatedNetwork({ kinds, edges: 50, seed }).lengths];
  assert.deepEqual(lengths(3), lengths(3));
  assert.notDeepEqual(lengths(3), lengths(4));
});

Deno.test("generatedNetwork() refuses what cannot be generated", () => {
  const refused = (options: Partial<Parameters<typeof generatedNetwork>[0]>, message: RegExp) =>
    assert.throws(() => generatedNetwork({ kinds, ...options }), message);
  refused({ kinds: [] }, /no kind of neuron; give at least one/);
  refused({ kinds: [{ dimension: 0, neurons: 1 }] }, /above 0, but it is 0/);
  refused({ kinds: [{ dimension: 1, neurons: 1.5 }] }, /neurons must be .* from 1, but it is 1.5/);
  refused({ edges: 0 }, /edges must be an integer from 1 to 16777216, but it is 0/);
  refused({ edges: 1e12 }, /edges must be .* to 16777216, but it is 1000000000000/);
  refused(
    { kinds: [{ dimension: 1, neurons: 9 }], edges: 2 ** 24 },
    /9 neurons with 16777216 edges each are more than 134217728 edges/,
  );
  refused({ smallest: 1 }, /smallest must be an integer from 2 to 16777216, but it is 1/);
  refused({ largest: 10 }, /largest must be an integer from 11 to 16777216, but it is 10/);
  refused({ edge: 5 } as object, /no option "edge"; did you mean "edges"/);
});
