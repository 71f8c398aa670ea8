/** tau(q) of a generated network, from what it was made of instead of from its edges. */

import {
  checkKinds,
  checkRadii,
  type GeneratedNetworkOptions,
} from "../networks/generated_network.ts";
import { regressionOn } from "../statistics/linear_regression.ts";
import { qGrid } from "./q_grid.ts";
import { relativeLogRadii } from "./partition_function.ts";

/**
 * The mass exponent that {@linkcode generatedNetwork} has in the limit of many edges. With `p_i(r) = (r / d)^D_i` the
 * partition function is `Z_q(r) = Σ_i (r / d)^(q · D_i)`, and tau(q) its least-squares slope on the logarithms of all
 * integer radii, as the method fits it (Xiao et al., ICLR 2025, arXiv 2402.09099). One kind of neuron gives the straight
 * line tau(q) = q · D, a single alpha and width 0; several give a curve, with alpha_0 exactly the mean of the dimensions
 * and a width below the distance of the largest from the smallest.
 *
 * @param options What the network was made of; its seed and number of edges don't matter.
 * @param q Orders; −3 to 3 by 0.1 unless given.
 * @throws {RangeError} If an option is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { generatedMassExponent } from "neuromfa/multifractal";
 *
 * const tau = generatedMassExponent({ kinds: [{ dimension: 0.8, neurons: 5 }] }, [-1, 0, 2]);
 * assert.deepEqual([...tau].map((value) => value.toFixed(12)), ["-0.800000000000", "0.000000000000", "1.600000000000"]);
 * ```
 */
export function generatedMassExponent(
  { kinds, smallest = 10, largest = 100 }: GeneratedNetworkOptions,
  q: ArrayLike<number> = qGrid(),
): Float64Array {
  checkKinds(kinds);
  checkRadii(smallest, largest);
  const radii = Float64Array.from({ length: largest - smallest + 1 }, (_, i) => smallest + i);
  const logRadii = relativeLogRadii(radii);
  const fit = regressionOn(logRadii);
  return Float64Array.from(q, (order) => {
    const logZ = logRadii.map((x) =>
      Math.log(
        kinds.reduce(
          (sum, { dimension, neurons }) => sum + neurons * Math.exp(order * dimension * x),
          0,
        ),
      )
    );
    return fit(logZ, 0).slope;
  });
}
