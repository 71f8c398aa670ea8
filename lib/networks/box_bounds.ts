/** Bounds on the memory that box growing takes, checked before it is taken. */

/** Rounded lengths a table of lookup may have, and counts a mass table (1 GiB). */
const MOST_ROUNDED_LENGTHS = 2 ** 24;
const MOST_COUNTS = 2 ** 28;

/**
 * Find the factor that makes a rounded length an integer.
 *
 * @param threshold Longest length that counts.
 * @param digits Decimals that lengths are rounded to.
 * @returns `10 ** digits`.
 * @throws {RangeError} If there are too many rounded lengths up to the threshold.
 */
export function boxScale(threshold: number, digits: number): number {
  const scale = 10 ** digits;
  if (threshold * scale <= MOST_ROUNDED_LENGTHS) return scale;
  throw new RangeError(
    `threshold ${threshold} at ${digits} digits has more than ${MOST_ROUNDED_LENGTHS} rounded ` +
      `lengths; lower one of the two.`,
  );
}

/**
 * Find how many counts a mass table holds.
 *
 * @param nodes Number of selected nodes.
 * @param radii Number of radii.
 * @param digits Decimals that lengths are rounded to, for the message.
 * @returns Nodes × radii.
 * @throws {RangeError} If so many do not fit in memory.
 */
export function countsLength(nodes: number, radii: number, digits: number): number {
  if (nodes * radii <= MOST_COUNTS) return nodes * radii;
  throw new RangeError(
    `${nodes} nodes × ${radii} radii do not fit in a mass table of ${MOST_COUNTS} counts; ` +
      `lower digits (${digits}) or the threshold.`,
  );
}
