/** What can be read off the published figures, number by number. */

import * as v from "valibot";
import stored from "../../data/published/points.json" with { type: "json" };
import { nearestName } from "../messages/nearest_name.ts";
import { checkedValue } from "../schemas/checked_value.ts";
import { finite, notNegative, wholeNumber } from "../schemas/pieces.ts";

/**
 * What a number in a published figure is: E against step 0; E with all points of the figure put on a scale from 0 to 1; E of
 * a sample against the first sample of the same checkpoint; a score in per cent.
 */
export type PublishedQuantity =
  | "E"
  | "normalized E"
  | "E relative to r1"
  | "SQuAD F1"
  | "MNLI accuracy";

/** A number of a published figure. */
export interface PublishedPoint {
  /** Name of the authors' figure. */
  readonly figure: string;
  /** The model's name, `null` where the figure names none. */
  readonly model: string | null;
  /** What the number is. */
  readonly quantity: PublishedQuantity;
  /** The training step; `null` where samples of one checkpoint are shown. */
  readonly step: number | null;
  /** The number of the sample in the figure, from 1; `null` where steps are shown. */
  readonly sample: number | null;
  /** The number. */
  readonly value: number;
  /** How far the reading may be off. */
  readonly precision: number;
  /** Whether it was computed from other numbers of the figures, in which it is not drawn itself. */
  readonly derived: boolean;
}

const QUANTITIES: readonly PublishedQuantity[] = [
  ...["E", "normalized E", "E relative to r1", "SQuAD F1", "MNLI accuracy"] as const,
];

const POINTS = v.array(v.strictObject({
  figure: v.string(),
  model: v.nullable(v.string()),
  quantity: v.picklist(QUANTITIES),
  step: v.nullable(wholeNumber(0)),
  sample: v.nullable(wholeNumber(1)),
  value: finite,
  precision: notNegative,
  derived: v.boolean(),
})) as v.GenericSchema<unknown, PublishedPoint[]>;

let checked: readonly PublishedPoint[] | undefined;

/** All points, checked once. */
export function allPublishedPoints(): readonly PublishedPoint[] {
  const advice = "get the file again";
  return checked ??= checkedValue(stored, POINTS, "data/published/points.json", advice);
}

/**
 * The numbers that were read off one figure of the authors (Xiao et al., ICLR 2025, arXiv 2402.09099), in the order in which
 * the figure has them, or off all their figures.
 *
 * @param figure Name of the figure; all figures unless given.
 * @throws {RangeError} If nothing of such a figure is filed, naming the figures that are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { publishedPoints } from "neuromfa/runs";
 *
 * const samples = publishedPoints("bert-large-uncased_emergence");
 * assert.deepEqual([samples[1]!.sample, samples[1]!.value], [2, 0.00653]);
 * ```
 */
export function publishedPoints(figure?: string): PublishedPoint[] {
  const points = allPublishedPoints();
  const own = points.filter((point) => figure === undefined || point.figure === figure);
  if (own.length > 0) return own;
  const known = [...new Set(points.map((point) => point.figure))];
  throw new RangeError(
    `no number of the figure ${figure} is filed in data/published/points.json; did you mean ` +
      `${nearestName(figure!, known)}? There are ${known.join(", ")}`,
  );
}
