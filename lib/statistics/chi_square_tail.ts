/** How probably a sum of squares is large; to be imported with `defer`, since few programs need it. */

import gammainc from "@stdlib/math-base-special-gammainc";

/** The probability that the sum of squares of `degrees` normal numbers is above x. */
export function chiSquareTail(x: number, degrees: number): number {
  return gammainc(x / 2, degrees / 2, true, true);
}
