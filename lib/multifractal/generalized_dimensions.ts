/** Generalised dimensions D_q, from tau(q). */

/** One generalised dimension. */
export interface GeneralizedDimension {
  /** The order Q of D_Q. */
  readonly order: number;
  /** D_Q, or `null` where the formula has none. */
  readonly dimension: number | null;
  /** `"ok"`, or why there is no dimension. */
  readonly status: string;
}

/** How tau(q) is read. */
export interface GeneralizedDimensionsOptions {
  /**
   * `"sandbox"` (default): neurons are the centres of growing boxes, so the sum of `p^q` over them measures order
   * `Q = q + 1` (Tél, Fülöp and Vicsek, Physica A 159, 155, 1989): `D_{q+1} = tau(q) / q`. `"box counting"`:
   * `D_q = tau(q) / (q − 1)`, which supposes that the sum is over boxes that cover all, and has a pole at q = 1 where
   * tau(1) is not 0, as it never is with growing boxes.
   */
  readonly reading?: "sandbox" | "box counting";
  /** alpha_0 = tau'(0), the limit that `"sandbox"` needs for D_1; without it D_1 is `null`. */
  readonly alpha0?: number;
}

/**
 * Turn mass exponents into generalised dimensions: D_0 is the dimension of the support, D_1 the information dimension,
 * D_2 the correlation dimension. They are equal at all orders exactly where there is one exponent only.
 *
 * @returns One entry for each order, in their order.
 * @throws {RangeError} If there is no such reading, or not one tau for each order.
 *
 * @example
 * ```ts
 * import { deepEqual } from "node:assert/strict";
 * import { generalizedDimensions } from "neuromfa/multifractal";
 *
 * const rows = generalizedDimensions({ q: [-1, 0, 1], tau: [-1.5, 0, 0.8] }, { alpha0: 1.1 });
 * deepEqual(rows.map(({ order, dimension }) => [order, dimension]), [[0, 1.5], [1, 1.1], [2, 0.8]]);
 * ```
 */
export function generalizedDimensions(
  { q, tau }: { readonly q: ArrayLike<number>; readonly tau: ArrayLike<number> },
  { reading = "sandbox", alpha0 }: GeneralizedDimensionsOptions = {},
): GeneralizedDimension[] {
  if (reading !== "sandbox" && reading !== "box counting") {
    throw new RangeError(`reading must be "sandbox" or "box counting", but it is "${reading}"`);
  }
  if (q.length !== tau.length) {
    throw new RangeError(
      `Every order needs its tau, but there are ${q.length} orders and ${tau.length} tau`,
    );
  }
  return Array.from(q, (order, i) => {
    if (!Number.isFinite(tau[i]! - order)) {
      const found = `tau(${order}) is ${tau[i]}: there is no dimension`;
      return { order: reading === "sandbox" ? order + 1 : order, dimension: null, status: found };
    }
    if (reading === "box counting") {
      return order === 1
        ? { order, dimension: null, status: `tau(1) is ${tau[i]} and not 0: D_1 has a pole` }
        : { order, dimension: tau[i]! / (order - 1) + 0, status: "ok" };
    }
    // Sums of decimals such as 0.1 + 1 stay the decimals that they should be.
    const shifted = Math.round((order + 1) * 1e12) / 1e12;
    if (order !== 0) return { order: shifted, dimension: tau[i]! / order, status: "ok" };
    return alpha0 === undefined
      ? { order: 1, dimension: null, status: "D_1 is tau'(0): give alpha0" }
      : { order: 1, dimension: alpha0, status: "ok" };
  });
}
