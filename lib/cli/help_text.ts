/** What `--help` prints, and the reference that says the same in Markdown. */

import type { Option } from "../options/option.ts";
import { type Command, flagName } from "./parse_flags.ts";

/** Columns that a help text fits in. */
const WIDTH = 80;
/** Where descriptions begin. */
const INDENT = 6;

/** The help text of a command: its sentence, then each flag with what it decides and its default. */
export function helpText({ name, summary, words, options }: Command): string {
  const flags = Object.entries(options).flatMap(([option, declared]) => [
    `  ${usage(option, declared)}`,
    ...wrapped(describe(declared), WIDTH - INDENT).map((line) => " ".repeat(INDENT) + line),
  ]);
  const line = [name, ...words === undefined ? [] : [`[${words.called}…]`], "[flags]"].join(" ");
  const lines = [...wrapped(summary, WIDTH), "", `Usage: ${line}`, "", ...flags];
  return [...lines, "  --help", `${" ".repeat(INDENT)}print this text`, ""].join("\n");
}

/** The reference of a command in Markdown: a table of its flags. */
export function flagTable({ options }: Command): string {
  const rows = Object.entries(options).map(([option, declared]) =>
    [`\`--${flagName(option)}\``, defaultOf(declared), declared.help]
      .map((cell) => cell.replaceAll("|", "\\|"))
  );
  const lines = [["flag", "default", "meaning"], ["---", "---", "---"], ...rows];
  return `${lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
}

function usage(name: string, option: Option<unknown>): string {
  const flag = `--${flagName(name)}`;
  if (option.words === "none") return flag;
  return `${flag} <${option.words === "many" ? "a,b,…" : option.choices?.join("|") ?? "value"}>`;
}

function describe(option: Option<unknown>): string {
  const text = defaultOf(option);
  return text === "" ? option.help : `${option.help} (default ${text})`;
}

/** The default of an option in words, as it would be typed where it has one. */
function defaultOf(option: Option<unknown>): string {
  const { default: value, otherwise = "", words } = option;
  if (words === "none" || value === undefined) return otherwise;
  if (typeof value !== "object" || value === null) return `${value}`;
  return Object.values(value).join(Array.isArray(value) ? "," : ":");
}

/** A text in lines of some width, broken at spaces. */
function wrapped(text: string, width: number): string[] {
  const [first, ...words] = text.split(" "), lines = [first!];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
