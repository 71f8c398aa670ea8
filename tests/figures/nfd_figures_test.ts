import assert from "node:assert/strict";
import { nfdComparisonFigure } from "../../lib/figures/nfd/nfd_comparison.ts";
import { nfdDistributionFigure } from "../../lib/figures/nfd/nfd_distribution.ts";
import { nfdEvolutionFigure } from "../../lib/figures/nfd/nfd_evolution.ts";
import { measureNfd } from "../../lib/nfd/nfd.ts";
import { nfdTable } from "../../lib/nfd/nfd_tables.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";

const options = { model: "pythia-14m", sample: 0 };

function goldenStep(step: number) {
  const network = goldenNetwork("pythia-14m", step, 0);
  return { step, nodes: nfdTable(network, measureNfd(network)) };
}

function statistics(mean: number, std = 0.1) {
  return { mean, median: mean - 0.02, std, min: 0.2, max: 1.6, range: 1.4, count: 960 };
}

Deno.test("the distribution is labelled, leaves structural nodes out and says so, and is the same each time", () => {
  const steps = [goldenStep(0), goldenStep(143000)];
  const { svg, caption } = nfdDistributionFigure(steps, options);
  const labels = [
    ...["step 0", "step 143,000", "median 0.903", "median 0.708", "node fractal dimension →"],
    ...["block input", "attention output", "feed-forward input", "feed-forward hidden"],
  ];
  for (const label of labels) assert.ok(svg.includes(`>${label}<`), label);
  assert.doesNotMatch(svg, /query, key, value|without</);
  assert.match(caption, /Left out: 576 neurons/);
  assert.equal(nfdDistributionFigure(steps, options).svg, svg);
});

Deno.test("the distribution counts neurons that have no dimension at a step beside it", () => {
  const { step, nodes } = goldenStep(0);
  const fewer = nodes.map((node, i) =>
    i < 5 ? { ...node, nfdValue: 0, status: "too few edges" } : node
  );
  const { svg } = nfdDistributionFigure([{ step, nodes: fewer }], options);
  assert.match(svg, />5 without</);
});

Deno.test("the bars of the distribution hold every neuron that was measured", () => {
  const node = (nodeId: number, role: string, nfdValue: number) => ({
    nodeId,
    layer: `block 0 ${role}`,
    role,
    nfdValue,
    edges: 32,
    status: "ok",
  });
  const nodes = [node(1, "a", 0.51), node(2, "a", 0.52), node(3, "b", 0.54), node(4, "b", 0.91)];
  const { svg } = nfdDistributionFigure([{ step: 1, nodes }], options);
  const heights = [...svg.matchAll(/<rect [^>]*height="([\d.]+)"[^>]*fill="#/g)]
    .map(([, height]) => Number(height));
  const unit = Math.min(...heights);
  assert.deepEqual(heights.map((height) => Math.round(height / unit)), [2, 1, 1]);
});

Deno.test("the evolution is labelled, says what it is over, and is the same each time", () => {
  const rows = [0, 512, 143000].map((step, i) => ({ step, ...statistics(0.9 - i / 10) }));
  const { svg, caption } = nfdEvolutionFigure(rows, options);
  for (const label of ["mean", "median", "min", "max"]) {
    assert.ok(svg.includes(`>${label}<`), label);
  }
  assert.match(svg, />pythia-14m: node fractal dimensions over training</);
  assert.match(caption, /sample 0 \(960 at each step; those .* are left out\)/);
  assert.equal(nfdEvolutionFigure(rows, options).svg, svg);
  const published = nfdEvolutionFigure(rows, {
    ...options,
    includeStructural: true,
  });
  assert.match(published.caption, /are among them, as 0/);
});

const missing = {
  ...{ mean: NaN, median: NaN, std: NaN, min: NaN, max: NaN, range: NaN },
  count: 0,
};

Deno.test("the evolution leaves out steps without a dimension and says so, and refuses a table of nothing else", () => {
  const rows = [{ step: 0, ...missing }, { step: 8, ...statistics(0.9) }];
  const { svg, caption } = nfdEvolutionFigure(rows, options);
  assert.doesNotMatch(svg, /NaN/);
  assert.match(caption, / Left out: 1 of 2 steps, where no neuron can have one\.$/);
  assert.throws(
    () => nfdEvolutionFigure(rows.slice(0, 1), options),
    /pythia-14m has no step where a node can have a fractal dimension; draw more neurons/,
  );
});

Deno.test("the comparison says of a model that none of its neurons can have a dimension", () => {
  const none = { model: "zeros", modelSize: 100, ...missing };
  const some = { model: "toy", modelSize: 1000, ...statistics(0.9) };
  for (const rows of [[none, some], [none]]) {
    const { svg } = nfdComparisonFigure(rows, { step: 1, sample: 0 });
    assert.doesNotMatch(svg, /NaN/);
    assert.match(svg, />zeros<[^]*>no neuron can have one</);
  }
});

Deno.test("the comparison names each model with its size, in the table's order, and is the same each time", () => {
  const rows = [
    { model: "nano-64", modelSize: 210_304, ...statistics(0.76) },
    { model: "pythia-70m-deduped", modelSize: 70_426_624, ...statistics(1.2, NaN) },
  ];
  const place = { step: 143000, sample: 0 };
  const { svg, caption } = nfdComparisonFigure(rows, place);
  const texts = [...svg.matchAll(/>([^<>]*(?:weights|nano-64|pythia)[^<>]*)</g)].map(([, text]) =>
    text
  );
  assert.deepEqual(texts, ["nano-64", "pythia-70m-deduped", "210K weights", "70.4M weights"]);
  assert.match(svg, /2 models at step 143,000/);
  assert.doesNotMatch(svg, /NaN/);
  assert.match(caption, /are left out\./);
  assert.equal(nfdComparisonFigure(rows, place).svg, svg);
});

Deno.test("the figures refuse to draw nothing", () => {
  assert.throws(
    () => nfdDistributionFigure([], options),
    /pythia-14m has no step/,
  );
  assert.throws(() => nfdEvolutionFigure([], options), /pythia-14m has no step/);
  assert.throws(
    () => nfdComparisonFigure([], { step: 0, sample: 0 }),
    /there is no model to draw/,
  );
  const never = goldenStep(0).nodes.filter(({ status }) => status === "never");
  assert.throws(
    () => nfdDistributionFigure([{ step: 0, nodes: never }], options),
    /step 0 of pythia-14m has no node with a fractal dimension/,
  );
});
