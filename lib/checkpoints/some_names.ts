/** How a list of names appears in a message. */

/**
 * The first ten names, none longer than 80 characters or with control characters (they may come from a
 * hostile file), and how many more there are.
 */
export function someNames(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  const first = names.slice(0, 10).map(plain);
  const more = names.length - first.length;
  return first.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function plain(name: string): string {
  const short = name.length > 80 ? `${name.slice(0, 80)}…` : name;
  return short.replace(/\p{Cc}/gu, "\ufffd");
}
