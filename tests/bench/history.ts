/** Figures of a benchmark with their marks, and those of earlier days: `tests/bench/history.csv`. */

import { fileURLToPath } from "node:url";
import { formatCsv } from "../../lib/files/csv.ts";

const path = fileURLToPath(new URL("./history.csv", import.meta.url));

/** One measured figure. */
export interface Figure {
  /** What was measured, the same words every time. */
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What it should reach, `null` where nothing was set. */
  readonly mark: Mark | null;
}

/** A mark: at most or at least so much. */
export type Mark = { readonly most: number } | { readonly least: number };

/** Whether a figure reaches its mark; one without a mark does. */
export function reaches({ value, mark }: Figure): boolean {
  if (mark === null) return true;
  return "most" in mark ? value <= mark.most : value >= mark.least;
}

/** A mark in words. */
export function markInWords(mark: Mark | null): string {
  if (mark === null) return "–";
  return "most" in mark ? `≤ ${mark.most}` : `≥ ${mark.least}`;
}

/** When, of what and on what a benchmark was taken. */
export interface Taken {
  readonly date: string;
  readonly commit: string;
  readonly cpu: string;
}

/** Add a line for each figure to the history. */
export async function keepFigures(taken: Taken, figures: readonly Figure[]): Promise<void> {
  const rows = figures.map(({ figure, value, unit }) => (
    { ...taken, figure, value: Number(value.toPrecision(3)), unit }
  ));
  const lines = formatCsv(["date", "commit", "cpu", "figure", "value", "unit"], rows);
  const before = await Deno.readTextFile(path).catch(() => "");
  const added = before === "" ? lines : lines.slice(lines.indexOf("\n") + 1);
  await Deno.writeTextFile(path, before + added);
}

/** The commit that is measured, from git's own files; "unknown" outside a clone. */
export async function commitHere(): Promise<string> {
  const git = new URL("../../.git/", import.meta.url);
  try {
    const head = (await Deno.readTextFile(new URL("HEAD", git))).trim();
    const commit = head.startsWith("ref: ")
      ? (await Deno.readTextFile(new URL(head.slice(5), git))).trim()
      : head;
    return commit.slice(0, 7);
  } catch {
    return "unknown";
  }
}
