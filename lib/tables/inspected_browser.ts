/** What a browser gets for `inspected.ts`: the value as JSON. */

/** The value as JSON, or what it says of itself where it has none. */
export function inspected(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
