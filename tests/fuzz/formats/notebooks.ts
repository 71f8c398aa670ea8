import { notebookModule } from "../../../notebooks/reproduce/notebook_module.ts";
import { notebookSummary } from "../../../notebooks/reproduce/gallery.ts";
import { formatExecuted } from "../../../notebooks/reproduce/format_executed.ts";
import { parseNotebook } from "../../../notebooks/reproduce/parse_notebook.ts";
import { type Format, oneFile, textOf } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";

const path = "/memory/notebook.ipynb";
const opening =
  "# Title\n\n**The question.** How does $\\alpha_0$ *move*? [More](https://e.org).\n";
const code = (...source: string[]) => ({
  cell_type: "code",
  id: `cell-${source[0]!.length}`,
  execution_count: null,
  metadata: { tags: ["a"] },
  outputs: [],
  source,
});

/** Notebooks, as far as they go without being run. */
export const notebooks: Format = {
  name: "notebooks",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators],
  names: /\/memory\/notebook\.ipynb/,
  quotesLines: true,
  start: () => ({
    seeds: [
      oneFile(
        "notebook.ipynb",
        JSON.stringify({
          nbformat: 4,
          nbformat_minor: 5,
          metadata: { kernelspec: { name: "deno", language: "typescript" } },
          cells: [
            { cell_type: "markdown", id: "a", metadata: {}, source: [opening] },
            code(
              'import { show } from "../mod.ts";\n',
              "const { a, b: [c] } = { a: 1, b: [2] };\n",
            ),
            code(
              "function twice(x: number): number {\n",
              "  return 2 * x;\n",
              "}\n",
              "twice(a + c);",
            ),
            code("await show(twice(a));\n"),
            { cell_type: "raw", id: "r", metadata: {}, source: "raw" },
          ],
        }),
      ),
    ],
    open(files) {
      const notebook = parseNotebook(textOf(files.get("notebook.ipynb")), path);
      const { sources, origins } = notebookModule(notebook);
      formatExecuted(notebook, sources.map(() => []));
      return { origins, summary: notebookSummary(notebook) };
    },
  }),
};
