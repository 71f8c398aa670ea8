/** Figures of networks, neurons and their fractal dimensions. */

import {
  boxGrowingFigure,
  degreeDistributionFigure,
  networkGraphFigure,
  neuronBoxesFigure,
  neuronLengthsFigure,
  nfdByLayerFigure,
  nfdComparisonFigure,
  nfdDistributionFigure,
  nfdEvolutionFigure,
  queryKeyValueRowsFigure,
} from "neuromfa/figures";
import { measureNfd, nfdTable } from "neuromfa/multifractal";
import { generatedNetwork, growBoxes } from "neuromfa/networks";
import { goldenLinks, goldenNetwork } from "../../golden/golden_networks.ts";
import { steps } from "./toy_run.ts";

const toy = { model: "toy", sample: 0 };
const statistics = (mean: number) => (
  { mean, median: mean - 0.02, std: 0.1, min: mean - 0.3, max: mean + 0.4, range: 0.7, count: 640 }
);

/** Lengths of the out-edges of the first neuron of a golden network. */
function lengths() {
  const network = goldenNetwork("pythia-14m", 0, 0);
  return network.lengths.subarray(network.offsets[0]!, network.offsets[1]!);
}

function dimensions() {
  return [0, 143000].map((step) => {
    const network = goldenNetwork("pythia-14m", step, 0);
    return { step, nodes: nfdTable(network, measureNfd(network)) };
  });
}

/** The figures, by the names of their functions. */
export const networkFigures = {
  networkGraphFigure: () =>
    networkGraphFigure(goldenLinks("pythia-14m", 0, 0), {
      network: "toy at step 0",
      neurons: 3,
    }),
  degreeDistributionFigure: () =>
    degreeDistributionFigure(
      steps.flatMap((step, i) =>
        ["all", "block input", "attention output"].map((role, j) => {
          const median = 3 + j + i / 5;
          return {
            ...{ step, role, neurons: 320, mean: median + 0.1, deviation: 0.5, variation: 0.2 },
            ...{ low: median - 1, lowerQuartile: median - 0.4, median },
            ...{ upperQuartile: median + 0.6, high: median + 1.5 + i / 4, largest: 9 },
          };
        })
      ),
      { model: "toy", made: "toy: 10 samples." },
    ),
  queryKeyValueRowsFigure: () => queryKeyValueRowsFigure({ hidden: 64, heads: 4, neuron: 21 }),
  neuronLengthsFigure: () =>
    neuronLengthsFigure(lengths(), { neuron: "neuron 7 of toy's first layer", threshold: 150 }),
  neuronBoxesFigure: () =>
    neuronBoxesFigure(lengths(), { neuron: "neuron 7 of toy", radii: [20, 40, 80] }),
  boxGrowingFigure: () => {
    const kinds = [0.8, 1.4].map((dimension) => ({ dimension, neurons: 6 }));
    const masses = growBoxes(generatedNetwork({ kinds, edges: 120, smallest: 4, largest: 40 }));
    return boxGrowingFigure(masses, { row: 2, neuron: "neuron 2", of: "toy at step 0" });
  },
  nfdDistributionFigure: () => nfdDistributionFigure(dimensions(), toy),
  nfdByLayerFigure: () => nfdByLayerFigure(dimensions(), toy),
  nfdEvolutionFigure: () =>
    nfdEvolutionFigure(
      steps.map((step, i) => ({ step, ...statistics(0.75 + i / 100) })),
      toy,
    ),
  nfdComparisonFigure: () =>
    nfdComparisonFigure(
      [["small", 30_592], ["large", 1_200_000]].map(([model, size], i) => (
        { model: `${model}`, modelSize: Number(size), ...statistics(0.7 + i / 10) }
      )),
      { step: 4096, sample: 0 },
    ),
};
