/** Help with a misspelt name. */

import { distance } from "fastest-levenshtein";

/**
 * The known name that takes the fewest edits for its length: edits are counted against the longer of the two names,
 * since a short one is near to everything. The first of equals; at least one must be known.
 */
export function nearestName(name: string, known: readonly string[]): string {
  const shares = known.map((other) => distance(name, other) / Math.max(name.length, other.length));
  return known[shares.indexOf(Math.min(...shares))]!;
}

/** The largest share of a name that a slip changes. */
const MOST_SLIP = 0.5;

/** The nearest known name if what was typed may be a slip of it, or `null`. */
export function nearName(name: string, known: readonly string[]): string | null {
  const nearest = nearestName(name, known);
  const share = distance(name, nearest) / Math.max(name.length, nearest.length);
  return share <= MOST_SLIP ? nearest : null;
}
