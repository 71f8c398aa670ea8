/** Colours, sizes and axes that all figures share. */

// @ts-types="@types/d3-scale-chromatic"
import { interpolatePlasma, interpolateRdBu } from "d3-scale-chromatic";
// @ts-types="@types/d3-array"
import { ticks as evenTicks } from "d3-array";
import * as Plot from "@observablehq/plot";
import { signed } from "../messages/signed.ts";
import { isNarrow, layoutWidth } from "./figure_style.ts";

/** Categorical colours that colour-blind readers can tell apart (Okabe and Ito, 2008), without its yellow, too light for lines. */
export const categoryColors: readonly string[] = [
  ...["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000"],
];

/**
 * Dashes of a line in print, by its categorical colour: in grey only the first, blue, and the last, black, are told from the
 * others by their lightness.
 */
export const PRINT_DASHES: ReadonlyMap<string, string> = new Map(
  ["10,3", "2,2.5", "8,3,2,3", "14,4", "5,2,1.5,2,1.5,2"].map((dashes, i) =>
    [categoryColors[i + 1]!, dashes] as const
  ),
);

/** The colour of what a figure is about, where nothing else is coloured. */
export const MAIN_COLOR = "#0072B2";

/** The colour of E where scores beside it have the categorical colours, of which it is the last. */
export const EMERGENCE_COLOR = "#000000";

/** The colour of the i-th score beside E, whose own is none of them. */
export function scoreColor(i: number): string {
  return categoryColors[i % (categoryColors.length - 1)]!;
}

/** Dashes of the i-th score's line, where its colour is that of an earlier one; `undefined` for the first of each colour. */
export function scoreDash(i: number): string | undefined {
  return i < categoryColors.length - 1 ? undefined : "5,3";
}

/** The colour of the full network, which samples estimate. */
export const FULL_NETWORK_COLOR = "#000000";

/** Sequential colours for training steps, dark for the first, none too light to read. */
export function stepColors(count: number): string[] {
  const last = Math.max(1, count - 1);
  return Array.from({ length: count }, (_, i) => interpolatePlasma(0.75 * i / last));
}

/** The categorical colour of the i-th of several things; colours come again where things are many. */
export function categoryColor(i: number): string {
  return categoryColors[i % categoryColors.length]!;
}

/** Right margin that holds {@linkcode stepKey}: `step 143,000` in bold. */
export const STEP_KEY_MARGIN = 106;

/** Options that every panel starts from. */
export const panel = {
  /** Width of a panel that is alone in its row, which the style of figures decides. */
  get width(): number {
    return layoutWidth();
  },
  marginLeft: 56,
  marginBottom: 44,
  marginTop: 28,
  style: { fontSize: "12px" },
} as const;

/** A right margin for names in bold: the usual one, which holds so many letters, and more where a name is longer. */
export function nameMargin(names: readonly string[], usual: number, letters: number): number {
  const longest = Math.max(...names.map(({ length }) => length));
  return usual + 8.4 * Math.max(0, longest - letters);
}

/** A panel with a size and margins of its own. */
export function frame(own: Plot.PlotOptions): Plot.PlotOptions {
  return { ...panel, ...own };
}

/** Where a panel's name stands: above it, in bold. */
export const ABOVE = { frameAnchor: "top", lineAnchor: "bottom", fontWeight: "bold" } as const;
/** Where text stands that belongs to the place at its left. */
export const AFTER = { textAnchor: "start", dx: 8 } as const;
/** Where text stands that belongs to a row: right of the panel. */
export const BESIDE = { frameAnchor: "right", ...AFTER } as const;

/** The line at 0. */
export function zeroLine(): Plot.Markish {
  return Plot.ruleY([0], { stroke: "#999" });
}

/** The axis of E, that of alpha and that of f(alpha). */
export const E_AXIS = { label: "↑ degree of emergence E", grid: true } as const;
export const ALPHA_AXIS = {
  ...{ label: "Lipschitz–Hölder exponent α →", labelAnchor: "center", grid: true } as const,
};
export const SPECTRUM_AXIS = { label: "↑ multifractal spectrum f(α)", grid: true } as const;

