/** The sums over nodes that every spectrum is made of. */

import type { MassTable } from "../networks/mass_table.ts";
import { atAllRadii, logsUpTo, nodeSums, type PartitionSums } from "./node_sums.ts";

/**
 * The sums as they are defined, one power at a time: what {@linkcode partitionSums} computes
 * faster, and what tests hold it against.
 */
export function plainPartitionSums(
  { radii, counts, selected }: MassTable,
  orders: Float64Array,
): PartitionSums {
  const powers = new Float64Array(radii.length * orders.length);
  const logMasses = new Float64Array(radii.length);
  for (let node = 0; node < selected.length; node++) {
    const own = counts.subarray(node * radii.length, (node + 1) * radii.length);
    const total = own.reduce((mass, count) => mass + count, 1);
    own.reduce((before, count, j) => {
      const mass = before + count;
      orders.forEach((q, o) => powers[j * orders.length + o]! += (mass / total) ** q);
      logMasses[j]! += Math.log(mass);
      return mass;
    }, 1);
  }
  return { powers, logMasses };
}

/**
 * Sum powers and logarithms of the masses of all selected nodes at every radius, see
 * {@linkcode nodeSums}.
 */
export function partitionSums(
  { radii, counts, selected }: MassTable,
  orders: Float64Array,
): PartitionSums {
  const { columns, powers, logMasses } = nodeSums({
    ...{ counts, nodes: selected.length, columns: radii.length, radii: radii.length },
    minimumEdges: -1,
  }, orders);
  return {
    powers: atAllRadii(powers, columns, radii.length),
    logMasses: atAllRadii(logMasses, columns, radii.length),
  };
}

/** `Σ_i ln M_i(r)` over the selected nodes at every radius. */
export function sumLogMasses({ radii, counts, selected }: MassTable): Float64Array {
  const sums = new Float64Array(radii.length);
  let logs = logsUpTo(1);
  for (let node = 0, k = 0; node < selected.length; node++) {
    for (let j = 0, mass = 1; j < sums.length; j++, k++) {
      mass += counts[k]!;
      if (mass >= logs.length) logs = logsUpTo(mass);
      sums[j]! += logs[mass]!;
    }
  }
  return sums;
}
