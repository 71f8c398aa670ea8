import assert from "node:assert/strict";
import { boxGrowingFigure } from "../../../lib/figures/networks/box_growing.ts";
import type { MassTable } from "../../../lib/networks/mass_table.ts";

/** Nodes that all have 6, 6 and 1 edges of the lengths 2, 5 and 9. */
function masses(selected: number, nodes = selected): MassTable {
  return {
    radii: Float64Array.of(2, 5, 9),
    counts: Uint32Array.from({ length: 3 * selected }, (_, i) => [6, 6, 1][i % 3]!),
    selected: Uint32Array.from({ length: selected }, (_, i) => i),
    nodes,
    edges: 13 * nodes,
  };
}

/** Number of lines drawn faintly. */
function companions(svg: string): number {
  return svg.match(/<g[^>]*stroke-opacity="0\.25"[^>]*>(.*?)<\/g>/s)![1]!.match(/<path/g)?.length ??
    0;
}

Deno.test("boxGrowingFigure() tells how the mass of the neuron grows and how many were measured", () => {
  const { caption, name } = boxGrowingFigure(masses(4, 9), { row: 2 });
  assert.equal(name, "box_growing");
  assert.match(caption, /mass grows from 7 at radius 2 to 14 at radius 9/);
  assert.match(caption, /3 radii, 4 of 9 neurons have enough edges/);
});

Deno.test("boxGrowingFigure() names the network and, at its line's end, the neuron", () => {
  const { svg } = boxGrowingFigure(masses(4), { neuron: "neuron 12", of: "toy at step 8" });
  assert.match(svg, />toy at step 8: a box grows around a neuron/);
  assert.match(svg, />neuron 12</);
});

Deno.test("boxGrowingFigure() draws the others faintly, sixty at most", () => {
  assert.equal(companions(boxGrowingFigure(masses(4)).svg), 3);
  for (const selected of [61, 119, 120, 1000]) {
    const drawn = companions(boxGrowingFigure(masses(selected), { row: 1 }).svg);
    assert.ok(drawn > 25 && drawn <= 60, `${drawn} of ${selected}`);
  }
});

Deno.test("boxGrowingFigure() draws the same bytes twice", () => {
  assert.equal(
    boxGrowingFigure(masses(70), { row: 5 }).svg,
    boxGrowingFigure(masses(70), { row: 5 }).svg,
  );
});

Deno.test("boxGrowingFigure() refuses a row that the table has not, and an empty table", () => {
  for (const row of [4, -1, 0.5, NaN]) {
    assert.throws(
      () => boxGrowingFigure(masses(4), { row }),
      new RegExp(`row must be from 0 to 3, but it is ${row}$`),
    );
  }
  assert.throws(
    () => boxGrowingFigure(masses(0, 5)),
    /none of the 5 neurons has enough edges to be drawn; raise the threshold/,
  );
});
