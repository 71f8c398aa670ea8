/** Lists of names, as they are typed. */

import { expand } from "brace-expansion";

/** More names than anybody types. */
const MOST_NAMES = 1000;

/**
 * The names between commas, braces expanded as a shell does: `a-{1,2},b` is a-1, a-2 and b. A text whose braces do not match is
 * taken as it is.
 */
export function nameList(words: string): string[] {
  // The library would read a backslash in a path without braces as quoting what follows.
  const expanded = words.includes("{") ? expand(`{,${words}}`, { max: MOST_NAMES }) : [];
  const names = expanded.length === 0 || expanded[0]!.startsWith("{,")
    ? words.split(",")
    : expanded;
  return names.map((name) => name.trim());
}
