import assert from "node:assert/strict";
import { queryKeyValueRowsFigure } from "../../../lib/figures/networks/query_key_value_rows.ts";
import { drawnTexts } from "../drawn_texts.ts";

const rowsOf = (neuron: number, hidden = 64, heads = 4) =>
  drawnTexts(queryKeyValueRowsFigure({ hidden, heads, neuron })).filter((t) =>
    t.startsWith("row ")
  );

Deno.test("queryKeyValueRowsFigure() names the rows of both readings by what is stored there", () => {
  assert.deepEqual(rowsOf(20).toSorted(), [
    "row 148: query 4 of head 3",
    "row 20: key 4 of head 0",
    "row 52: query 4 of head 1",
    "row 68: key 4 of head 1",
    "row 84: value 4 of head 1",
    "row 84: value 4 of head 1",
  ]);
});

Deno.test("queryKeyValueRowsFigure() keeps every label inside the figure, for the first neuron and the last", () => {
  for (const neuron of [0, 20, 32, 63]) {
    const { svg, width } = queryKeyValueRowsFigure({ hidden: 64, heads: 4, neuron });
    const groups = [...svg.matchAll(/<g aria-label="text"[^>]*>.*?<\/g>/gs)].map(([group]) =>
      group
    );
    let labels = 0;
    for (const group of groups) {
      const end = /text-anchor="end"/.test(group.slice(0, group.indexOf(">")));
      const dx = Number(group.match(/translate\((-?[\d.]+),/)?.[1] ?? 0);
      for (
        const [, x, text] of group.matchAll(/translate\(([\d.]+),[\d.]+\)"[^>]*>(row [^<]*)</g)
      ) {
        labels++;
        // Bold letters of 12 px are 7.4 px wide on average.
        const reach = Number(x) + dx + (end ? -1 : 1) * 7.4 * text!.length;
        assert.ok(reach > 0 && reach < width, `${text} of neuron ${neuron} reaches ${reach}`);
      }
    }
    assert.equal(labels, 6);
  }
});

Deno.test("queryKeyValueRowsFigure() names heads and parts where there is room", () => {
  const few = drawnTexts(queryKeyValueRowsFigure({ hidden: 64, heads: 4, neuron: 0 }));
  assert.ok(few.includes("head 3") && few.includes("q"));
  const many = drawnTexts(queryKeyValueRowsFigure({ hidden: 4096, heads: 32, neuron: 0 }));
  assert.ok(!many.includes("head 3") && !many.includes("q"));
});

Deno.test("queryKeyValueRowsFigure() draws the same bytes twice, and refuses what cannot be", () => {
  const draw = () => queryKeyValueRowsFigure({ hidden: 64, heads: 4, neuron: 20 }).svg;
  assert.equal(draw(), draw());
  assert.throws(() => rowsOf(0, 64, 5), /5 heads cannot share 64 neurons/);
  for (const neuron of [64, -1, 0.5]) {
    assert.throws(() => rowsOf(neuron), new RegExp(`from 0 to 63, but it is ${neuron}$`));
  }
});
