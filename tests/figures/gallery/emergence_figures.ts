/** Figures of E, drawn from the toy run. */

import {
  baselinesFigure,
  calibrationFigure,
  emergenceAndSizeFigure,
  emergenceBesideBaselineFigure,
  emergenceByGroupFigure,
  emergenceOfSamplesFigure,
  emergenceOverTrainingFigure,
  emergenceSurfaceFigure,
  emergenceVariantsFigure,
  excessFigure,
  expectedEmergenceFigure,
  modelsOverTrainingFigure,
  samplingBiasFigure,
  scaleMapFigure,
  sensitivityFigure,
} from "neuromfa/figures";
import { meanScores } from "neuromfa/statistics";
import { made, steps, toyEmergence, toyModel, toySamples, toyScores } from "./toy_run.ts";

const models = [
  { ...toyModel("small", 30_592, 0.05), scores: toyScores(0.4) },
  { ...toyModel("middle", 210_304, 0.1), scores: toyScores(0.7) },
  { ...toyModel("large", 1_200_000, 0.2), scores: toyScores() },
];
const evidence = { r2Least: 0.9, r2Median: 0.95, nodesKept: 9 };

const baselines = steps.flatMap((step, i) =>
  ["a.weight", "b.weight", "network"].map((matrix, j) => ({
    ...{ step, matrix, role: matrix, block: null, edges: 100, status: "ok" },
    ...{ meanWeightedDegree: 2 + j + i / 4, frobeniusNorm: 30 + i, hillK: 5 },
    ...{ distanceFromStep0: 3 * i, stableRank: 20 - i - j, hillExponent: 6 - i / 9 + j },
    ...{ hillStderr: 0.1, lengthEntropy: 5 + i / 20 + j / 9, spectralExponent: 9 - i + j },
    ...{ spectralStderr: 0.2, spectralXmin: 1, spectralDistance: 0.1, spectralTail: 20 },
  }))
);

/** The figures, by the names of their functions. */
export const emergenceFigures = {
  emergenceOverTrainingFigure: () =>
    emergenceOverTrainingFigure("toy", toyEmergence(0.2), toySamples(0.2), made),
  emergenceVariantsFigure: () =>
    emergenceVariantsFigure("toy", [
      { name: "reference", rows: toyEmergence(0.2) },
      { name: "all edges", rows: toyEmergence(-0.1) },
      { name: "ends early", rows: toyEmergence(0.3).slice(0, 4) },
    ]),
  modelsOverTrainingFigure: () => modelsOverTrainingFigure("Three sizes", models, made),
  emergenceOfSamplesFigure: () =>
    emergenceOfSamplesFigure([
      { name: "toy, step 4,096", values: [0, 0.02, -0.01, null, 0.015] },
      { name: "BERT", values: [0, 0.006, 0.001, 0.003, 0.005] },
    ], { made }),
  emergenceSurfaceFigure: () => emergenceSurfaceFigure(models, made),
  emergenceAndSizeFigure: () =>
    emergenceAndSizeFigure(models, {
      ...{ steps: [256, 4096], metric: "copying", averaged: ["copying", "recall"], made },
    }),
  samplingBiasFigure: () => {
    const last = (E: number) => toyEmergence(E).at(-1)!;
    return samplingBiasFigure("toy", [
      { ...last(0.2), edges: "full", layerSample: null },
      ...[8, 16, 32].flatMap((layerSample) => [
        { ...last(layerSample / 320), edges: "sampled" as const, layerSample },
        { ...last(0.14 + layerSample / 640), edges: "all" as const, layerSample },
      ]),
    ], 4096);
  },
  excessFigure: () =>
    excessFigure(
      toyEmergence(0.2).map((row, i) => {
        const eNull = 0.6 * row.E, excess = row.E - eNull;
        return {
          ...row,
          ...{ eNull, eNullLow: 0.8 * eNull, eNullHigh: 1.2 * eNull, excess },
          ...{ excessLow: 0.5 * excess, excessHigh: 1.5 * excess },
          ...{ pValue: i < 4 ? 0.3 : 0.05, nullDraws: 19 },
        };
      }),
      { model: "toy", kind: "permute", made },
    ),
  calibrationFigure: () =>
    calibrationFigure(["studentised", "percentiles of a bootstrap"].map((name, i) => ({
      name,
      rows: ["normal, 5 samples", "normal, 10 samples", "two kinds, 70 % of one, 10 samples"].map((
        name,
        j,
      ) => ({
        ...{ name, claim: "interval" as const, trials: 500, share: 0.96 - 0.12 * i + 0.03 * i * j },
        ...{
          noted: 0,
          shareUnnoted: 0.96,
          withheld: 0,
          least: 0.92,
          most: 0.98,
          status: i ? "outside" : "ok",
        },
      })),
    }))),
  baselinesFigure: () =>
    baselinesFigure(baselines, { model: "toy", emergence: toyEmergence(0.2), made }),
  emergenceBesideBaselineFigure: () => {
    const variants = [["single edges", 0.2], ["paths", -0.1]].map(([name, E]) => (
      { name: `${name}`, rows: toyEmergence(Number(E)) }
    ));
    const scores = meanScores(toyScores());
    return emergenceBesideBaselineFigure(variants, { model: "toy", baselines, scores });
  },
  expectedEmergenceFigure: () =>
    expectedEmergenceFigure(
      ["small", "large"].map((model, i) => {
        const rows = toyEmergence(0.2 + i / 10);
        const expected = (share: number) =>
          rows.map(({ step, alpha0, width, E }) => (
            { step, alpha0, width, E: share * E, scale: 1, medianLength: 20, status: "ok" }
          ));
        return { model, rows, observed: expected(0.9), gaussian: expected(0.5) };
      }),
      made,
    ),
  scaleMapFigure: () => {
    const rows = [20, 40, 80, 160].flatMap((threshold) =>
      [0.5, 0.7, 1, 1.4, 2, 2.8].map((scale) => {
        const isMissing = threshold === 20 && scale < 0.7;
        const E = isMissing ? NaN : Math.log(scale) * (1 - threshold / 400);
        const status = isMissing ? "too few edges" : "ok";
        return { threshold, scale, alpha0: 1 / scale, width: 0.5, E, status };
      })
    );
    const points = [{ scale: 1, E: 0 }, { scale: 1.2, E: 0.1 }, { scale: 0.8, E: -0.2 }];
    const paths = [{ name: "small", medians: 5, points }, { name: "large", medians: 4.8, points }];
    return scaleMapFigure(rows, { shape: "a toy shape", medianLength: 20, paths });
  },
  sensitivityFigure: () =>
    sensitivityFigure(
      ["1 median", "4 medians", "150"].flatMap((value, i) =>
        toyEmergence(0.12 - 0.11 * i).map((row) => ({
          ...row,
          ...evidence,
          ...{ option: "threshold", value, threshold: [20.2, 80.9, 150][i]!, radii: 9 },
          ...i === 1 && { eLow: row.E - 0.02, eHigh: row.E + 0.02 },
        }))
      ),
      { model: "toy" },
    ),
  emergenceByGroupFigure: () =>
    emergenceByGroupFigure(
      ["block 0", "block 1"].flatMap((group, i) =>
        toyEmergence(0.2 - 0.3 * i).map((row) => (
          { ...row, ...evidence, group, nfdMean: 0.8 + row.E }
        ))
      ),
      {
        model: "toy",
        onsets: [["copying", 256], ["addition", 4096]].map(([metric, step]) => (
          { metric: `${metric}`, step: Number(step), first: 0, last: 1, status: "ok" }
        )),
      },
    ),
};
