/** Command lines, read by what is declared of options. */

import { parseArgs } from "node:util";
import { nearName } from "../messages/nearest_name.ts";
import { printable, shown } from "../messages/shown.ts";
import type { Option } from "../options/option.ts";
import {
  checkOption,
  type GivenOptions,
  type OptionTable,
  type ReadOptions,
} from "../options/read_options.ts";

/** A command and its options; each is a flag of the same name in snake_case. */
export interface Command<Table extends OptionTable = OptionTable> {
  /** How it is called, e.g. `deno task reproduce`. */
  readonly name: string;
  /** What it does, in a sentence. */
  readonly summary: string;
  /** The option that takes words which follow no flag, and what one of them is called; there are none unless given. */
  readonly words?: { readonly option: string; readonly called: string };
  /** Its options; `--help` comes by itself. */
  readonly options: Table;
}

/** A command line as read: what was given, and the same with the defaults filled in. */
export interface CommandLine<Table extends OptionTable> {
  readonly given: GivenOptions<Table>;
  readonly values: ReadOptions<Table>;
}

/** A command line that cannot be obeyed; its message is for the person who typed it. */
export class FlagError extends Error {
  override readonly name: string = "FlagError";

  constructor(message: string) {
    super(printable(message));
  }
}

/** The flag of an option, without dashes: `layer_sample` of `layerSample`. */
export function flagName(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Read a command line, `--name value` or `--name=value`; `"help"` if `--help` is among the arguments. */
export function parseFlags<const Table extends OptionTable>(
  command: Command<Table>,
  args: readonly string[],
): CommandLine<Table> | "help" {
  const byFlag = flagsOf(command);
  const given = new Map<string, unknown>();
  let list: string[] | undefined;
  const stray: string[] = [];
  for (const token of tokensOf(byFlag, args, command)) {
    // The published command separates names by spaces; both ways are understood.
    if (token.kind === "positional" && list !== undefined) {
      list.push(token.value);
      continue;
    }
    if (token.kind === "positional" && command.words !== undefined) {
      stray.push(token.value);
      continue;
    }
    if (token.kind !== "option") throw new FlagError(strayWord(command, token));
    if (token.name === "help") return "help";
    const name = byFlag.get(token.name);
    if (name === undefined) throw new FlagError(unknownFlag(byFlag, token.rawName));
    if (given.has(name)) throw new FlagError(`--${flagName(name)} is given twice: give it once`);
    const option = command.options[name] as Option<unknown>;
    list = undefined;
    if (option.words === "none") {
      if (token.value !== undefined) {
        throw new FlagError(`${token.rawName} takes no value, but was given ${shown(token.value)}`);
      }
      given.set(name, true);
      continue;
    }
    const isMissing = token.value === undefined || token.value === "" ||
      (!token.inlineValue && token.value.startsWith("--"));
    if (isMissing) throw new FlagError(`${token.rawName} needs a value: ${option.help}`);
    const words = [token.value!];
    if (option.words === "many") list = words;
    given.set(name, words);
  }
  if (command.words !== undefined && stray.length > 0) {
    const { option } = command.words;
    if (given.has(option)) throw new FlagError(strayBeside(flagName(option), stray[0]!));
    given.set(option, stray);
  }
  const read = [...given].map(([name, words]) => {
    const option = command.options[name] as Option<unknown>;
    return [name, words === true ? true : valueOf(name, option, words as string[])] as const;
  });
  const values = Object.entries(command.options).map(([name, option]) => [name, option.default]);
  return {
    given: Object.fromEntries(read) as GivenOptions<Table>,
    values: Object.fromEntries([...values, ...read]) as ReadOptions<Table>,
  };
}

/** The arguments of a command line, as they were typed, that belong to some options. */
export function argumentsOf(
  command: Command,
  args: readonly string[],
  isWanted: (option: string) => boolean,
): string[] {
  const byFlag = flagsOf(command), tokens = tokensOf(byFlag, args, command);
  let keeps = false;
  return tokens.flatMap((token, i) => {
    // Words that follow a flag with several values are its own.
    if (token.kind === "option") keeps = isWanted(byFlag.get(token.name) ?? "");
    return keeps ? args.slice(token.index, tokens[i + 1]?.index) : [];
  });
}

/** The names of a command's options by their flags, old names among them. */
function flagsOf({ options }: Command): Map<string, string> {
  return new Map(
    Object.entries(options).flatMap(([name, { aliases = [] }]) =>
      [flagName(name), ...aliases].map((flag) => [flag, name] as const)
    ),
  );
}

function tokensOf(
  flags: ReadonlyMap<string, string>,
  args: readonly string[],
  { options }: Command,
) {
  const types = Object.fromEntries([...flags].map(([flag, name]) => {
    return [flag, { type: options[name]!.words === "none" ? "boolean" : "string" } as const];
  }));
  return parseArgs({ args: [...args], options: types, strict: false, tokens: true }).tokens;
}

function valueOf(name: string, option: Option<unknown>, words: readonly string[]): unknown {
  const word = option.words === "many" ? words.join(",") : words[0]!;
  const value = option.read(word);
  // Of a value that has parts, what was typed says more.
  const met = typeof value === "object" && !Array.isArray(value) ? word : value;
  try {
    return checkOption(`--${flagName(name)}`, option, value, met);
  } catch (error) {
    throw new FlagError((error as Error).message);
  }
}

function strayBeside(flag: string, word: string): string {
  return `${shown(word)} is a value of --${flag}, which is given too: put it behind that flag`;
}

function strayWord(command: Command, token: { kind: string; value?: string }): string {
  const word = token.kind === "positional" ? shown(token.value) : '"--"';
  return `${word} belongs to no flag: every argument of ${command.name} is a flag; see --help`;
}

function unknownFlag(flags: ReadonlyMap<string, string>, given: string): string {
  const near = nearName(given.replace(/^-+/, ""), ["help", ...flags.keys()]);
  const flag = shown(given).slice(1, -1);
  if (near === null) return `unknown flag ${flag}: see --help for all of them`;
  return `unknown flag ${flag}: did you mean --${near}? See --help for all of them`;
}
