import assert from "node:assert/strict";
import { notebookSummary } from "../../lib/notebooks/notebook_summary.ts";

const summaryOf = (...sources: string[]) =>
  notebookSummary({
    path: "n.ipynb",
    metadata: {},
    cells: sources.map((source, i) => ({
      ...{ kind: "markdown" as const, id: `c${i}`, metadata: {}, storedOutputs: 0 },
      source,
    })),
  });

Deno.test("a notebook is summed up by its heading and the question under it", () => {
  const opening = "# A first look: from weights to E\n\n" +
    "**The question.** A model learns _skills_. Do its\nweights show it? We will see.\n\nMore.\n";
  assert.deepEqual(summaryOf(opening, "# Another\n"), {
    title: "A first look: from weights to E",
    question: "A model learns <em>skills</em>. Do its weights show it?",
  });
});

Deno.test("without a question the first paragraph stands whole, and without a heading nothing does", () => {
  assert.equal(summaryOf("# Title\nOne. Two.\n\nThree.").question, "One. Two.");
  assert.deepEqual(summaryOf("# Title\n"), { title: "Title", question: "" });
  assert.deepEqual(summaryOf("no heading"), { title: "", question: "" });
  assert.deepEqual(summaryOf(), { title: "", question: "" });
});

Deno.test("what would run in a page is text, or a link without an address", () => {
  const opening =
    "# T <script>alert(1)</script>\n**The question.** What <script>alert('q')</script>" +
    "<img src=x onerror=alert(2)> [x](javascript:alert(3)) $<img src=x>$ [y](https://example.org)?\n";
  assert.deepEqual(summaryOf(opening), {
    title: "T <script>alert(1)</script>",
    question: "What &lt;script&gt;alert('q')&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt; " +
      '<a>x</a> <i>&lt;img src=x&gt;</i> <a href="https://example.org">y</a>?',
  });
});

Deno.test("formulas are set in letters that need no script", () => {
  assert.equal(
    summaryOf("# T\n\nHow does $\\alpha_0$ follow $\\tau(q)$ where $r_{max} < d$?\n").question,
    "How does <i>α<sub>0</sub></i> follow <i>τ(q)</i> where <i>r<sub>max</sub> &lt; d</i>?",
  );
});
