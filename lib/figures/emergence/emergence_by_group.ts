/** E, width, alpha_0 and node fractal dimension of each block or kind of layer, beside the onset of skills. */

import * as Plot from "@observablehq/plot";
import type { SkillOnset } from "../../scores/skill_onsets.ts";
import type { GroupEmergenceRow } from "../../emergence/emergence_by_group.ts";
import { ascending, divergingScale, short } from "../style.ts";
import { HEAT_MAP_TOP, heatMapPanel, scaleKey, signChanges } from "../heat_map.ts";
import { drawFigure, type Figure, type Panel } from "../render/draw_figure.ts";

/** A column of {@linkcode GroupEmergenceRow} that can be drawn. */
export type GroupMeasure = "E" | "width" | "alpha0" | "nfdMean";

/** What else is drawn. */
export interface EmergenceByGroupOptions {
  /** Onsets of skills, drawn as lines before the step of the onset; those without one are left out. */
  readonly onsets?: readonly SkillOnset[];
  /** Which columns to draw, a map each; all four unless given. */
  readonly measures?: readonly GroupMeasure[];
  /** The model's name, for the title; left out unless given. */
  readonly model?: string;
}

const NAMES: Readonly<Record<GroupMeasure, string>> = {
  E: "degree of emergence E",
  width: "width (heterogeneity)",
  alpha0: "α₀ (regularity; lower is more regular)",
  nfdMean: "mean node fractal dimension",
};
/** Height of a line of the names of skills. */
const LINE = 13;

/**
 * Draw what was measured of each group as maps, training steps across and groups upwards. The colour of E is its value; that
 * of the others is how far they have moved from step 0, as ln of the ratio, and their value is written in the cell.
 *
 * @param rows What {@linkcode emergenceByGroup} gives; groups without any E are left out and named in the caption.
 * @throws {RangeError} If no group has an E, or there is no measure to draw.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { openRun, sampleNetworks } from "neuromfa";
 * import { emergenceByGroupFigure } from "neuromfa/figures";
 * import { multifractalSpectraByGroup } from "neuromfa/multifractal";
 * import { emergenceByGroup } from "neuromfa/statistics";
 *
 * const networks = sampleNetworks(await openRun("suite:nano-64"), { samples: 2, steps: [0, 512] });
 * const rows = emergenceByGroup(await multifractalSpectraByGroup(networks, { by: "block" }));
 * assert.match(emergenceByGroupFigure(rows).svg, /block 3/);
 * ```
 */
export function emergenceByGroupFigure(
  rows: readonly GroupEmergenceRow[],
  options: EmergenceByGroupOptions = {},
): Figure {
  const { onsets = [], measures = ["E", "width", "alpha0", "nfdMean"], model } = options;
  const byGroup = [...Map.groupBy(rows, ({ group }) => group)];
  const drawn = byGroup.filter(([, own]) => own.some(({ E }) => !Number.isNaN(E)));
  const left = byGroup.filter((entry) => !drawn.includes(entry)).map(([group]) => group);
  if (drawn.length === 0) {
    throw new RangeError("no group has a step with an E to draw; see the statuses");
  }
  if (measures.length === 0) throw new RangeError("there is no measure to draw; name at least one");
  const steps = ascending(rows.map(({ step }) => step));
  const lines = onsetLines(onsets, steps);
  return drawFigure({
    name: "emergence_by_group",
    title: (model === undefined ? "" : `${model}: `) + "every part of the network by itself" +
      (lines.length > 0 ? ", and the onset of skills" : ""),
    caption: "Each row is a network of its own nodes, compared with itself at step 0. Colours: " +
      (measures.includes("E") ? "E, blue above 0 and red below; for the others " : "") +
      "ln(value / value at step 0), blue where it has grown. " +
      (lines.length > 0
        ? "Dashed lines: skills are past half of the way to their last score from that step on. "
        : "") +
      (left.length > 0 ? `Not drawn, without a spectrum: ${left.join(", ")}.` : ""),
    panels: measures.flatMap((measure, i) =>
      mapOf(measure, drawn, steps, i === 0, i === measures.length - 1, lines)
    ),
  });
}

/** A map and its key. */
function mapOf(
  measure: GroupMeasure,
  groups: readonly (readonly [string, readonly GroupEmergenceRow[]])[],
  steps: readonly number[],
  first: boolean,
  last: boolean,
  lines: readonly OnsetLine[],
): Panel[] {
  const cells = groups.flatMap(([, own], row) => {
    const start = own.find(({ step }) => step === 0)?.[measure] ?? NaN;
    return own.map((entry) => {
      const value = entry[measure] ?? NaN;
      const change = measure === "E" ? value : Math.log(value / start);
      return { column: steps.indexOf(entry.step), row, value, change };
    });
  });
  const scale = divergingScale(cells.map(({ change }) => change));
  const panel = heatMapPanel({
    columns: steps,
    rows: groups.map(([group]) => group),
    label: `↑ ${NAMES[measure]}`,
    rowHeight: groups.length <= 12 ? 20 : 13,
    above: HEAT_MAP_TOP + (first ? LINE * lines.length : 0),
    named: last,
    cells: cells.map(({ column, row, value, change }) => ({
      ...{ column, row, color: scale.color(change), textColor: scale.textColor(change) },
      text: Number.isNaN(value) ? "–" : short(value),
    })),
    boundaries: measure === "E" ? signChanges(cells) : [],
  });
  const key = measure === "E" ? "E" : "ln(value / value at step 0)";
  const marks = [...panel.marks!, ...onsetMarks(lines, first)];
  return [{ ...panel, marks }, scaleKey(key, scale.colors, scale.bounds)];
}

/** The skills that share an onset. */
type OnsetLine = ReturnType<typeof onsetLines>[number];

/** One line for each step of an onset, at the first column that is not before it. */
function onsetLines(onsets: readonly SkillOnset[], steps: readonly number[]) {
  const placed = onsets.flatMap(({ metric, step }) => {
    const column = step === null ? -1 : steps.findIndex((own) => own >= step);
    return column < 0 ? [] : [{ metric, column }];
  });
  return [...Map.groupBy(placed, ({ column }) => column)]
    .map(([column, own]) => ({ column, names: own.map(({ metric }) => metric).join(", ") }))
    .sort((a, b) => a.column - b.column);
}

/** Lines through the map; in the first map they go up to their names, earlier onsets lower so that no name is crossed. */
function onsetMarks(lines: readonly OnsetLine[], named: boolean): Plot.Markish[] {
  return lines.flatMap(({ column, names }, i) => {
    const up = named ? LINE * (i + 1) : 0;
    const name = Plot.text(named ? [names] : [], {
      ...{ x: column, frameAnchor: "top", lineAnchor: "top", textAnchor: "end" } as const,
      ...{ dx: -5, dy: -up - 1, fontSize: 10 },
    });
    const line = Plot.ruleX([column], { insetTop: -up, strokeDasharray: "4,3", strokeWidth: 1.2 });
    return named ? [line, name] : [line];
  });
}
