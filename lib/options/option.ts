/** What an option is, said once: its values, its default, its words, and how it is typed on a command line. */

import * as v from "valibot";

/** An option of a function or of the command. */
export interface Option<Value> {
  /** What checks a value. */
  readonly schema: v.GenericSchema<unknown, Value>;
  /** What its values are, after "must be": `an integer from 1 to 1000`. */
  readonly values: string;
  /** What it decides, for help texts and the reference, without a full stop. */
  readonly help: string;
  /** The value where none is given. */
  readonly default?: Value;
  /** What happens where none is given, for an option without a default: `all`. */
  readonly otherwise?: string;
  /** How many words its flag takes: none, one, or any number. */
  readonly words: "none" | "one" | "many";
  /** Its value from the word typed; what makes no sense is left for the schema to refuse. */
  readonly read: (word: string) => unknown;
  /** Other names of its flag. */
  readonly aliases?: readonly string[];
  /** The only values, where there are few. */
  readonly choices?: readonly string[];
}

/** An option with a value where none is given. */
export interface DefaultedOption<Value> extends Option<Value> {
  readonly default: Value;
}

/** The words about an option. */
export type OptionWords<Value> = Pick<
  Option<Value>,
  "help" | "default" | "otherwise" | "aliases"
>;

/** An option whose values are integers. */
export function integer(
  { min, max, ...words }: OptionWords<number> & { readonly min: number; readonly max: number },
): Option<number> {
  const schema = v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max));
  const shape = { schema: schema as v.GenericSchema<unknown, number>, read: readNumber };
  return shaped({ ...shape, values: `an integer from ${min} to ${max}` }, words);
}

/** An option whose values are finite numbers, from `min` or above `above`. */
export function number(
  { min, above, max = Infinity, ...words }: OptionWords<number> & {
    readonly min?: number;
    readonly above?: number;
    readonly max?: number;
  },
): Option<number> {
  const fits = (value: number) =>
    Number.isFinite(value) && value <= max && (above === undefined || value > above) &&
    (min === undefined || value >= min);
  const bounds = [
    ...above === undefined ? [] : [`above ${above}`],
    ...min === undefined ? [] : [`from ${min}`],
    ...max === Infinity ? [] : [`${min === undefined ? "up " : ""}to ${max}`],
  ];
  const schema = v.pipe(v.number(), v.check(fits)) as v.GenericSchema<unknown, number>;
  return shaped(
    { schema, values: ["a finite number", ...bounds].join(" "), read: readNumber },
    words,
  );
}

/** An option with a few named values. */
export function choice<const Name extends string>(
  choices: readonly Name[],
  words: OptionWords<Name>,
): Option<Name> {
  const schema = v.picklist(choices) as v.GenericSchema<unknown, Name>;
  return { ...shaped({ schema, values: `one of ${choices.join(", ")}` }, words), choices };
}

/** An option that is on or off. */
export function onOff(words: OptionWords<boolean>): Option<boolean> {
  const schema = v.boolean() as v.GenericSchema<unknown, boolean>;
  const shape = { schema, values: "true or false", words: "none", read: () => true } as const;
  return shaped(shape, { ...words, default: words.default ?? false });
}

const name = v.pipe(v.string(), v.nonEmpty());

/** An option whose value is a text that is not empty. */
export function text(words: OptionWords<string>): Option<string> {
  const schema = name as v.GenericSchema<unknown, string>;
  return shaped({ schema, values: "a text that is not empty" }, words);
}

/** An option whose value is a list of names, at least one. */
export function names(words: OptionWords<readonly string[]>): Option<readonly string[]> {
  return shaped({
    schema: v.pipe(v.array(name), v.minLength(1)) as v.GenericSchema<unknown, readonly string[]>,
    values: "a list of names, none of them empty",
    words: "many",
    read: (word) => word.split(",").map((name) => name.trim()),
  }, words);
}

/** An option of a shape of its own. */
export function shaped<Value>(
  shape: Pick<Option<Value>, "schema" | "values"> & Partial<Pick<Option<Value>, "words" | "read">>,
  words: OptionWords<Value>,
): Option<Value> {
  return { words: "one", read: (word) => word, ...shape, ...words };
}

/** An option that only a program can give, such as a function that is called back. */
export function given<Value>(
  values: string,
  isOne: (value: unknown) => boolean,
  words: OptionWords<Value>,
): Option<Value> {
  return shaped({ schema: v.custom<Value>(isOne), values }, words);
}

/** A function that is called back. */
export function callback<Listener>(help: string): Option<Listener> {
  return given<Listener>("a function", (value) => typeof value === "function", { help });
}

/** A number in decimal notation, or an infinity. */
const NUMBER = /^\s*[+-]?(\d+\.?\d*(e[+-]?\d+)?|\.\d+(e[+-]?\d+)?|Infinity)\s*$/i;

/** The number that a word writes, or the word where it writes none. */
export function readNumber(word: string): unknown {
  const value = NUMBER.test(word) ? Number(word) : NaN;
  return Number.isNaN(value) ? word : value;
}

/** The numbers between colons, under the names of `keys`, or the word where they are others. */
export function readNumbers<Key extends string>(
  word: string,
  keys: readonly Key[],
): Partial<Record<Key, number>> | string {
  const parts = word.split(":").map(readNumber);
  const isNumber = (part: unknown) => typeof part === "number";
  if (parts.length !== keys.length || !parts.every(isNumber)) return word;
  return Object.fromEntries(keys.map((key, i) => [key, parts[i]])) as Partial<Record<Key, number>>;
}
