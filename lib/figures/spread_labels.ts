/** Labels at the ends of lines, moved apart where the lines end close together. */

import * as Plot from "@observablehq/plot";
import { AFTER } from "./style.ts";

/** Move positions at least `gap` apart, in their order, around where they were and, as far as they fit, between the ends. */
export function spreadLabels(
  positions: readonly number[],
  gap: number,
  [low, high]: readonly [number, number],
): number[] {
  // Groups of labels that touch move together: each is centred on the mean of what it holds.
  const groups: ReturnType<typeof grouped>[] = [];
  const grouped = (members: readonly number[]) => {
    const mean = members.reduce((sum, i) => sum + positions[i]!, 0) / members.length;
    const half = (members.length - 1) / 2 * gap;
    return { members, centre: Math.max(low + half, Math.min(high - half, mean)) };
  };
  const order = [...positions.keys()].sort((a, b) => positions[a]! - positions[b]! || a - b);
  for (const index of order) {
    let group = grouped([index]);
    for (let last = groups.at(-1); last; last = groups.at(-1)) {
      const reach = (last.members.length + group.members.length) / 2 * gap;
      if (group.centre - last.centre >= reach) break;
      groups.pop();
      group = grouped([...last.members, ...group.members]);
    }
    groups.push(group);
  }
  const result = [...positions];
  for (const { members, centre } of groups) {
    members.forEach((index, i) => result[index] = centre + (i - (members.length - 1) / 2) * gap);
  }
  return result;
}

/** How a label looks: in bold, and legible where it crosses another line. */
const HALO = { stroke: "white", strokeWidth: 3, fontWeight: "bold" } as const;

/** A name in its line's colour, to the right of the line's last place. */
export function endLabel(
  name: string,
  x: number,
  y: number,
  color: string,
  look: Plot.TextOptions = HALO,
): Plot.Markish {
  return Plot.text([name], { x, y, ...AFTER, fill: color, ...look });
}

/** The names of lines at their ends, moved apart by at least `gap`, a share of the height of the axis. */
export function endLabels(
  lines: readonly { readonly name: string; readonly color: string; readonly end: number }[],
  x: number,
  gap: number,
  [low, high]: readonly [number, number],
  look?: Plot.TextOptions,
): Plot.Markish[] {
  const places = spreadLabels(lines.map(({ end }) => end), gap * (high - low), [low, high]);
  return lines.map(({ name, color }, i) => endLabel(name, x, places[i]!, color, look));
}
