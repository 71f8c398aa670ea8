/** A network as data, from a file or as it is given. */

import type { ArchitectureDescription } from "../schemas/architecture_description.ts";
import { checkedDescription, descriptionSchema } from "../schemas/architecture_description.ts";
import { readTextNow } from "../files/read_file.ts";
import { shown } from "../messages/shown.ts";
import { checkedJson } from "../schemas/checked_value.ts";

/**
 * The network that an option describes, checked; `undefined` where it is not given.
 *
 * @param given The network as data, or the path of a JSON file.
 * @param name What the option is called, for messages.
 * @throws {Error} If the file cannot be read, or what it holds is no such description.
 */
export function givenArchitecture(
  given: string | object | undefined,
  name = "architecture",
): ArchitectureDescription | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "string") return checkedDescription(given, name);
  let text: string;
  try {
    text = readTextNow(given);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Error(
      `${name} names the file ${
        shown(given)
      }, which is not there; neuromfa describe prints such a file`,
    );
  }
  return checkedJson(text, descriptionSchema, given, "neuromfa describe prints such a file");
}
