/** Small models to draw. */

import type { ModelEmergence } from "../../lib/figures/emergence/models_over_training.ts";
import { emergenceRow } from "./tables.ts";

/** A model whose E at steps 0, 8 and 64 is 0, half of `E` and `E`. */
export function modelEmergence(model: string, weights: number, E: number): ModelEmergence {
  return {
    model,
    weights,
    rows: [emergenceRow(0, 0), emergenceRow(8, E / 2), emergenceRow(64, E)],
  };
}
