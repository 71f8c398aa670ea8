/** How a value from a file appears in a message. */

const LONGEST = 80;

/**
 * A value met in a file as text for a message: short whatever the value, since it may come from a
 * hostile file; strings are quoted, nested values left out.
 */
export function shown(value: unknown): string {
  if (Array.isArray(value)) {
    const first = value.slice(0, 8).map(shownScalar);
    return `[${first.join(", ")}${value.length > first.length ? ", …" : ""}]`;
  }
  return shownScalar(value);
}

function shownScalar(value: unknown): string {
  if (Array.isArray(value)) return "[…]";
  if (typeof value === "object" && value !== null) return "{…}";
  if (value === undefined) return "nothing";
  if (typeof value !== "string") return String(value);
  return printable(JSON.stringify(value.length > LONGEST ? value.slice(0, LONGEST) + "…" : value));
}

/** The first ten names, none longer than 80 characters, and how many more there are. */
export function someNames(names: readonly string[]): string {
  if (names.length === 0) return "nothing";
  const first = names.slice(0, 10).map(shownName);
  const more = names.length - first.length;
  return first.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** The text with control and format characters replaced, since a hostile file could steer the terminal with them. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}

/** The same with the ends of lines left, for a message of several lines. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** A name without quotes, with what could steer a terminal replaced, and cut after 80 characters. */
export function shownName(name: string): string {
  return printable(name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name);
}
