/** What a schema has found, in words. */

import type { BaseIssue } from "valibot";
import { shown } from "../messages/shown.ts";

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
 * The first thing that is wrong with a value as a clause, such as `options.threshold is "a", not a number`. A schema's own
 * message is what the value should be (`a number above 0`); that of a `rawCheck` is a clause by itself.
 *
 * @param issues What valibot found.
 * @param whole What the value is called where it is wrong as a whole.
 */
export function schemaFault(
  [first]: readonly [BaseIssue<unknown>, ...BaseIssue<unknown>[]],
  whole: string,
): string {
  const { issue, keys } = deepest(first, []);
  const last = issue.path?.at(-1);
  if (last?.origin === "key") {
    // Any list has no key of an object.
    if (Array.isArray(last.input)) {
      return `${named(keys.slice(0, -1), whole)} is ${shown(last.input)}, not an object`;
    }
    return `${named(keys, whole)} is ${issue.expected === "never" ? "unknown" : "missing"}`;
  }
  if (issue.type === "raw_check") return `${named(keys, whole)}: ${issue.message}`;
  return `${named(keys, whole)} is ${shown(issue.input)}, not ${nounOf(issue)}`;
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

function named(keys: readonly unknown[], whole: string): string {
  if (keys.length === 0) return whole;
  const parts = keys.map((key) => {
    if (typeof key === "number") return `[${key}]`;
    return /^\w{1,80}$/.test(`${key}`) ? `.${key}` : `[${shown(key)}]`;
  });
  return parts.join("").replace(/^\./, "");
}
