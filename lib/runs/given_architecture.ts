/** A network as data, from a file or as it is given. */

import type { ArchitectureDescription } from "../schemas/architecture_description.ts";
import { checkedDescription, descriptionSchema } from "../schemas/architecture_description.ts";
import { systemFault } from "../files/system_fault.ts";
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
    text = Deno.readTextFileSync(given);
  } catch (error) {
    throw systemFault(error, given, "read");
  }
  return checkedJson(text, descriptionSchema, given, "neuromfa describe prints such a file");
}
