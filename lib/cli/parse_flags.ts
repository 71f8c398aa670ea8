/** Command-line flags from a table that names, types and describes each of them once. */

import { parseArgs } from "node:util";
import { printable } from "../messages/printable.ts";
import { nearestName } from "../names/nearest_name.ts";

/** What a flag's value is: a switch takes none, a list takes names separated by commas or spaces. */
export type FlagType = "switch" | "text" | "list" | "integer" | "number";

/** One flag of a command. */
export interface Flag {
  /** Its name without the two dashes. */
  readonly name: string;
  /** What its value is. */
  readonly type: FlagType;
  /** What it does, for the help text. */
  readonly description: string;
  /** Value where the flag is not given, as it would be typed; without one the value is `undefined` (a switch's is `false`). */
  readonly default?: string;
  /** The only values allowed, where there are few. */
  readonly choices?: readonly string[];
  /** The smallest number allowed. */
  readonly least?: number;
  /** The largest number allowed. */
  readonly most?: number;
}

/** A command and its flags. */
export interface Command<Flags extends readonly Flag[] = readonly Flag[]> {
  /** How it is called, e.g. `deno task reproduce`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  /** Its flags; `--help` comes by itself. */
  readonly flags: Flags;
}

/** The TypeScript type of each flag type's value. */
export interface TypedValues {
  /** Given or not. */
  readonly switch: boolean;
  /** As typed. */
  readonly text: string;
  /** The names between the commas. */
  readonly list: string[];
  /** A whole number that a float holds exactly. */
  readonly integer: number;
  /** A finite number. */
  readonly number: number;
}

/** The values of a table of flags, by name. */
export type FlagValues<Flags extends readonly Flag[]> = {
  readonly [F in Flags[number] as F["name"]]: F extends
    { readonly default: string } | { readonly type: "switch" } ? TypedValues[F["type"]]
    : TypedValues[F["type"]] | undefined;
};

/** A command line that cannot be obeyed; its message is for the person who typed it. */
export class FlagError extends Error {
  /** Always `FlagError`. */
  override readonly name: string = "FlagError";

  /** @param message What is wrong; a character in it that would steer the terminal is replaced. */
  constructor(message: string) {
    super(printable(message));
  }
}

/**
 * Reads a command line by a table of flags, `--name value` or `--name=value`.
 *
 * @returns The value of every flag, or `"help"` if `--help` is among the arguments.
 * @throws {FlagError} For an unknown flag (naming the nearest known one), a repeated one, a missing,
 * malformed or forbidden value, one out of bounds, or a word that belongs to no flag.
 */
export function parseFlags<const Flags extends readonly Flag[]>(
  command: Command<Flags>,
  args: readonly string[],
): FlagValues<Flags> | "help" {
  const given = new Map<string, unknown>();
  const lists = new Map<Flag, string[]>();
  const byName = new Map(command.flags.map((flag) => [flag.name, flag]));
  let words: string[] | undefined;
  for (const token of readTokens(command, args)) {
    // The published command separates names by spaces; both ways are understood.
    if (token.kind === "positional" && words !== undefined) {
      words.push(token.value);
      continue;
    }
    if (token.kind !== "option") throw new FlagError(strayWord(command, token));
    if (token.name === "help") return "help";
    const flag = byName.get(token.name);
    if (flag === undefined) throw new FlagError(unknownFlag(command, token.rawName));
    if (given.has(flag.name)) throw new FlagError(`--${flag.name} is given twice: give it once.`);
    const value = readValue(flag, token.value, token.inlineValue === true);
    given.set(flag.name, value);
    words = flag.type === "list" ? [token.value!] : undefined;
    if (words !== undefined) lists.set(flag, words);
  }
  for (const [flag, words] of lists) given.set(flag.name, namesIn(flag, words));
  const values = command.flags.map((flag) => {
    const absent = flag.default === undefined ? undefined : convert(flag, flag.default);
    return [flag.name, given.get(flag.name) ?? absent ?? (flag.type === "switch" ? false : absent)];
  });
  return Object.fromEntries(values) as FlagValues<Flags>;
}

function readTokens(command: Command, args: readonly string[]) {
  const options = Object.fromEntries(
    command.flags.map((flag) => [
      flag.name,
      { type: flag.type === "switch" ? "boolean" as const : "string" as const },
    ]),
  );
  return parseArgs({ args: [...args], options, strict: false, tokens: true }).tokens;
}

function strayWord(command: Command, token: { kind: string; value?: string }): string {
  const word = token.kind === "positional" ? token.value : "--";
  return `"${word}" belongs to no flag: every argument of ${command.name} is a flag; see --help.`;
}

function unknownFlag(command: Command, given: string): string {
  const known = ["help", ...command.flags.map((flag) => flag.name)];
  const nearest = nearestName(given.replace(/^-+/, ""), known);
  return `Unknown flag ${given}: did you mean --${nearest}? See --help for all of them.`;
}

function readValue(flag: Flag, value: string | undefined, inline: boolean): unknown {
  if (flag.type === "switch") {
    if (value === undefined) return true;
    throw new FlagError(`--${flag.name} is a switch and takes no value, but was given "${value}".`);
  }
  if (value === undefined || value === "" || (!inline && value.startsWith("--"))) {
    throw new FlagError(`--${flag.name} needs a value: ${flag.description}.`);
  }
  // More words may follow the first of a list.
  return flag.type === "list" ? value : convert(flag, value);
}

function convert(flag: Flag, text: string): unknown {
  if (flag.choices !== undefined && !flag.choices.includes(text)) {
    throw new FlagError(
      `--${flag.name} must be one of ${flag.choices.join(", ")}, not "${text}": ` +
        `did you mean ${nearestName(text, flag.choices)}?`,
    );
  }
  if (flag.type === "list") return namesIn(flag, [text]);
  if (flag.type !== "integer" && flag.type !== "number") return text;
  const number = text.trim() === "" ? NaN : Number(text);
  const fits = flag.type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number);
  if (!fits) {
    const kind = flag.type === "integer" ? "a whole number" : "a number";
    throw new FlagError(`--${flag.name} must be ${kind}, not "${text}".`);
  }
  const { least = -Infinity, most = Infinity } = flag;
  if (number < least || number > most) {
    const bounds = most === Infinity ? `at least ${least}` : `from ${least} to ${most}`;
    throw new FlagError(`--${flag.name} must be ${bounds}, not ${text}.`);
  }
  return number;
}

/** The names in the words of a list, which commas, spaces or both part. */
function namesIn(flag: Flag, words: readonly string[]): string[] {
  const names = words.flatMap((word, i) => {
    const parts = word.split(",").map((part) => part.trim());
    // A comma beside a space parts the same two names.
    if (parts.at(-1) === "" && i < words.length - 1) parts.pop();
    if (parts[0] === "" && i > 0) parts.shift();
    return parts;
  });
  if (names.length > 0 && !names.includes("")) return names;
  throw new FlagError(
    `--${flag.name} has an empty name in "${
      words.join(" ")
    }": leave out the comma before or after it.`,
  );
}
