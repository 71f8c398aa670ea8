/** How a list of names appears in a message. */

import { shownName } from "./shown_name.ts";

/**
 * The first ten names, none longer than 80 characters, and how many more there are.
 */
export function someNames(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  const first = names.slice(0, 10).map(shownName);
  const more = names.length - first.length;
  return first.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
