/** What a notebook is about, from its opening. */

import { marked } from "marked";
import { escapeHtml } from "../tables/escape_html.ts";
import type { Notebook } from "./notebook.ts";
import { safeHtml } from "./safe_html.ts";

/** A notebook in two sentences. */
export interface NotebookSummary {
  /** The first heading, as plain text; empty where the first text cell has none. */
  readonly title: string;
  /** The paragraph under it as HTML that runs nothing, up to its last question if it asks one. */
  readonly question: string;
}

/** Reads title and question from a notebook's first text cell. */
export function notebookSummary({ cells }: Notebook): NotebookSummary {
  const opening = cells.find(({ kind }) => kind === "markdown")?.source ?? "";
  const [, title = "", below = ""] = opening.match(/^# (.*)\n([^]*)$/m) ?? [];
  const paragraph = below.trim().split(/\n\s*\n/)[0]!.replace(/^\*\*The question\.\*\*\s*/, "");
  const asked = paragraph.slice(0, paragraph.lastIndexOf("?") + 1) || paragraph;
  return {
    title: title.trim(),
    question: safeHtml(marked.parseInline(withoutMath(asked), { async: false }))
      .replaceAll("\n", " "),
  };
}

const greek: Readonly<Record<string, string>> = {
  alpha: "α",
  gamma: "γ",
  tau: "τ",
  Delta: "Δ",
};

/** Short formulas as italic letters, since a page without scripts sets no LaTeX. */
function withoutMath(markdown: string): string {
  return markdown.replace(/\$([^$]+)\$/g, (_, formula: string) => {
    const letters = escapeHtml(formula).replace(
      /\\([A-Za-z]+)\s?/g,
      (_, name) => greek[name] ?? name,
    );
    return `<i>${letters.replace(/_(\w|\{[^}]*\})/g, (_, below) => subscript(below))}</i>`;
  });
}

function subscript(below: string): string {
  return `<sub>${below.replace(/[{}]/g, "")}</sub>`;
}
