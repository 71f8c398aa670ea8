import assert from "node:assert/strict";
import { correlationTable } from "../../../lib/correlations/correlation_table.ts";
import { correlationsFigure } from "../../../lib/figures/emergence/correlations.ts";
import { drawnTexts } from "../drawn_texts.ts";

const steps = [0, 1, 2, 4, 8, 16, 32];
const table = (values: number[], column = "E") =>
  correlationTable(
    steps.map((step, i) => ({ step, [column]: i + (i % 2) })),
    ["copying", "sorting"].flatMap((metric) =>
      steps.map((step, i) => ({ step, metric, value: values[i]! }))
    ),
    { draws: 50, permutations: 10, column },
  );

Deno.test("correlationsFigure() names every metric, its three correlations and how many points each has", () => {
  const figure = correlationsFigure(table([0, 0, 2, 2, 4, 4, 6]), { model: "toy" });
  assert.equal(figure.name, "correlations_pearson");
  const texts = drawnTexts(figure);
  for (const text of ["copying", "sorting"]) {
    assert.equal(texts.filter((t) => t === text).length, 1, text);
  }
  for (const text of ["levels", "changes", "time taken out", "n = 6"]) {
    assert.equal(texts.filter((t) => t === text).length, 2, text);
  }
  assert.equal(texts.filter((t) => t === "n = 7").length, 4);
  assert.equal(texts.filter((t) => t === "time alone").length, 1);
});

Deno.test("correlationsFigure() says where there is no correlation", () => {
  const figure = correlationsFigure(table([3, 3, 3, 3, 3, 3, 3]), {
    model: "toy",
    method: "spearman",
  });
  assert.equal(drawnTexts(figure).filter((t) => t === "none; the table says why").length, 6);
});

Deno.test("correlationsFigure() refuses several quantities, and a method that the table lacks", () => {
  const rows = table([0, 0, 2, 2, 4, 4, 6]);
  assert.throws(
    () => correlationsFigure([...rows, ...table([0, 1, 2, 3, 4, 5, 9], "width")], { model: "toy" }),
    /shows one quantity by pearson, but the table has 2/,
  );
  assert.throws(
    () => correlationsFigure(rows.filter(({ method }) => method === "spearman"), { model: "toy" }),
    /shows one quantity by pearson, but the table has 0/,
  );
});

Deno.test("correlationsFigure() says how many steps only one of the two has", () => {
  const rows = correlationTable(
    [...steps, 64, 128].map((step, i) => ({ step, E: i + (i % 2) })),
    steps.map((step, i) => ({ step, metric: "copying", value: i })),
    { draws: 50, permutations: 10 },
  );
  const { caption } = correlationsFigure(rows, { model: "toy" });
  assert.match(caption, /Steps left out, at which only one of the two was measured: 2\. $/);
});
