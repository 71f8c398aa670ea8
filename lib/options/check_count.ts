/** Bounds on numbers of things, so that an absurd one is refused by name before memory is taken for it. */

/** The most random draws of one thing: a p value of 1 in a million is finer than any use of it. */
export const MOST_DRAWS = 1_000_000;

/**
 * Check a number of things.
 *
 * @param name The option's name.
 * @param value Its value.
 * @param most The most that it may be.
 * @throws {RangeError} If it is no integer from 1 to `most`.
 */
export function checkCount(name: string, value: number, most: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= most) return;
  throw new RangeError(`${name} must be an integer from 1 to ${most}, but it is ${value}`);
}
