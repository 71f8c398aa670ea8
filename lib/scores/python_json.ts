/** JSON as Python writes it. */

import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import { printable } from "../messages/shown.ts";

/**
 * The value of a JSON text with NaN and Infinity, which JSON does not know and Python writes as
 * bare words; NaN becomes `null`.
 *
 * @param source Where the text is from, for messages.
 * @param what What no text that is meant is larger than.
 * @throws {Error} If it is no JSON, or too large for such a file.
 */
export function pythonJson(text: string, source: string, what: string): unknown {
  const json = text.replaceAll(/([:,[]\s*)NaN(?=\s*[,}\]])/g, (_, before) => `${before}null`)
    .replaceAll(/([:,[]\s*-?)Infinity(?=\s*[,}\]])/g, (_, before) => `${before}1e999`);
  try {
    return parseJson(json);
  } catch (error) {
    if (error instanceof JsonTooLarge) {
      throw new Error(`${source} ${error.message}, more than ${what}`);
    }
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${source} is no valid JSON, perhaps cut short: ${printable(reason)}`);
  }
}
