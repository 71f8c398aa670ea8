/** A notebook's page of solutions: what each exercise changes, what is shown then, and what that says. */

import type { Exercise, NotebookExercises } from "./exercises.ts";

/** An exercise that was run, or why it was not. */
export interface Solved {
  readonly exercise: Exercise;
  /** The exercise as the notebook words it. */
  readonly question: string;
  /** All that is shown; absent if it was not run. */
  readonly shown?: string;
  readonly discussion: string;
}

/** What a run shows, without drawings, by kind. */
interface Shown {
  readonly tables: readonly string[];
  readonly lines: readonly string[];
  readonly captions: readonly string[];
  readonly labels: readonly string[];
}

/** Splits what is shown into tables, other lines, sentences of captions, and labels of figures. */
export function partsShown(shown: string): Shown {
  const labels = [...shown.matchAll(/<text[^>]*>([^<]+)</g)].map(([, label]) => label!)
    .filter((label) =>
      label.length <= 60 && !label.endsWith(".") && /\p{L}|^[−-]?\.\d|^\d\.\d{3}$/u.test(label)
    );
  const text = shown.replaceAll(/<svg[^]*?<\/svg>/g, "").split("\n")
    .map((line) => line.trimEnd()).filter((line) => !/^\s*<|^Paragraphs|\/tmp\//.test(line));
  const tables: string[] = [], lines: string[] = [], captions: string[] = [];
  for (let i = 0; i < text.length; i++) {
    const line = text[i]!;
    if (/^─+( +─+)*$/.test(text[i + 1] ?? "")) {
      const widths = text[i + 1]!.length;
      const table = [line, text[++i]!];
      const isRow = (row = "") =>
        row.trim() !== "" && row.length <= widths + 1 && /\s{2}/.test(row);
      const isHead = (at: number) => /^─+( +─+)*$/.test(text[at + 1] ?? "");
      while (isRow(text[i + 1]) && !isHead(i + 1)) table.push(text[++i]!);
      tables.push(table.join("\n"));
    } else if (/^Figure \w+: /.test(line)) {
      captions.push(...line.replace(/^Figure \w+: /, "").split(/(?<=\.) (?=\p{Lu})/u));
    } else if (line.trim() !== "") lines.push(line);
  }
  return { tables, lines, captions, labels };
}

/** The decimal numbers of a discussion that are in nothing that is shown, however they are rounded. */
export function unknownNumbers(discussion: string, sources: readonly string[]): string[] {
  const decimals = (text: string) =>
    text.replaceAll("−", "-").match(/(?<![\w.])-?\d*\.\d+(e-?\d+)?/g) ?? [];
  const known = sources.flatMap((source) =>
    decimals(source.replaceAll(/<(?!text|\/text)[^>]*>|<text[^>]*>/g, " ")).map(Number)
  );
  return decimals(discussion).filter((number) => {
    const digits = number.split(".")[1]!.length;
    const near = 0.5 * 10 ** -digits + 1e-9;
    return !known.some((value) => Math.abs(value - Number(number)) <= near);
  });
}

const fenced = (text: string, language = "text") => `\`\`\`${language}\n${text}\n\`\`\``;
const columns = (table: string) => table.split("\n")[0]!.split(/\s{2,}/).join("|").trim();
const unique = (items: readonly string[]) => [...new Set(items)];

function oneSolution({ exercise, question, shown, discussion }: Solved, plain: string): string {
  const { number, edits, model } = exercise;
  const parts = [`## ${number}. ${question}`];
  if (typeof edits === "string") parts.push(`Not run for this page: ${edits}.`);
  if (typeof edits !== "string" && shown !== undefined) {
    const changes = edits.map(([text, replacement]) =>
      [text, replacement].map((code, i) =>
        code.replace(/\n$/, "").split("\n").map((line) => `${"-+"[i]} ${line}`).join("\n")
      ).join("\n")
    );
    if (changes.length > 0) parts.push(fenced(changes.join("\n"), "diff"));
    if (model !== undefined) parts.push(`Run on \`${model}\`.`);
    const [before, now] = [partsShown(plain), partsShown(shown)];
    const fresh = (kind: keyof Shown) =>
      unique(now[kind].filter((item) => !before[kind].includes(item)));
    const tables = fresh("tables");
    const replaced = model !== undefined
      ? []
      : unique(before.tables.filter((table) =>
        !now.tables.includes(table) && tables.some((other) => columns(other) === columns(table))
      ));
    if (replaced.length > 0) parts.push("Before:", fenced(replaced.join("\n\n")));
    const after = [...tables, ...fresh("lines")];
    if (after.length > 0) parts.push("Now:", fenced(after.join("\n\n")));
    const figures = [...fresh("labels"), ...fresh("captions")];
    if (figures.length > 0) {
      parts.push("New in the figures:", figures.map((item) => `- ${item}`).join("\n"));
    }
    if (after.length + figures.length === 0) parts.push("No table and no label changes.");
  }
  parts.push(discussion);
  return parts.join("\n\n");
}

/** The page; `plain` is what the notebook shows without the exercises' changes. */
export function solutionPage(
  { notebook, quick = [], own }: NotebookExercises,
  solved: readonly Solved[],
  plain: string,
): string {
  const models = own || notebook === "17_other_architectures"
    ? "the notebook's own models"
    : "`small`, which is nano-32 at steps 0, 128, 512, 768 and 4096";
  const speed = quick.length === 0 ? "" : ` All runs on this page share these changes for speed:

${
    fenced(
      quick.map(([text, code]) => `- ${text}\n+ ${code}`.replaceAll(/\n(?![-+])/g, "\n  ")).join(
        "\n",
      ),
      "diff",
    )
  }
`;
  return `# Solutions of ${notebook}

Written by \`deno task solutions\`, and held against a new run by a test. The numbers are of ${models}, with fewer samples where that is said, so yours will differ: compare directions, not digits.${speed}

${solved.map((one) => oneSolution(one, plain)).join("\n\n")}
`.replaceAll(/\n{3,}/g, "\n\n");
}
