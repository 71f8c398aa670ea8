/** The JSON text of a file as what it should hold. */

import type { GenericSchema } from "valibot";
import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import { checkedValue } from "./checked_value.ts";

/**
 * Parse and check JSON.
 *
 * @param text The text.
 * @param schema What it must hold.
 * @param source The file that it is from, for the message.
 * @param advice What to do if it does not.
 * @throws {Error} If it is no JSON, or holds something else: naming file and key.
 */
export function checkedJson<T>(
  text: string,
  schema: GenericSchema<unknown, T>,
  source: string,
  advice: string,
): T {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    if (error instanceof JsonTooLarge) throw new Error(`${source} ${error.message}; ${advice}`);
    throw new Error(`${source} is no JSON, perhaps cut short or damaged; ${advice}`);
  }
  return checkedValue(value, schema, source, advice);
}
