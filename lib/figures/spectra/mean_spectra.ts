/** The mean spectrum of a step over its samples, and how it is drawn. */

import * as Plot from "@observablehq/plot";
import type { SpectraRow } from "../../multifractal/spectra_tables.ts";
import type { Panel } from "../render/draw_figure.ts";
import {
  ABOVE,
  ALPHA_AXIS,
  extent,
  frame,
  panel,
  STEP_KEY_MARGIN,
  stepColors,
  stepKey,
} from "../style.ts";
import { isNarrow } from "../figure_style.ts";

/** The mean spectrum of a step; r² is `null` at q = 0, which has no fit, and alpha at the last order, which has none. */
export type MeanSpectrum = ReturnType<typeof averageSpectra>[number];

/** Average the spectra of each of some steps over its samples, order by order. */
export function averageSpectra(rows: readonly SpectraRow[], steps: readonly number[]) {
  const there = [...new Set(rows.map((row) => row.step))].join(", ");
  if (steps.length === 0) throw new RangeError(`no step to draw; the table has the steps ${there}`);
  return steps.map((step) => {
    const own = rows.filter((row) => row.step === step);
    if (own.length === 0) {
      throw new RangeError(`step ${step} has no spectrum in the table; steps: ${there}`);
    }
    const orders = Map.groupBy(own, ({ q }) => q);
    const samples = new Set(own.map(({ sample }) => sample)).size;
    const points = [...orders].map(([q, group]) => ({
      q,
      tau: mean(group.map(({ tau }) => tau))!,
      rSquared: q === 0 ? null : mean(group.map(({ rValue }) => rValue ** 2)),
      alpha: mean(group.map(({ alpha }) => alpha)),
      fAlpha: mean(group.map(({ fAlpha }) => fAlpha)),
    }));
    return { step, samples, points };
  });
}

function mean(values: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const value of values) {
    if (value === null) return null;
    sum += value;
  }
  return sum / values.length;
}

/** What the band is, for captions. */
export const SPECTRUM_BAND_CAPTION =
  "Bands: at each order q the least to the largest α of the samples, at their mean f.";

/** A line for the mean spectrum of a step and a band from the least to the largest alpha of its samples at each order. */
export function spectrumMarks(
  { step, points }: MeanSpectrum,
  rows: readonly SpectraRow[],
  color: string,
): Plot.Markish[] {
  const byOrder = Map.groupBy(
    rows.filter((row) => row.step === step && row.alpha !== null),
    ({ q }) => q,
  );
  const drawn = points.flatMap(({ q, alpha, fAlpha }) => {
    if (alpha === null || fAlpha === null) return [];
    const [least, largest] = extent(byOrder.get(q)!.map((row) => row.alpha!));
    return [{ q, alpha, fAlpha, least, largest }];
  });
  // Left and right of the peak f is a height like any other; across it, it goes up and down again.
  const sides = [drawn.filter(({ q }) => q >= 0), drawn.filter(({ q }) => q <= 0)];
  return [
    ...sides.map((side) =>
      Plot.areaX(side, { x1: "least", x2: "largest", y: "fAlpha", fill: color, fillOpacity: 0.2 })
    ),
    Plot.line(drawn, { x: "alpha", y: "fAlpha", stroke: color, strokeWidth: 2 }),
  ];
}

/** Share of an axis that is left free at either end. */
const MARGIN = 0.03;

/** Domains of alpha and f(alpha) that hold every sample of some steps. */
export function spectrumDomains(
  tables: readonly (readonly SpectraRow[])[],
  steps: readonly number[],
): { x: [number, number]; y: [number, number] } {
  const rows = tables.flatMap((table) =>
    table.filter(({ step, alpha }) => alpha !== null && steps.includes(step))
  );
  return {
    x: domain(rows.map(({ alpha }) => alpha!)),
    y: domain(rows.map(({ fAlpha }) => fAlpha!)),
  };
}

function domain(values: readonly number[]): [number, number] {
  const [low, high] = extent(values);
  return [low - MARGIN * (high - low), high + MARGIN * (high - low)];
}

/** A panel for each of some tables, all on the same axes, with the key of steps beside the last of the first row. */
export function spectraPanels(
  tables: readonly { readonly name: string; readonly rows: readonly SpectraRow[] }[],
  steps: readonly number[],
  { columns, height, ticks, right }: Record<"columns" | "height" | "ticks" | "right", number>,
): { panels: Panel[]; counts: number[] } {
  const colors = stepColors(steps.length);
  const means = tables.map(({ rows }) => averageSpectra(rows, steps));
  const domains = spectrumDomains(tables.map(({ rows }) => rows), steps);
  const across = Math.min(columns, tables.length);
  const width = (panel.width - STEP_KEY_MARGIN - panel.marginLeft) / across;
  const panels = tables.map(({ name, rows }, i): Panel => {
    const isFirst = i % columns === 0, isLast = i % columns === across - 1;
    const isLowest = i >= tables.length - columns;
    const marginLeft = isFirst ? panel.marginLeft : 14;
    const marginRight = isLast ? STEP_KEY_MARGIN : right;
    return {
      ...frame({ height, marginTop: 40, marginLeft, marginRight }),
      width: width + (isFirst ? panel.marginLeft : 0) + (isLast ? STEP_KEY_MARGIN : 0),
      x: {
        ...ALPHA_AXIS,
        ...isNarrow() && { label: "α →" },
        ...{ domain: domains.x, ticks },
        ...!isLowest && { label: null },
      },
      y: {
        ...{ domain: domains.y, label: isFirst ? "↑ f(α)" : null, grid: true },
        ...!isFirst && { axis: null },
      },
      marks: [
        Plot.text([name], { ...ABOVE, dy: -14, ...isNarrow() && { lineWidth: 8 } }),
        ...means[i]!.flatMap((curve, j) => spectrumMarks(curve, rows, colors[j]!)),
        ...i === across - 1 ? stepKey(steps, colors) : [],
      ],
    };
  });
  return { panels, counts: means.flat().map(({ samples }) => samples) };
}
