/** The bounds on how boxes grow, shared by the spectrum and the fractal dimension of nodes. */

/** Options of box growing, all given. */
export interface BoxOptions {
  /** Longest edge that counts. */
  readonly threshold: number;
  /** A node needs more than this many edges. */
  readonly minimumEdges: number;
  /** Decimals that lengths are rounded to. */
  readonly digits: number;
}

/**
 * Check the options of box growing.
 *
 * @param options The options, defaults filled in.
 * @param lowest Lower bound, exclusive, of the lengths that count.
 * @param published The published threshold, for the message.
 * @throws {RangeError} If the threshold is not a finite number above `lowest`, `minimumEdges` no integer from
 * 0, or `digits` no integer from 0 to 9.
 */
export function checkBoxOptions(
  { threshold, minimumEdges, digits }: BoxOptions,
  lowest: number,
  published: number,
): void {
  if (!(threshold > lowest) || threshold === Infinity) {
    throw new RangeError(
      `threshold must be a finite number above ${lowest}, but it is ${threshold}; ` +
        `${published} is the published one.`,
    );
  }
  if (!Number.isInteger(minimumEdges) || minimumEdges < 0) {
    throw new RangeError(
      `minimumEdges must be an integer from 0, but it is ${minimumEdges}; 10 is the published one.`,
    );
  }
  if (!Number.isInteger(digits) || digits < 0 || digits > 9) {
    throw new RangeError(
      `digits must be an integer from 0 to 9, but it is ${digits}; 0 is the published one.`,
    );
  }
}
