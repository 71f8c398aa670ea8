import assert from "node:assert/strict";
import { expectedSpectrum, type NeuronKind } from "../../lib/multifractal/expected_spectrum.ts";
import { gaussianLengths, observedLengths } from "../../lib/multifractal/length_law.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { normals } from "../golden/seeded_normals.ts";

/** Neurons of a kind: how many, and how many edges of which standard deviation. */
type Kind = readonly [neurons: number, ...edges: (readonly [edges: number, sigma: number])[]];

/** The kinds of neurons in six blocks of a transformer of a width, untrained; query, key and value differ. */
function blocks(width: number): Kind[] {
  const small = Math.sqrt(2 / 5 / width), wang = 2 / 6 / Math.sqrt(width);
  return [
    [192, [32, small], [32, 1.5 * small], [32, 0.8 * small]],
    [192, [32, wang]],
    [192, [64, small]],
    [384, [32, wang]],
  ];
}

/** A network of Gaussian weights. */
function drawnNetwork(kinds: readonly Kind[], seed: string) {
  const lengths: number[] = [], offsets = [0];
  for (const [i, [neurons, ...groups]] of kinds.entries()) {
    const drawn = groups.map(([edges, sigma], j) =>
      normals(`${seed} ${i} ${j}`, neurons * edges).map((w) => 1 / Math.abs(sigma * w))
    );
    for (let neuron = 0; neuron < neurons; neuron++) {
      groups.forEach(([edges], j) =>
        lengths.push(...drawn[j]!.subarray(neuron * edges, (neuron + 1) * edges))
      );
      offsets.push(lengths.length);
    }
  }
  const nodes = offsets.length - 1;
  return {
    nodeIds: Int32Array.from({ length: nodes }, (_, i) => i),
    nodeLayers: new Uint16Array(nodes),
    layers: [{ name: "all", block: 0, role: "all", size: nodes, learned: true }],
    ...{ offsets: Uint32Array.from(offsets), lengths: Float64Array.from(lengths) },
  };
}

function kindsOf(kinds: readonly Kind[], threshold: number): NeuronKind[] {
  return kinds.map(([neurons, ...groups]) => ({
    neurons,
    edges: groups.map(([edges, sigma]) => (
      { edges, lengths: gaussianLengths(sigma, { threshold, digits: 0 }) }
    )),
  }));
}

function expected(kinds: readonly NeuronKind[]) {
  const found = expectedSpectrum(kinds);
  if (found.status !== "ok") throw new Error(found.reason);
  return found;
}

/** Mean and its standard error. */
function meanOf(values: readonly number[]): [mean: number, error: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return [mean, Math.sqrt(squares / (values.length - 1) / values.length)];
}

Deno.test("tau(q) is the mean of 50 sampled Gaussian networks within two standard errors, at three thresholds and three widths", () => {
  for (const width of [128, 512, 1024]) {
    const kinds = blocks(width);
    const networks = Array.from({ length: 50 }, (_, i) => drawnNetwork(kinds, `${i} at ${width}`));
    for (const threshold of [60, 150, 400]) {
      const { q, tau, alpha0 } = expected(kindsOf(kinds, threshold));
      const sampled = networks.map((network) => {
        const spectrum = multifractalSpectrum(growBoxes(network, { threshold }));
        if (spectrum.status !== "ok") throw new Error(spectrum.reason);
        return spectrum;
      });
      const near = (value: number, sample: readonly number[], what: string) => {
        const [mean, error] = meanOf(sample);
        const where =
          `threshold ${threshold}, width ${width}, ${what}: ${value}, ${mean} ± ${error}`;
        assert.ok(Math.abs(value - mean) <= 2 * error + 1e-12, where);
      };
      q.forEach((order, o) => near(tau[o]!, sampled.map(({ tau }) => tau[o]!), `q ${order}`));
      near(alpha0, sampled.map(({ alpha0 }) => alpha0), "alpha_0");
    }
  }
});

/** E of untrained Pythias whose weights are all multiplied by a scale; neurons and edges as published, 32 a layer. */
function scaledEmergence(layers: number, width: number, scale: number): number {
  const small = Math.sqrt(2 / 5 / width), wang = 2 / layers / Math.sqrt(width);
  const at = (s: number) =>
    expected(kindsOf([
      [32 * layers, [96, s * small]],
      [32 * layers, [32, s * wang]],
      [32 * layers, [64, s * small]],
      [64 * layers, [32, s * wang]],
    ], 150));
  const before = at(1), after = at(scale);
  return after.width / before.width * Math.log(before.alpha0 / after.alpha0);
}

Deno.test("weights that only grow give E of the size that is published for trained Pythia", () => {
  for (const [layers, width, ...E] of [[6, 512, 0.27, 0.38], [24, 1024, 0.45, 0.82]] as const) {
    for (const [i, scale] of [2, 3].entries()) {
      const found = scaledEmergence(layers, width, scale);
      assert.ok(Math.abs(found - E[i]!) < 0.02, `${layers}, ${width}, ${scale}: ${found}`);
    }
  }
});

Deno.test("one neuron kind of three lengths is what can be counted by hand", () => {
  // Two edges, each of length 2 or 4 with one half: masses at 2 are 1, 2 or 3 of 3.
  const lengths = observedLengths([1 / 2, 1 / 4], { threshold: 4, digits: 0 });
  const { q, radii, logZ, selectedNodes, occurs } = (() => {
    const found = expectedSpectrum([{ neurons: 1000, edges: [{ edges: 2, lengths }] }], {
      ...{ minimumEdges: 1, q: [-1, 0, 1, 2] },
    });
    if (found.status !== "ok") throw new Error(found.reason);
    return found;
  })();
  assert.deepEqual([...radii], [2, 4]);
  assert.ok(Math.abs(selectedNodes - 1000) < 1e-9);
  assert.deepEqual([...occurs], [1, 1]);
  for (const [o, order] of q.entries()) {
    const z = 1000 * (0.25 * (1 / 3) ** order + 0.5 * (2 / 3) ** order + 0.25);
    assert.ok(Math.abs(logZ[2 * o]! - Math.log(z)) < 1e-12, `${order}`);
    assert.ok(Math.abs(logZ[2 * o + 1]! - Math.log(1000)) < 1e-12, `${order}`);
  }
});

Deno.test("a spectrum that cannot be says why, and kinds for two thresholds are refused", () => {
  const lengths = gaussianLengths(0.01, { threshold: 20, digits: 0 });
  const none = expectedSpectrum([{ neurons: 10, edges: [{ edges: 9, lengths }] }]);
  assert.equal(none.status, "no node selected");
  const same = observedLengths([0.5], { threshold: 20, digits: 0 });
  assert.equal(
    expectedSpectrum([{ neurons: 10, edges: [{ edges: 20, lengths: same }] }]).status,
    "only one radius",
  );
  const other = gaussianLengths(0.01, { threshold: 30, digits: 0 });
  assert.throws(
    () =>
      expectedSpectrum([{
        neurons: 1,
        edges: [{ edges: 9, lengths }, { edges: 9, lengths: other }],
      }]),
    /thresholds 20 and 30 at 0 and 0 digits; give all of them for one/,
  );
  assert.throws(() => expectedSpectrum([]), /there is no kind of neuron with edges; give one/);
});
