/** How a value from a file appears in a message. */

import { printable } from "./printable.ts";

const longest = 80;

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
  return printable(JSON.stringify(value.length > longest ? value.slice(0, longest) + "…" : value));
}
