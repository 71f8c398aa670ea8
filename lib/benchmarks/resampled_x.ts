/** One quantity in the resamples of a bootstrap, ready to be multiplied with any score. */
import {
  type CorrelationMethod,
  type CorrelationPoints,
  unitVector,
} from "./correlation_coefficient.ts";
import type { BlockResamples } from "./resample_blocks.ts";
import { resampledValues } from "./resampled_values.ts";

/** The points whose x is resampled; what they are correlated with does not matter. */
export type XPoints = Pick<CorrelationPoints, "x" | "control">;

/** The vectors of a resample: as {@linkcode correlationVectors} makes them. */
export interface ResampledX {
  /** x of a resample; `null` where it does not vary. */
  readonly x: Float64Array | null;
  /** The control of a resample; `null` where there is none. */
  readonly control: Float64Array | null;
}

/** Most numbers that are kept, 8 bytes each; more are computed again for each score. */
const MOST_KEPT = 4e6;

/**
 * The vectors of x in each resample.
 *
 * @returns For the number of a resample its vectors, valid until the next call.
 */
export function resampleX(
  { x, control }: XPoints,
  method: CorrelationMethod,
  resamples: BlockResamples,
): (draw: number) => ResampledX {
  const { size, draws } = resamples;
  const [xs, controls] = [x, control ?? x].map((v) => resampledValues(v, method, resamples));
  const vectors = (draw: number, own: Float64Array, along: Float64Array | null): ResampledX => {
    if (along) controls!(draw, along);
    xs!(draw, own);
    const taken = along && unitVector(along, null, along);
    return { x: unitVector(own, taken, own), control: taken };
  };
  const make = () => new Float64Array(size);
  if (size * draws > MOST_KEPT) {
    const own = make(), along = control && make();
    return (draw) => vectors(draw, own, along);
  }
  const kept = Array.from({ length: draws }, (_, i) => vectors(i, make(), control && make()));
  return (draw) => kept[draw]!;
}
