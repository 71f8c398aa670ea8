/** Make a text from a file safe to print. */

/**
 * The text with control and format characters replaced, since a hostile file could steer the terminal
 * with them.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, "\ufffd");
}
