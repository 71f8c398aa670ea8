/** A map of coloured cells, one for each training step and row, with its key. */

import * as Plot from "@observablehq/plot";
import { frame, panel, stepWords } from "./style.ts";
import { isNarrow, SMALLEST_TEXT } from "./figure_style.ts";

/** Where a cell is; columns count from the left and rows from below, both from 0. */
type Place = { readonly column: number; readonly row: number };

/** A line between two cells, `width` pixels broad; the cell at (column, row) reaches from both numbers to one more. */
type CellBoundary = Readonly<Record<"x1" | "y1" | "x2" | "y2" | "width", number>>;

/** What a map shows. */
export interface HeatMap {
  /** The step of each column, from the left. */
  readonly columns: readonly number[];
  /** Names of the rows, from below; an empty name leaves its tick out. */
  readonly rows: readonly string[];
  /** The text is written where columns are wide enough. */
  readonly cells: readonly (Place & Readonly<Record<"color" | "text" | "textColor", string>>)[];
  readonly boundaries?: readonly CellBoundary[];
  /** Height of a row in pixels. */
  readonly rowHeight: number;
  /** Names the rows. */
  readonly label: string;
  /** Whether the columns are named below; `false` where another map with the same columns follows. */
  readonly named?: boolean;
  /** Room above, in pixels. */
  readonly above?: number;
}

/** Width of a letter of a row's name and of one under a column in pixels, between them of one in a cell in units of its size, on the wide side. */
const [NAME_LETTER, CELL_LETTER, COLUMN_LETTER] = [7, 0.6, 6.2];
const CELL_FONT = 9;
const MARGIN_RIGHT = 20;
/** Room above for the label of the rows. */
export const HEAT_MAP_TOP = 26;

/** A panel with the map. */
export function heatMapPanel(map: HeatMap): Plot.PlotOptions {
  const { columns, rows, cells, boundaries = [], rowHeight, label, named = true } = map;
  const above = map.above ?? HEAT_MAP_TOP;
  const longest = Math.max(...rows.map((name) => name.length));
  const marginLeft = Math.max(panel.marginLeft, 14 + NAME_LETTER * longest);
  const width = (panel.width - marginLeft - MARGIN_RIGHT) / columns.length;
  const steps = columns.map(stepWords);
  const widest = Math.max(...steps.map((name) => name.length)) * COLUMN_LETTER;
  // Upright names need a column each; slanted ones a line's height.
  const slanted = widest > width;
  const every = slanted ? Math.ceil(18 / width) : 1;
  const below = named ? (slanted ? 40 + widest * 0.72 : 44) : 8;
  const fontSize = isNarrow() ? SMALLEST_TEXT : CELL_FONT;
  const longestText = Math.max(...cells.map(({ text }) => text.length));
  const texts = longestText * CELL_LETTER * fontSize <= width;
  return {
    ...frame({ height: above + rows.length * rowHeight + below, marginTop: above }),
    ...{ marginLeft, marginRight: MARGIN_RIGHT, marginBottom: below },
    x: { domain: [0, columns.length] },
    y: { domain: [0, rows.length] },
    marks: [
      Plot.rect(cells, {
        x1: "column",
        x2: ({ column }) => column + 1,
        y1: "row",
        y2: ({ row }) => row + 1,
        fill: ({ color }) => color,
        // Cells too low for a gap must not show one through rounding either.
        ...rowHeight > 12 ? { inset: 0.5 } : { shapeRendering: "crispEdges" },
      }),
      ...texts
        ? [Plot.text(cells, {
          x: ({ column }) => column + 0.5,
          y: ({ row }) => row + 0.5,
          text: "text",
          fill: ({ textColor }) => textColor,
          fontSize,
        })]
        : [],
      Plot.link(boundaries, {
        ...{ x1: "x1", y1: "y1", x2: "x2", y2: "y2" },
        ...{ stroke: "black", strokeWidth: "width", strokeLinecap: "square" },
      }),
      Plot.axisY(rows.map((_, i) => i + 0.5).filter((_, i) => rows[i] !== ""), {
        tickFormat: (place: number) => rows[place - 0.5]!,
        tickSize: 0,
        label: null,
      }),
      Plot.text([label], {
        frameAnchor: "top-left",
        lineAnchor: "bottom",
        dx: -marginLeft + 4,
        dy: -7 - (above - HEAT_MAP_TOP),
      }),
      ...named
        ? [
          Plot.axisX(columns.map((_, i) => i + 0.5).filter((_, i) => i % every === 0), {
            tickFormat: (place: number) => steps[place - 0.5]!,
            tickSize: 0,
            ...slanted && { tickRotate: -45 },
            label: "training step →",
            labelAnchor: "center",
            labelOffset: below - 8,
          }),
        ]
        : [Plot.axisX([], { label: null })],
    ],
  };
}

/** A low panel with the colours of a scale side by side, and the bounds between them, one fewer, written below. */
export function scaleKey(
  label: string,
  colors: readonly string[],
  bounds: readonly string[],
): Plot.PlotOptions {
  // Where there is no room beside the colours, what they mean stands above them.
  const marginLeft = isNarrow() ? 14 : panel.marginLeft, room = isNarrow() ? 18 : 0;
  const inner = panel.width - marginLeft - MARGIN_RIGHT;
  const width = Math.min(44, inner / colors.length);
  const start = inner - width * colors.length;
  const end = (i: number) => start + width * i;
  return {
    ...frame({ height: 38 + room, marginTop: 6 + room, marginRight: MARGIN_RIGHT }),
    ...{ marginLeft, marginBottom: 18 },
    axis: null,
    x: { domain: [0, inner] },
    marks: [
      Plot.rect(colors, {
        x1: (_, i) => end(i),
        x2: (_, i) => end(i + 1),
        y1: 0,
        y2: 1,
        fill: (d) => d,
      }),
      Plot.text(bounds, { x: (_, i) => end(i + 1), y: 0, dy: 9, fontSize: 10 }),
      room > 0
        ? Plot.text([label], { x: start, y: 1, dy: -11, textAnchor: "start" })
        : Plot.text([label], { x: start, y: 0.5, dx: -8, textAnchor: "end" }),
    ],
  };
}

/** Breadths in pixels of a line between numbers that differ as printed, and between two that both print as 0. */
const [BROAD, THIN] = [2, 0.75];
/** The least size that does not print as 0. */
const PRINTED = 0.005;

/** The edges between neighbouring cells of opposite sign. A 0 or NaN has no sign. */
export function signChanges(
  cells: readonly (Place & { readonly value: number })[],
): CellBoundary[] {
  const values = new Map(cells.map(({ column, row, value }) => [`${column},${row}`, value]));
  const ordered = cells.toSorted((a, b) => a.column - b.column || a.row - b.row);
  return ordered.flatMap(({ column, row, value }) => {
    const [right, top] = [column + 1, row + 1];
    const sides = [
      { other: values.get(`${right},${row}`), x1: right, y1: row, x2: right, y2: top },
      { other: values.get(`${column},${top}`), x1: column, y1: top, x2: right, y2: top },
    ];
    return sides.flatMap(({ other = NaN, ...ends }) => {
      const isPrinted = Math.max(Math.abs(value), Math.abs(other)) >= PRINTED;
      return value * other < 0 ? [{ ...ends, width: isPrinted ? BROAD : THIN }] : [];
    });
  });
}
