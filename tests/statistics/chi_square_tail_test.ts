import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { chiSquareTail } from "../../lib/statistics/chi_square_tail.ts";
import { closeRelative } from "../golden/golden.ts";

Deno.test("chiSquareTail() of one square is that of a normal number on either side", () => {
  for (const x of [0, 1e-3, 0.5, 1, 3, 6, 30]) {
    closeRelative(chiSquareTail(x * x, 1), 2 * normalCdf(-x, 0, 1), 1e-12, `${x}`);
  }
});

Deno.test("chiSquareTail() of an even number of squares is a sum of Poisson probabilities", () => {
  for (const x of [0.1, 2, 9, 40]) {
    const below = (k: number): number => k < 0 ? 0 : below(k - 1) + poisson(x / 2, k);
    for (const degrees of [2, 4, 18]) {
      closeRelative(chiSquareTail(x, degrees), below(degrees / 2 - 1), 1e-12, `${x} ${degrees}`);
    }
  }
});

function poisson(mean: number, k: number): number {
  let term = Math.exp(-mean);
  for (let i = 1; i <= k; i++) term *= mean / i;
  return term;
}
