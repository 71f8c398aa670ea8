/** Typed options are unchecked in a notebook's kernel; this catches a misspelt one there. */
import { nearestName } from "../names/nearest_name.ts";

/**
 * Refuse options whose names are not known, naming the nearest known one.
 *
 * @param caller The function the options were given to, for the message.
 * @param options The options as given.
 * @param known Every name that is understood.
 * @throws {TypeError} If an option has another name.
 */
export function refuseUnknownOptions(
  caller: string,
  options: object,
  known: readonly string[],
): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    throw new TypeError(
      `${caller} has no option "${name}"; did you mean "${nearestName(name, known)}"?`,
    );
  }
}
