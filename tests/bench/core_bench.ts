/** How long one network takes, from drawn weights to the spectrum: `deno bench tests/bench/core_bench.ts`. */

import { massExponent } from "../../lib/multifractal/mass_exponent.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { nodeFractalDimensions } from "../../lib/multifractal/node_fractal_dimension.ts";
import { partitionFunction } from "../../lib/multifractal/partition_function.ts";
import { qGrid } from "../../lib/multifractal/q_grid.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { growPathBoxes } from "../../lib/networks/grow_path_boxes.ts";
import { sampledNetwork } from "../../lib/networks/sampled_network.ts";
import { goldenLinks } from "../golden/golden_networks.ts";

const q = qGrid();
for (const step of [0, 143000]) {
  const links = goldenLinks("pythia-14m", step, 0);
  const network = sampledNetwork(links);
  const masses = growBoxes(network);
  const partition = partitionFunction(masses, q);
  const group = `h128 step ${step}`;

  Deno.bench("network from weights", { group }, () => {
    sampledNetwork(links);
  });
  Deno.bench("masses", { group }, () => {
    growBoxes(network);
  });
  Deno.bench("masses along paths, two layers", { group }, () => {
    growPathBoxes(links);
  });
  Deno.bench("partition function, 61 q", { group }, () => {
    partitionFunction(masses, q);
  });
  Deno.bench("61 fits", { group }, () => {
    massExponent(partition);
  });
  Deno.bench("masses and spectrum, 61 q", { group, baseline: true }, () => {
    multifractalSpectrum(growBoxes(network));
  });
  Deno.bench("node fractal dimensions", { group }, () => {
    nodeFractalDimensions(network);
  });
}
