/** What the fuzzer has found, as lines of text. */

import { printable } from "../../lib/messages/shown.ts";
import type { Failure, FormatResult } from "./fuzz.ts";
import { OUTCOMES } from "./outcome.ts";

/** A table of formats and classes, and how to try again what failed. */
export function resultLines(results: readonly FormatResult[]): string[] {
  const columns = OUTCOMES.filter((is) => results.some(({ counts }) => counts[is] > 0));
  const table = [
    ["format", "inputs", ...columns, "slowest", "growth"],
    ...results.map(({ format, counts, slowest, largest }) => [
      format,
      String(OUTCOMES.reduce((sum, is) => sum + counts[is], 0)),
      ...columns.map((is) => String(counts[is])),
      `${Math.round(slowest.milliseconds)} ms (${slowest.seed})`,
      `${Math.round(largest.bytes / 1e6)} MB (${largest.seed})`,
    ]),
  ];
  const widths = table[0]!.map((_, i) => Math.max(...table.map((row) => row[i]!.length)));
  const lines = table.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)).join("  ").trim());
  for (const { format, failures } of results) {
    for (const failure of failures) lines.push("", ...failureLines(format, failure));
  }
  return lines;
}

/** One failure, and how to try it again. */
export function failureLines(format: string, { outcome, seed, changes }: Failure): string[] {
  const only = /\s/.test(format) ? `"${format}"` : format;
  return [
    `${format}, ${outcome.is}: ${printable(outcome.message.slice(0, 400))}`,
    `  after ${changes.join(", ")}`,
    `  again by: deno task fuzz --only ${only} --seed ${seed} --count 1`,
  ];
}
