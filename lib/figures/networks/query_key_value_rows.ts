/** Which stored rows of a fused query–key–value matrix are taken for a neuron, by either reading. */

import * as Plot from "@observablehq/plot";
import { queryKeyValueRow } from "../../architectures/fused_query_key_value.ts";
import type { QueryKeyValueLayout } from "../../options/values.ts";
import { drawFigure, type Figure, type Panel } from "../render/draw_figure.ts";
import { categoryColors, frame, panel } from "../style.ts";

const PARTS = ["query", "key", "value"] as const;
const COLORS = categoryColors.slice(0, 3);
/** A letter needs this many pixels, and `head 12` that many. */
const LETTER = 14, HEAD = 50;
/** Width of a bold letter in pixels. */
const BOLD_LETTER = 7.4;
/** Height of the strip and of a line of labels below it, in units of the vertical axis. */
const STRIP = 1, LINE = 0.62;

/** The matrix and the neuron. */
export interface QueryKeyValueRowsOptions {
  /** Neurons of the residual stream, h; the matrix has 3h rows. */
  readonly hidden: number;
  /** Attention heads; they divide h. */
  readonly heads: number;
  /** Which neuron, from 0 to h − 1. */
  readonly neuron: number;
}

/**
 * Draw the 3h stored rows of GPT-NeoX's fused matrix as a strip, head by head query, key, value, and mark the three rows
 * that are taken for one neuron: by the published reading, and by the layout that the model really has.
 *
 * @throws {RangeError} If the heads do not divide the neurons, or there is no such neuron.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { queryKeyValueRowsFigure } from "neuromfa/figures";
 *
 * const figure = queryKeyValueRowsFigure({ hidden: 64, heads: 4, neuron: 20 });
 * assert.match(figure.svg, /row 20: key 4 of head 0/);
 * ```
 */
export function queryKeyValueRowsFigure(
  { hidden, heads, neuron }: QueryKeyValueRowsOptions,
): Figure {
  if (!(Number.isInteger(hidden / heads) && heads >= 1)) {
    throw new RangeError(`${heads} heads cannot share ${hidden} neurons; give a divisor of it`);
  }
  if (!(Number.isInteger(neuron) && neuron >= 0 && neuron < hidden)) {
    throw new RangeError(`neuron must be from 0 to ${hidden - 1}, but it is ${neuron}`);
  }
  const sizes = { hidden, heads }, size = hidden / heads;
  const strip = (layout: QueryKeyValueLayout) => {
    const rows = ([0, 1, 2] as const).map((part) => queryKeyValueRow(layout, part, neuron, sizes));
    return stripPanel(rows, sizes, `qkv: "${layout}"`);
  };
  return drawFigure({
    name: "query_key_value_rows",
    title: `Which stored rows are neuron ${neuron}'s query, key and value?`,
    caption: `The fused matrix of ${hidden} neurons has ${3 * hidden} rows, stored head by head ` +
      `(${heads} heads): ${size} queries, as many keys, as many values. Above: rows x, x + ` +
      `${hidden} and x + ${2 * hidden}, as the published code takes them. Below: the rows that ` +
      "belong to one neuron.",
    panels: [strip("reference"), strip("per-head")],
  });
}

function stripPanel(
  rows: readonly number[],
  { hidden, heads }: { hidden: number; heads: number },
  label: string,
): Panel {
  const size = hidden / heads;
  const width = panel.width - 24;
  const segments = Array.from({ length: 3 * heads }, (_, i) => (
    { x1: i * size, x2: (i + 1) * size, part: i % 3 }
  ));
  const pixels = width * size / (3 * hidden);
  const ascending = rows.toSorted((one, other) => one - other).map((row) => {
    const part = Math.floor(row / size) % 3, head = Math.floor(row / (3 * size));
    const text = `row ${row}: ${PARTS[part]} ${row % size} of head ${head}`;
    return { x: row + 0.5, color: COLORS[part]!, text };
  });
  const taken = placeLabels(ascending, width / (3 * hidden), width);
  const labels = (end: boolean) =>
    Plot.text(taken.filter((row) => row.end === end), {
      ...{ x: "x", y: "y", text: "text", fill: "color", fontWeight: "bold" },
      ...{ textAnchor: end ? "end" : "start", dx: end ? -5 : 5, dy: -1 } as const,
    });
  return {
    ...frame({ height: 168, marginTop: 40, marginBottom: 4, marginLeft: 12, marginRight: 12 }),
    axis: null,
    x: { domain: [0, 3 * hidden] },
    y: { domain: [-STRIP / 2 - 3.5 * LINE, STRIP / 2] },
    marks: [
      Plot.text([label], {
        ...{ frameAnchor: "top-left", lineAnchor: "bottom", dy: -20, fontWeight: "bold" } as const,
      }),
      Plot.rect(segments, {
        ...{ x1: "x1", x2: "x2", y1: -STRIP / 2, y2: STRIP / 2, insetLeft: 0.5 },
        ...{ fill: ({ part }) => COLORS[part]!, fillOpacity: 0.3 },
      }),
      ...pixels < LETTER ? [] : [Plot.text(segments, {
        ...{ x: ({ x1, x2 }) => (x1 + x2) / 2, y: 0 },
        text: ({ part }) => pixels > 4 * LETTER ? PARTS[part]! : PARTS[part]![0]!,
      })],
      Plot.ruleX(Array.from({ length: heads + 1 }, (_, head) => 3 * size * head), {
        ...{ y1: -STRIP / 2, y2: STRIP / 2, strokeWidth: 1.5 },
      }),
      ...3 * pixels < HEAD ? [] : [Plot.text(Array.from({ length: heads }, (_, head) => head), {
        ...{ x: (head) => 3 * size * (head + 0.5), y: STRIP / 2 },
        ...{ text: (head) => `head ${head}`, lineAnchor: "bottom", dy: -4 },
      })],
      Plot.ruleX(taken, { x: "x", y1: STRIP / 2, y2: "y", stroke: "color", strokeWidth: 2 }),
      labels(false),
      labels(true),
    ],
  };
}

/** Give each of three labels, from left to right, a line and a side of its mark on which no other mark crosses it. */
function placeLabels<Row extends { readonly x: number; readonly text: string }>(
  rows: readonly Row[],
  scale: number,
  width: number,
) {
  const length = ({ text }: Row) => text.length * BOLD_LETTER;
  const right = rows.map((row) => row.x * scale + length(row) < width);
  const left = rows.every((row) => row.x * scale - length(row) > 0);
  const allLeft = left && right.includes(false);
  return rows.map((row, i) => ({
    ...row,
    end: allLeft || !right[i],
    y: -STRIP / 2 - LINE * (allLeft ? i + 1 : rows.length - i),
  }));
}
