/** Points of published curves. */

import { nearestName } from "../messages/nearest_name.ts";
import { allPublishedPoints } from "./published_points.ts";

/** A point of a published curve. */
export interface PublishedEmergence {
  /** The model's name. */
  readonly model: string;
  /** The training step. */
  readonly step: number;
  /** The published degree of emergence. */
  readonly E: number;
  /** How far the reading may be off. */
  readonly precision: number;
  /** Name of the authors' figure, with "derived" where it draws other numbers, from which E follows. */
  readonly source: string;
}

/**
 * The published points of a model's E over training, as read off the figures of the authors (Xiao et al., ICLR 2025, arXiv
 * 2402.09099), in the order of steps. Of Pythia-1.4b without duplicates all 27 are known, of other sizes one each.
 *
 * @throws {RangeError} If no curve of the model is filed here, naming those that are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { publishedEmergence } from "neuromfa/runs";
 *
 * const points = await publishedEmergence("pythia-1.4b-deduped");
 * assert.equal(points.length, 27);
 * assert.deepEqual([points.at(-1)!.step, points.at(-1)!.E], [143_000, 0.681]);
 * ```
 */
// deno-lint-ignore require-await
export async function publishedEmergence(model: string): Promise<PublishedEmergence[]> {
  const curves = allPublishedPoints().flatMap(
    ({ model, quantity, step, value: E, precision, figure, derived }) =>
      model === null || step === null || quantity !== "E"
        ? []
        : [{ model, step, E, precision, source: derived ? `${figure}, derived` : figure }],
  );
  const own = curves.filter((point) => point.model === model);
  if (own.length > 0) return own;
  const known = [...new Set(curves.map((point) => point.model))];
  throw new RangeError(
    `no published curve of ${model} is filed in data/published/points.json; did you mean ` +
      `${nearestName(model, known)}? There are ${known.join(", ")}`,
  );
}
