/** Figures of spectra and of what they are made from. */

import {
  generatedSpectraFigure,
  goodnessOfFitFigure,
  localSlopeFigure,
  massExponentFigure,
  massGrowthFigure,
  partitionFunctionFigure,
  sampleSpectraFigure,
  sampleSpreadFigure,
  spectraComparisonFigure,
  spectraFigure,
  spectraOfModelsFigure,
  spectrumFigure,
} from "neuromfa/figures";
import {
  localSlopes,
  massExponent,
  multifractalSpectrum,
  partitionFunction,
} from "neuromfa/multifractal";
import { generatedNetwork, growBoxes } from "neuromfa/networks";
import { made, steps, toySpectra } from "./toy_run.ts";

const of = "toy at step 4,096";

function generated(name: string, dimensions: readonly number[]) {
  const kinds = dimensions.map((dimension) => ({ dimension, neurons: 6 }));
  const generated = { kinds, edges: 120, smallest: 4, largest: 40 };
  const network = generatedNetwork(generated);
  const masses = growBoxes(network);
  const measured = multifractalSpectrum(masses);
  if (measured.status !== "ok") throw new Error(measured.reason);
  return { name, generated, network, masses, measured };
}

const [one, three] = [generated("one kind", [1]), generated("three kinds", [0.6, 1, 1.4])];
const partition = partitionFunction(three.masses, [-3, -2, -1, 0, 1, 2, 3]);
const exponent = massExponent(partition);

/** The figures, by the names of their functions. */
export const spectrumFigures = {
  massGrowthFigure: () => massGrowthFigure([one, three]),
  generatedSpectraFigure: () =>
    generatedSpectraFigure([one, three], { title: "Generated networks" }),
  partitionFunctionFigure: () => partitionFunctionFigure(partition, exponent, { of }),
  localSlopeFigure: () => {
    const slopes = localSlopes(partition, { orders: [-3, -1, 1, 3] });
    return localSlopeFigure(slopes, { exponent, of });
  },
  goodnessOfFitFigure: () =>
    goodnessOfFitFigure(
      steps.flatMap((step, i) =>
        [-2, -1, 1, 2].map((q) => {
          const r2Mean = 0.65 + 0.06 * i + q / 50;
          return { step, q, r2Mean, r2Least: r2Mean - 0.05, samples: 3 };
        })
      ),
      "toy",
    ),
  spectrumFigure: () => spectrumFigure(three.measured, { of, made }),
  massExponentFigure: () => massExponentFigure(toySpectra(), steps, { model: "toy", made }),
  spectraFigure: () => spectraFigure(toySpectra(), steps, { model: "toy", made }),
  spectraComparisonFigure: () =>
    spectraComparisonFigure("toy", [
      { name: "single edges", rows: toySpectra() },
      { name: "paths over two layers", rows: toySpectra(0.08) },
    ], [0, 256, 4096]),
  spectraOfModelsFigure: () =>
    spectraOfModelsFigure(
      "Spectra of three models",
      ["small", "middle", "large"].map((model, i) => (
        { model, spectra: toySpectra(0.04 + i / 50) }
      )),
      [0, 256, 4096],
      made,
    ),
  sampleSpectraFigure: () =>
    sampleSpectraFigure(toySpectra(), { model: "toy", step: 4096, full: three.measured }),
  sampleSpreadFigure: () => {
    const groups = [8, 32].map((size) => (
      { name: `${size} neurons`, values: [1, 1.1, 1.3].map((value) => value - 1 / size) }
    ));
    return sampleSpreadFigure([
      { name: "α₀ (regularity)", full: 1.2, groups },
      { name: "width (heterogeneity)", full: 1.1, groups },
    ], { network: of });
  },
};
