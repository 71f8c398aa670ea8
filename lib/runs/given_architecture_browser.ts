/** A network as data, where there are no files. */

import type { ArchitectureDescription } from "../schemas/architecture_description.ts";
import { checkedDescription } from "../schemas/architecture_description.ts";

/** The network that an option describes, checked; `undefined` where it is not given. */
export function givenArchitecture(
  given: string | object | undefined,
  name = "architecture",
): ArchitectureDescription | undefined {
  if (given === undefined) return undefined;
  if (typeof given !== "string") return checkedDescription(given, name);
  throw new Error(`${name} names a file, and there is no disk here; pass the network as data`);
}
