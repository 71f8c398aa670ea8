/** Text as part of a page. */

/** The text with the characters that HTML takes for markup written as references, for an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
