/** How a list of names appears in a message. */

import { printable } from "./printable.ts";

/**
 * The first ten names, none longer than 80 characters, and how many more there are.
 */
export function someNames(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  const first = names.slice(0, 10).map(shortened);
  const more = names.length - first.length;
  return first.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function shortened(name: string): string {
  return printable(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
