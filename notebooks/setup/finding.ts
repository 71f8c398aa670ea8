/** What is found out about a machine, and how it is told. */

import { textTable } from "../../lib/tables/shown_table.ts";
import { printable } from "../../lib/messages/shown.ts";

/** One thing that was looked at. */
export interface Finding {
  /** What it is, in a word or two. */
  readonly what: string;
  /** Whether it is there and works. */
  readonly status: "ok" | "missing" | "broken";
  /** What needs it where some can do without; everything does unless given. */
  readonly onlyFor?: string;
  /** What was met. */
  readonly found: string;
  /** What to do, where it is not ok. */
  readonly remedy?: string;
}

/** The findings that stop everything. */
export function needed(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ status, onlyFor }) => status !== "ok" && onlyFor === undefined);
}

/** The findings as a table, what to do about each that is not ok, and a sentence that sums them up. */
export function findingsText(findings: readonly Finding[]): string {
  const table = textTable(findings.map(({ what, status, onlyFor, found }) => ({
    check: what,
    status,
    neededBy: onlyFor ?? "all",
    found,
  })));
  const faults = findings.filter(({ status }) => status !== "ok");
  const remedies = faults.map(({ what, remedy }) => printable(`${what}: ${remedy ?? "see above"}`));
  const stops = needed(findings).length, others = faults.length - stops;
  const end = faults.length === 0
    ? "All is there."
    : stops === 0
    ? `All that is needed is there; ${others} of the rest ${others === 1 ? "is" : "are"} not.`
    : `Not ready: ${stops} of what everything needs ${
      stops === 1 ? "is" : "are"
    } missing or broken.`;
  return [table, ...faults.length > 0 ? ["", "What to do", ...remedies] : [], "", end].join("\n");
}
