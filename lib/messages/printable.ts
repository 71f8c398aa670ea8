/** Make a text from a file safe to print. */

/**
 * The text with control and format characters replaced, since a hostile file could steer the terminal
 * with them.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}

/** The same with the ends of lines left, for a message of several lines. */
export function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}
