/** What figures across models are drawn from. */

import type { EmergenceRow } from "../../emergence/degree_of_emergence.ts";
import type { SamplesRow } from "../../multifractal/spectra_tables.ts";

/** One model's table of E, and its size. */
export interface ModelEmergence {
  /** The model's name. */
  readonly model: string;
  /** Its number of weights. */
  readonly weights: number;
  /** Its table of E. */
  readonly rows: readonly EmergenceRow[];
  /** Its table of samples, where the spread between them is to be drawn. */
  readonly samples?: readonly SamplesRow[];
}

/**
 * Models in the order of their size, each with the rows that have an E.
 *
 * @throws {RangeError} If there is no model, one comes twice, or one has no E.
 */
export function drawnModels(models: readonly ModelEmergence[]): ModelEmergence[] {
  if (models.length === 0) throw new RangeError("there is no model to draw; give one at least");
  const seen = new Set<string>();
  for (const { model } of models) {
    if (seen.has(model)) throw new RangeError(`${model} comes twice; give every model once`);
    seen.add(model);
  }
  // Named one by one, since a Measurement has them as getters.
  return models.map(({ model, weights, rows, samples }) => {
    const drawn = rows.filter(({ E }) => !Number.isNaN(E)).toSorted((a, b) => a.step - b.step);
    if (drawn.length > 0) return { model, weights, rows: drawn, ...samples && { samples } };
    throw new RangeError(`${model} has no step with an E to draw; see the statuses`);
  }).sort((a, b) => a.weights - b.weights);
}
