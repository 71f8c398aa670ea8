import assert from "node:assert/strict";
import { nodeFractalDimensionComparisonFigure } from "../../lib/figures/node_fractal_dimension_comparison.ts";
import { nodeFractalDimensionDistributionFigure } from "../../lib/figures/node_fractal_dimension_distribution.ts";
import { nodeFractalDimensionEvolutionFigure } from "../../lib/figures/node_fractal_dimension_evolution.ts";
import { nodeFractalDimensions } from "../../lib/multifractal/node_fractal_dimension.ts";
import { nodeFractalDimensionTable } from "../../lib/multifractal/node_fractal_dimension_tables.ts";
import { goldenNetwork } from "../golden/golden_networks.ts";

const options = { model: "pythia-14m", sample: 0 };

function goldenStep(step: number) {
  const network = goldenNetwork("pythia-14m", step, 0);
  return { step, nodes: nodeFractalDimensionTable(network, nodeFractalDimensions(network)) };
}

function statistics(mean: number, std = 0.1) {
  return { mean, median: mean - 0.02, std, min: 0.2, max: 1.6, range: 1.4, count: 960 };
}

Deno.test("the distribution is labelled, leaves structural nodes out and says so, and is the same each time", () => {
  const steps = [goldenStep(0), goldenStep(143000)];
  const { svg, caption } = nodeFractalDimensionDistributionFigure(steps, options);
  const labels = [
    ...["step 0", "step 143,000", "median 0.903", "median 0.708", "node fractal dimension →"],
    ...["block input", "attention output", "feed-forward input", "feed-forward hidden"],
  ];
  for (const label of labels) assert.ok(svg.includes(`>${label}<`), label);
  assert.doesNotMatch(svg, /query, key, value|without</);
  assert.match(caption, /Left out: 576 neurons/);
  assert.equal(nodeFractalDimensionDistributionFigure(steps, options).svg, svg);
});

Deno.test("the distribution counts neurons that have no dimension at a step beside it", () => {
  const { step, nodes } = goldenStep(0);
  const fewer = nodes.map((node, i) =>
    i < 5 ? { ...node, nfd_value: 0, status: "too few edges" } : node
  );
  const { svg } = nodeFractalDimensionDistributionFigure([{ step, nodes: fewer }], options);
  assert.match(svg, />5 without</);
});

Deno.test("the bars of the distribution hold every neuron that was measured", () => {
  const node = (node_id: number, role: string, nfd_value: number) => ({
    node_id,
    layer: `block 0 ${role}`,
    role,
    nfd_value,
    edges: 32,
    status: "ok",
  });
  const nodes = [node(1, "a", 0.51), node(2, "a", 0.52), node(3, "b", 0.54), node(4, "b", 0.91)];
  const { svg } = nodeFractalDimensionDistributionFigure([{ step: 1, nodes }], options);
  const heights = [...svg.matchAll(/<rect [^>]*height="([\d.]+)"[^>]*fill="#/g)]
    .map(([, height]) => Number(height));
  const unit = Math.min(...heights);
  assert.deepEqual(heights.map((height) => Math.round(height / unit)), [2, 1, 1]);
});

Deno.test("the evolution is labelled, says what it is over, and is the same each time", () => {
  const rows = [0, 512, 143000].map((step, i) => ({ step, ...statistics(0.9 - i / 10) }));
  const { svg, caption } = nodeFractalDimensionEvolutionFigure(rows, options);
  for (const label of ["mean", "median", "min", "max"]) {
    assert.ok(svg.includes(`>${label}<`), label);
  }
  assert.match(svg, />pythia-14m: node fractal dimensions over training</);
  assert.match(caption, /sample 0 \(960 at each step; those .* are left out\)/);
  assert.equal(nodeFractalDimensionEvolutionFigure(rows, options).svg, svg);
  const published = nodeFractalDimensionEvolutionFigure(rows, {
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
  const { svg, caption } = nodeFractalDimensionEvolutionFigure(rows, options);
  assert.doesNotMatch(svg, /NaN/);
  assert.match(caption, / Left out: 1 of 2 steps, where no neuron can have one\.$/);
  assert.throws(
    () => nodeFractalDimensionEvolutionFigure(rows.slice(0, 1), options),
    /pythia-14m has no step where a node can have a fractal dimension; draw more neurons/,
  );
});

Deno.test("the comparison says of a model that none of its neurons can have a dimension", () => {
  const none = { model: "zeros", model_size: 100, ...missing };
  const some = { model: "toy", model_size: 1000, ...statistics(0.9) };
  for (const rows of [[none, some], [none]]) {
    const { svg } = nodeFractalDimensionComparisonFigure(rows, { step: 1, sample: 0 });
    assert.doesNotMatch(svg, /NaN/);
    assert.match(svg, />zeros<[^]*>no neuron can have one</);
  }
});

Deno.test("the comparison names each model with its size, in the table's order, and is the same each time", () => {
  const rows = [
    { model: "nano-64", model_size: 210_304, ...statistics(0.76) },
    { model: "pythia-70m-deduped", model_size: 70_426_624, ...statistics(1.2, NaN) },
  ];
  const place = { step: 143000, sample: 0 };
  const { svg, caption } = nodeFractalDimensionComparisonFigure(rows, place);
  const texts = [...svg.matchAll(/>([^<>]*(?:weights|nano-64|pythia)[^<>]*)</g)].map(([, text]) =>
    text
  );
  assert.deepEqual(texts, ["nano-64", "pythia-70m-deduped", "210K weights", "70.4M weights"]);
  assert.match(svg, /2 models at step 143,000/);
  assert.doesNotMatch(svg, /NaN/);
  assert.match(caption, /are left out\./);
  assert.equal(nodeFractalDimensionComparisonFigure(rows, place).svg, svg);
});

Deno.test("the figures refuse to draw nothing", () => {
  assert.throws(
    () => nodeFractalDimensionDistributionFigure([], options),
    /pythia-14m has no step/,
  );
  assert.throws(() => nodeFractalDimensionEvolutionFigure([], options), /pythia-14m has no step/);
  assert.throws(
    () => nodeFractalDimensionComparisonFigure([], { step: 0, sample: 0 }),
    /there is no model to draw/,
  );
  const never = goldenStep(0).nodes.filter(({ status }) => status === "never");
  assert.throws(
    () => nodeFractalDimensionDistributionFigure([{ step: 0, nodes: never }], options),
    /step 0 of pythia-14m has no node with a fractal dimension/,
  );
});