/** The least and the largest of some numbers; NaN is left out. */
export function extent(values: readonly number[]): [number, number] {
  const known = values.filter((value) => !Number.isNaN(value));
  return [Math.min(...known), Math.max(...known)];
}

/** The range of some numbers in words, as one number where they read the same. */
export function rangeWords(values: readonly number[], digits = 0): string {
  const [least, most] = extent(values).map((value) => value.toFixed(digits));
  return least === most ? `${least}` : `${least} to ${most}`;
}

/** A step as figures write it, such as `143,000`. */
export function stepWords(step: number): string {
  return step.toLocaleString("en-US");
}

/** All values, each once, in ascending order. */
export function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** Classes on each side of 0. */
const SIDE = 4;
/** The colour of what has no number. */
export const MISSING_COLOR = "#ddd";

/** A scale of eight classes that holds all values: red below 0, blue above (safe for the colour-blind), grey for NaN. */
export function divergingScale(values: readonly number[]) {
  const most = Math.max(...values.filter((value) => !Number.isNaN(value)).map(Math.abs), 1e-9);
  const step = roundStep(most / SIDE);
  const color = (_: unknown, i: number) => interpolateRdBu(0.5 + (i + 0.5 - SIDE) / SIDE * 0.44);
  const colors = Array.from({ length: 2 * SIDE }, color);
  const place = (value: number) =>
    Math.max(0, Math.min(2 * SIDE - 1, SIDE + Math.floor(value / step)));
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  return {
    colors,
    bounds: colors.slice(1).map((_, i) => signed(((i + 1 - SIDE) * step).toFixed(digits))),
    color: (value: number) => Number.isNaN(value) ? MISSING_COLOR : colors[place(value)]!,
    smooth: (value: number) =>
      Number.isNaN(value)
        ? MISSING_COLOR
        : interpolateRdBu(0.5 + Math.max(-1, Math.min(1, value / SIDE / step)) * 0.44),
    textColor: (value: number) => Math.abs(value) >= (SIDE - 1) * step ? "white" : "black",
  };
}

/** The least of a few numbers of one digit that is not smaller. */
function roundStep(size: number): number {
  const power = Math.floor(Math.log10(size) + 1e-9);
  const digit = [1, 2, 3, 4, 5, 8, 10].find((one) => size / 10 ** power <= one + 1e-9)!;
  // A quotient of integers is the double nearest to the decimal.
  return power < 0 ? digit / 10 ** -power : digit * 10 ** power;
}

/** A number for a small cell: two decimals, without a 0 before them. */
export function short(value: number): string {
  return signed(value.toFixed(2)).replace(/^(−?)0\./, "$1.");
}

/** Width of a letter and of a square with the space around an entry, and height of a line, in pixels. */
const [LETTER, SPACE, LINE] = [7.2, 34, 14];

/** A low panel that names each colour, from left to right, in as many lines as it takes; squares unless given symbols. */
export function colorKey(
  names: readonly string[],
  colors: readonly string[],
  symbols: readonly Plot.SymbolType[] = [],
): Plot.PlotOptions {
  const width = panel.width - panel.marginLeft;
  const longest = Math.floor((width - SPACE) / LETTER);
  let [end, line] = [0, 0];
  const entries = names.map((whole, i) => {
    const name = shortName(whole, longest);
    const length = name.length * LETTER + SPACE;
    if (end > 0 && end + length > width + SPACE) [end, line] = [0, line + 1];
    const start = end;
    end += length;
    return { name, start, line, color: colors[i]!, symbol: symbols[i] ?? "square" as const };
  });
  const lines = line + 1;
  return {
    ...frame({ height: 8 + LINE * lines, marginTop: 4, marginRight: 0, marginBottom: 4 }),
    axis: null,
    x: { domain: [0, width] },
    // A single line has no scale of its own: it stands in the middle.
    ...lines > 1 && { y: { domain: [lines - 0.5, -0.5] } },
    marks: entries.flatMap(({ name, start, line, color, symbol }) => {
      const y = lines > 1 ? { y: () => line } : {};
      return [
        Plot.dot([start], { x: (d) => d, ...y, symbol, r: 5, fill: color }),
        Plot.text([name], { x: () => start, ...y, text: (d) => d, textAnchor: "start", dx: 10 }),
      ];
    }),
  };
}

