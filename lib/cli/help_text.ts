/** The help text of a command, from the same table that its flags are read by. */

import type { Command, Flag } from "./parse_flags.ts";

/**
 * What `--help` prints: the command's sentence, then its flags in columns, with their defaults.
 */
export function helpText(command: Command): string {
  const rows = [
    ...command.flags.map((flag) => [usage(flag), describe(flag)] as const),
    ["--help", "print this text"] as const,
  ];
  const width = Math.max(...rows.map(([left]) => left.length));
  const lines = rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
  return `${command.summary}\n\nUsage: ${command.name} [flags]\n\n${lines.join("\n")}\n`;
}

function usage(flag: Flag): string {
  if (flag.type === "switch") return `--${flag.name}`;
  const value = flag.type === "list" ? "a,b,…" : flag.choices?.join("|") ?? flag.type;
  return `--${flag.name} <${value}>`;
}

function describe(flag: Flag): string {
  return flag.default === undefined
    ? flag.description
    : `${flag.description} (default ${flag.default})`;
}
