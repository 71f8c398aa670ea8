/** A value from a file or a server, which may be anything, as what it should be; what is wrong with it in words. */

import { type BaseIssue, type GenericSchema, safeParse } from "valibot";
import { JsonTooLarge, parseJson } from "../files/parse_json.ts";
import { shown } from "../messages/shown.ts";

/**
 * Check a value by a schema, which changes nothing.
 *
 * @param source The file that it is from, for the message.
 * @param advice What to do if it is wrong.
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
  throw new Error(`${source}: ${faultOf(issues[0])}; ${advice}`);
}

/** Parse and check JSON in the same way; throws also if it is none. */
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

/** What values of valibot's own kinds are called. */
const NOUNS: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  number: "a number",
  object: "an object",
  record: "an object",
  strict_object: "an object",
  string: "a text",
};

/**
 * What is wrong with a value as a clause, such as `options.threshold is "a", not a number`. A schema's own message is what
 * the value should be (`a number above 0`); that of a `rawCheck` is a clause by itself.
 */
function faultOf(first: BaseIssue<unknown>): string {
  const { issue, keys } = deepest(first, []);
  const last = issue.path?.at(-1);
  if (last?.origin === "key") {
    // Any list has no key of an object.
    if (Array.isArray(last.input)) {
      return `${named(keys.slice(0, -1))} is ${shown(last.input)}, not an object`;
    }
    return `${named(keys)} is ${issue.expected === "never" ? "unknown" : "missing"}`;
  }
  if (issue.type === "raw_check") return `${named(keys)}: ${issue.message}`;
  return `${named(keys)} is ${shown(issue.input)}, not ${nounOf(issue)}`;
}

/** Of what a union allows, the alternative that fits furthest says best what is wrong. */
function deepest(
  issue: BaseIssue<unknown>,
  before: readonly unknown[],
): { issue: BaseIssue<unknown>; keys: readonly unknown[] } {
  const keys = [...before, ...issue.path?.map(({ key }) => key) ?? []];
  const inner = issue.issues?.find(({ path }) => path !== undefined);
  return inner ? deepest(inner, keys) : { issue, keys };
}

function nounOf({ type, message, expected, issues }: BaseIssue<unknown>): string {
  // Valibot's own messages begin so.
  if (!message.startsWith("Invalid ")) return message;
  if (issues) return issues.map(nounOf).join(" or ");
  return NOUNS[type] ?? `${expected}`.replace(/^\((.*)\)$/, "$1").replaceAll(" | ", " or ");
}

function named(keys: readonly unknown[]): string {
  if (keys.length === 0) return "its value";
  const parts = keys.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    // A key that reads like a value is quoted, so that the sentence does not look like a slip of ours.
    return /^(?!(?:undefined|NaN|Infinity)$)\w{1,80}$/.test(`${key}`)
      ? `.${key}`
      : `[${shown(key)}]`;
  });
  return parts.join("").replace(/^\./, "");
}
