/** A value that is no number and no text, as text for a cell; in a browser `inspected_browser.ts` stands for this. */

/** The value as Deno prints it, in one line and without colours. */
export function inspected(value: unknown): string {
  return Deno.inspect(value, { colors: false, compact: true });
}
