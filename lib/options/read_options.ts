/** Options as given, checked against what is declared of them. */

import * as v from "valibot";
import { nearestName } from "../messages/nearest_name.ts";
import { shown, shownName } from "../messages/shown.ts";
import type { DefaultedOption, Option } from "./option.ts";

/** Options by name. */
export type OptionTable = Readonly<Record<string, Option<never> | Option<unknown>>>;

/**
 * What may be given for the options of a table.
 *
 * @internal
 */
export type GivenOptions<Table> = {
  readonly [Name in keyof Table]?: Table[Name] extends Option<infer Value> ? Value | undefined
    : never;
};

/**
 * The options of a table with the defaults filled in.
 *
 * @internal
 */
export type ReadOptions<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends DefaultedOption<infer Value> ? Value
    : Table[Name] extends Option<infer Value> ? Value | undefined
    : never;
};

/**
 * Check options and fill in the defaults. Code in a notebook's kernel is not type-checked, so this is what catches a
 * misspelt name there.
 *
 * @param caller The function that they were given to, for messages.
 * @param table What is declared of them.
 * @param options The options as given; `undefined` is not given.
 * @throws {TypeError} If an option has another name, naming the nearest.
 * @throws {RangeError} If a value is none of the option's.
 */
export function readOptions<const Table extends OptionTable>(
  caller: string,
  table: Table,
  options: object,
): ReadOptions<Table> {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(table, name)) continue;
    throw new TypeError(
      `${caller} has no option "${name}"; did you mean "${nearestName(name, Object.keys(table))}"?`,
    );
  }
  const read = Object.entries(table).map(([name, option]) => {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    return [name, value === undefined ? option.default : checkOption(name, option, value)];
  });
  return Object.fromEntries(read) as ReadOptions<Table>;
}

/**
 * Check the value of one option.
 *
 * @param name The option's name, or its flag, for the message.
 * @param met What the message says it is, where that is not the value itself, such as the word typed.
 * @throws {RangeError} If it is none of the option's values.
 */
export function checkOption<Value>(
  name: string,
  option: Option<Value>,
  value: unknown,
  met: unknown = value,
): Value {
  const { success, output, issues } = v.safeParse(option.schema, value);
  if (success) return output as Value;
  // A schema of a shape of its own says which part is wrong.
  const said = issues[0].message.startsWith("must ") ? issues[0].message : null;
  const near = option.choices !== undefined && typeof value === "string"
    ? `: did you mean ${nearestName(value, option.choices)}?`
    : "";
  const fault = said ?? `must be ${option.values}, but it is ${shownParts(met)}${near}`;
  throw new RangeError(`${name} ${fault}`);
}

/** A value as it is given: one of parts with the name and value of each. */
function shownParts(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return shown(value);
  const parts = Object.entries(value).slice(0, 8).map(([name, part]) =>
    `${shownName(name)}: ${shown(part)}`
  );
  return `{ ${parts.join(", ")} }`;
}

/** Some of a table's options, in the order given. */
export function pick<const Table extends OptionTable, const Name extends keyof Table & string>(
  table: Table,
  names: readonly Name[],
): Pick<Table, Name> {
  return Object.fromEntries(names.map((name) => [name, table[name]])) as Pick<Table, Name>;
}
