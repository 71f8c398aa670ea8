/** Figures of E beside scores, drawn from the toy run. */

import {
  correlatedQuantitiesFigure,
  correlationMapFigure,
  correlationsFigure,
  emergenceAndScoresFigure,
  emergenceBesideScoresFigure,
  modelsAndScoresFigure,
  normalizedScoresFigure,
  radarFigure,
} from "neuromfa/figures";
import { correlationTable } from "neuromfa/statistics";
import { made, toyEmergence, toyModel, toyScores } from "./toy_run.ts";

const emergence = toyEmergence(0.2);
const scores = toyScores();
const options = { model: "toy", scores, made };
const correlated = (E: number) =>
  correlationTable(toyEmergence(E).map((row, i) => ({ ...row, E: row.E + (i % 2) / 20 })), scores, {
    draws: 100,
    permutations: 100,
  });

/** The figures, by the names of their functions. */
export const scoreFigures = {
  emergenceAndScoresFigure: () => emergenceAndScoresFigure(emergence, options),
  emergenceBesideScoresFigure: () => emergenceBesideScoresFigure(emergence, options),
  modelsAndScoresFigure: () =>
    modelsAndScoresFigure([
      { ...toyModel("standard", 92_592, 0.2), scores: toyScores(0.9) },
      { ...toyModel("deduplicated", 92_592, 0.15), scores: toyScores() },
    ], { title: "Two trainings", made }),
  normalizedScoresFigure: () => normalizedScoresFigure(emergence, options),
  radarFigure: () => radarFigure(emergence, { ...options, steps: [0, 256, 4096] }),
  correlationsFigure: () => correlationsFigure(correlated(0.2), { model: "toy", made }),
  correlatedQuantitiesFigure: () =>
    correlatedQuantitiesFigure([
      { name: "E, up to 150", rows: correlated(0.2) },
      { name: "E, up to 25", rows: correlated(-0.05) },
    ], { model: "toy" }),
  correlationMapFigure: () =>
    correlationMapFigure([
      { name: "width", rows: correlated(0.2) },
      { name: "asymmetry", rows: correlated(-0.2) },
      { name: "mean weighted degree", rows: correlated(0.02) },
    ], { model: "toy" }),
};
