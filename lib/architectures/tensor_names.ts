/** Names of tensors with placeholders: `h.{block}.attn.weight`. */

/** A name that has been read: its prefix and its numbers. */
export interface FoundName {
  /** What stands before the pattern, such as `module.`. */
  readonly prefix: string;
  /** The numbers that the placeholders stand for. */
  readonly numbers: Readonly<Record<string, number>>;
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** A part of a name that is spelled in several ways: `{attn|sa}`. */
const CHOICE = /\{([^{}]*\|[^{}]*)\}/;

/** The names of a pattern's placeholders, each once. */
export function placeholdersOf(pattern: string): string[] {
  return [...new Set(Array.from(pattern.matchAll(PLACEHOLDER), ([, name]) => name!))];
}

/** Every name that a pattern with choices stands for, in their order; the pattern itself where it has none. */
export function spellings(pattern: string): string[] {
  const [all, choices] = CHOICE.exec(pattern) ?? [];
  if (all === undefined) return [pattern];
  return choices!.split("|").flatMap((choice) => spellings(pattern.replace(all, choice)));
}

/** A pattern with numbers in place of those placeholders that are given. */
export function filled(pattern: string, numbers: Readonly<Record<string, number>>): string {
  return pattern.replace(PLACEHOLDER, (all, name) => `${numbers[name] ?? all}`);
}

/** Readers of patterns that were asked for before: all families' names are looked for in every checkpoint. */
const known = new Map<string, (name: string) => FoundName | undefined>();
/** More than the families have; beyond it, as with many networks as data, they are made anew. */
const MOST_KNOWN = 4096;

/**
 * A reader of names that end in a pattern. What stands before is the prefix, which wrappers such as `module.` or
 * `transformer.` leave behind: it ends at a dot, or anywhere but in a number if the pattern begins with `*`. A pattern that
 * ends in `**` is followed by anything.
 *
 * @param prefix The only prefix, where it is known.
 */
export function nameReader(
  pattern: string,
  prefix?: string,
): (name: string) => FoundName | undefined {
  // A prefix is of one checkpoint.
  if (prefix !== undefined) return madeReader(pattern, prefix);
  const reader = known.get(pattern) ?? madeReader(pattern);
  if (known.size < MOST_KNOWN) known.set(pattern, reader);
  return reader;
}

function madeReader(
  pattern: string,
  prefix?: string,
): (name: string) => FoundName | undefined {
  const all = pattern.replace(/^\*/, "");
  const before = prefix !== undefined
    ? `(${escaped(prefix)})`
    : pattern === all
    ? "(|.*\\.)"
    : "(|.*\\D)";
  const [own, after] = all.endsWith("**") ? [all.slice(0, -2), ".*"] : [all, ""];
  const names: string[] = [];
  const source = own.split(PLACEHOLDER).map((part, i) => {
    if (i % 2 === 0) return literal(part);
    const known = names.indexOf(part);
    if (known >= 0) return `\\${known + 2}`;
    names.push(part);
    return "(0|[1-9]\\d{0,8})";
  }).join("");
  const regex = new RegExp(`^${before}${source}${after}$`, "s");
  return (name) => {
    const match = regex.exec(name);
    if (match === null) return undefined;
    const numbers = names.map((key, i) => [key, Number(match[i + 2])]);
    return { prefix: match[1]!, numbers: Object.fromEntries(numbers) };
  };
}

/** The full name of a pattern's tensor. */
export function fullName(
  pattern: string,
  prefix: string,
  numbers: Readonly<Record<string, number>>,
): string {
  return `${prefix}${filled(pattern.replace(/^\*/, ""), numbers)}`;
}

/** Whether a name matches a glob: `*` is anything within two dots, `**` anything at all. */
export function globReader(glob: string): (name: string) => boolean {
  const source = glob.split(/(\*\*|\*)/).map((part) =>
    part === "**" ? ".*" : part === "*" ? "[^.]*" : literal(part)
  ).join("");
  const regex = new RegExp(`^(?:|.*\\.)${source}$`, "s");
  return (name) => regex.test(name);
}

/** A text as it stands, but for its choices, as in `{attn|sa}`. */
function literal(text: string): string {
  return text.split(CHOICE).map((part, i) =>
    i % 2 === 0 ? escaped(part) : `(?:${part.split("|").map(escaped).join("|")})`
  ).join("");
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
