import assert from "node:assert/strict";
import { type HeatMap, heatMapPanel, scaleKey, signChanges } from "../../lib/figures/heat_map.ts";
import { drawFigure } from "../../lib/figures/render/draw_figure.ts";
import { drawnTexts } from "./drawn_texts.ts";

const map: HeatMap = {
  columns: [0, 1024],
  rows: ["low", "", "high"],
  cells: [0, 1].flatMap((column) =>
    [0, 1, 2].map((row) => ({
      column,
      row,
      color: "#123456",
      text: `${column}${row}`,
      textColor: "red",
    }))
  ),
  rowHeight: 24,
  label: "↑ rows",
};
const draw = (more: Partial<HeatMap> = {}) =>
  drawFigure({ name: "map", title: "", caption: "", panels: [heatMapPanel({ ...map, ...more })] });

Deno.test("heatMapPanel() draws every cell with its text, and the names of rows and columns", () => {
  const figure = draw();
  assert.equal(figure.svg.match(/fill="#123456"/g)!.length, 6);
  const texts = drawnTexts(figure);
  for (const text of ["00", "12", "low", "high", "0", "1,024", "↑ rows", "training step →"]) {
    assert.ok(texts.includes(text), text);
  }
});

Deno.test("heatMapPanel() leaves texts out where columns are too narrow for them", () => {
  const columns = Array.from({ length: 60 }, (_, i) => i);
  assert.ok(!drawnTexts(draw({ columns })).includes("00"));
});

Deno.test("heatMapPanel() slants names that are wider than their column and skips some where they would touch", () => {
  const columns = Array.from({ length: 100 }, (_, i) => 1000 * i);
  const figure = draw({ columns });
  assert.match(figure.svg, /rotate\(-45\)/);
  const names = drawnTexts(figure).filter((text) =>
    columns.some((step) => step.toLocaleString("en-US") === text)
  );
  assert.ok(names.length > 20 && names.length < 50, `${names.length}`);
  assert.doesNotMatch(draw().svg, /rotate\(-45\)/);
});

Deno.test("heatMapPanel() without named columns has neither names nor label", () => {
  const texts = drawnTexts(draw({ named: false }));
  assert.ok(!texts.includes("1,024") && !texts.includes("training step →"));
  assert.ok(texts.includes("low"));
});

Deno.test("heatMapPanel() draws boundaries with their breadth", () => {
  const boundaries = [{ x1: 1, y1: 0, x2: 1, y2: 1, width: 2.5 }];
  assert.match(draw({ boundaries }).svg, /stroke-width="2.5"/);
});

Deno.test("scaleKey() draws all colours with the bounds between them", () => {
  const figure = drawFigure({
    ...{ name: "key", title: "", caption: "" },
    panels: [scaleKey("E", ["#111111", "#222222", "#333333"], ["−1", "1"])],
  });
  assert.equal(figure.svg.match(/fill="#(111111|222222|333333)"/g)!.length, 3);
  assert.deepEqual(drawnTexts(figure).filter((text) => text !== ""), ["−1", "1", "E"]);
});

const lines = (rows: number[][]) =>
  signChanges(
    rows.flatMap((values, row) => values.map((value, column) => ({ column, row, value }))),
  )
    .map(({ x1, y1, x2, y2, width }) => [x1, y1, x2, y2, width]);

Deno.test("signChanges() are the edges between cells of opposite sign", () => {
  assert.deepEqual(lines([[1, -1], [1, 1]]), [[1, 0, 1, 1, 2], [1, 1, 2, 1, 2]]);
});

Deno.test("signChanges() are thin between numbers that both print as 0", () => {
  assert.deepEqual(lines([[0.004, -0.004, 0.005]]), [[1, 0, 1, 1, 0.75], [2, 0, 2, 1, 2]]);
});

Deno.test("signChanges() are nowhere beside a 0 or NaN, nor where the sign stays", () => {
  assert.deepEqual(lines([[1, 0, -1], [NaN, 1, NaN], [2, 3, NaN]]), []);
});
