/** The values of resampled points, or their ranks among those of the resample. */
import type { CorrelationMethod } from "./correlation_coefficient.ts";
import type { BlockResamples } from "./resample_blocks.ts";

/** Writes what is measured of each point of a resample: its value, or its rank. */
export type ResampledValues = (draw: number, into: Float64Array) => void;

/**
 * What is measured of resampled points, in the order of the points, which a correlation does not depend on.
 *
 * @param values The value of each point.
 * @param method Values for Pearson's; for Spearman's ranks, ties sharing the mean of theirs.
 */
export function resampledValues(
  values: Float64Array,
  method: CorrelationMethod,
  { size, points }: BlockResamples,
): ResampledValues {
  if (method === "pearson") {
    return (draw, into) => {
      for (let i = 0, at = draw * size; i < size; i++, at++) into[i] = values[points[at]!]!;
    };
  }
  // Sorted once: how often the points of each value were drawn tells their rank.
  const { places, count } = placesInOrder(values);
  const drawn = new Uint32Array(count), ranks = new Float64Array(count);
  return (draw, into) => {
    const start = draw * size;
    drawn.fill(0);
    for (let i = 0, at = start; i < size; i++, at++) drawn[places[points[at]!]!]!++;
    let below = 0;
    for (let place = 0; place < count; place++) {
      const tied = drawn[place]!;
      ranks[place] = below + (tied + 1) / 2;
      below += tied;
    }
    for (let i = 0, at = start; i < size; i++, at++) into[i] = ranks[places[points[at]!]!]!;
  };
}

/** The place of each value among the different ones, ascending, and how many different ones there are. */
function placesInOrder(values: Float64Array): { places: Uint32Array; count: number } {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const places = new Uint32Array(values.length);
  let count = 0;
  order.forEach((point, i) => {
    if (i === 0 || values[point] !== values[order[i - 1]!]) count++;
    places[point] = count - 1;
  });
  return { places, count };
}
