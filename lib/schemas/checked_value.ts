/** A value from a file or a server, which may be anything, as what it should be. */

import { type GenericSchema, safeParse } from "valibot";
import { schemaFault } from "./schema_fault.ts";

/**
 * Check a value by a schema.
 *
 * @param value The value, as `JSON.parse` gives it.
 * @param schema What it must be; it changes nothing.
 * @param source The file that it is from, for the message.
 * @param advice What to do if it is not.
 * @returns The value itself, with its keys in their order.
 * @throws {Error} If it is not, naming file, key and value: `…/run.json: options.threshold is "a", not a number; analyze again`.
 */
export function checkedValue<T>(
  value: unknown,
  schema: GenericSchema<unknown, T>,
  source: string,
  advice: string,
): T {
  const { issues } = safeParse(schema, value, { abortEarly: true });
  if (issues === undefined) return value as T;
  throw new Error(`${source}: ${schemaFault(issues, "its value")}; ${advice}`);
}
