/** The sums of logarithms that alpha_0 is read from. */
import type { MassTable } from "../networks/mass_table.ts";

/**
 * Sum the logarithms of the masses of all selected nodes, `Σ_i ln M_i(r)`, at every radius.
 *
 * @param masses The masses.
 * @param logs The logarithms that are known, by mass.
 */
export function sumLogMasses(
  { radii, counts, selected }: MassTable,
  logs: { [mass: number]: number } = [],
): Float64Array {
  const sums = new Float64Array(radii.length);
  for (let node = 0, k = 0; node < selected.length; node++) {
    for (let j = 0, mass = 1; j < sums.length; j++, k++) {
      mass += counts[k]!;
      sums[j]! += logs[mass] ??= Math.log(mass);
    }
  }
  return sums;
}