const size = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

/** A number of weights in short: `30.6K`, `1.2M`, `11.8B`. */
export function weightsLabel(weights: number): string {
  return size.format(weights);
}

/** From here on a number has no room beside an axis. */
const LARGE = 100_000;

/** A large number in short, `3M`, with a real minus; `null` for one that has room as it is. */
export function largeNumber(value: number): string | null {
  return Math.abs(value) < LARGE ? null : size.format(value).replace("-", "−");
}

/** Options of an axis over some values: short tick labels where whole ones have no room. */
export function valueAxis(values: readonly number[]): Pick<Plot.ScaleOptions, "tickFormat"> {
  if (!values.some((value) => largeNumber(value) !== null)) return {};
  // The ticks of one axis are written alike.
  return { tickFormat: (value: number) => size.format(value).replace("-", "−") };
}

/**
 * A name of at most so many letters: what is too long loses its middle, since names often differ at
 * their ends.
 */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name;
  const end = Math.floor((most - 1) / 2);
  return `${name.slice(0, most - 1 - end)}…${name.slice(name.length - end)}`;
}

/** The fewest steps that say how they are spaced. */
const FEWEST_STEPS = 5;

/**
 * Whether steps are spaced as numbers are, such as 0, 100, 200, … 1,000: five or more, no gap above 1.5 times the mean
 * gap, and in ln(1 + step) a gap of half the axis or more, which would stand empty.
 */
export function isEven(steps: Iterable<number>): boolean {
  const own = ascending([...steps]);
  const largestGap = (places: readonly number[]) =>
    Math.max(...places.slice(1).map((place, i) => place - places[i]!)) /
    (places.at(-1)! - places[0]!);
  return own.length >= FEWEST_STEPS && largestGap(own) <= 1.5 / (own.length - 1) &&
    largestGap([0, ...own.map(Math.log1p)]) >= 0.5;
}

/** Scale options for training steps on Plot's x axis, counted from `since`: even ones as they are, others by {@linkcode lnStepAxis}. */
export function stepAxis(steps: Iterable<number>, since = 0) {
  const own = [...steps];
  if (!isEven(own)) return lnStepAxis(own, since);
  const last = Math.max(1, ...own),
    label = since === 0 ? "training step →" : `steps since step ${stepWords(since)} →`;
  const ticks = evenTicks(0, last, isNarrow() ? 3 : 6);
  return {
    type: "linear" as const,
    labelAnchor: "center" as const,
    ticks,
    tickFormat: stepWords,
    label,
  };
}

/** Scale options for steps spaced as ln(1 + step), with ticks at 0 and powers of 4 or 16. */
export function lnStepAxis(steps: Iterable<number>, since = 0) {
  const last = Math.max(1, ...steps);
  const factor = tickFactor(last);
  const ticks = [0];
  for (let step = 1; step <= last; step *= factor) ticks.push(step);
  const label = since === 0
    ? "training step (spaced as ln(1 + step)) →"
    : `steps since step ${stepWords(since)} (spaced as ln(1 + steps)) →`;
  const scale = { type: "symlog", constant: 1, labelAnchor: "center" } as const;
  return { ...scale, ticks, tickFormat: stepWords, label };
}

/** How far apart the named steps are: more than nine names would touch, and more than five on a narrow axis. */
function tickFactor(last: number): number {
  if (!isNarrow()) return last > 4 ** 7 ? 16 : 4;
  return last > 4 ** 7 ? 64 : last > 4 ** 4 ? 16 : 4;
}

/** Text marks that name the steps in their colours, one under the other in the right margin. */
export function stepKey(steps: readonly number[], colors: readonly string[]): Plot.Markish[] {
  return steps.map((step, i) =>
    Plot.text([`step ${stepWords(step)}`], {
      ...BESIDE,
      frameAnchor: "top-right",
      dy: 16 * i,
      fill: colors[i]!,
      fontWeight: "bold",
    })
  );
}
