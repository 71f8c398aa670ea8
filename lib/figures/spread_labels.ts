/** Labels at the ends of lines, moved apart where the lines end close together. */

import * as Plot from "@observablehq/plot";

/**
 * Move positions apart so that neighbours are at least `gap` apart, in their order, around the place they
 * came from and, as far as they fit, between the ends of the axis.
 *
 * @param positions Where the labels would stand, between the ends.
 * @param gap Least distance of two labels.
 * @param ends Lower and upper end of the axis.
 */
export function spreadLabels(
  positions: readonly number[],
  gap: number,
  [low, high]: readonly [number, number],
): number[] {
  // Groups of labels that touch move together: each is centred on the mean of what it holds.
  const groups: Group[] = [];
  const grouped = (members: readonly number[]): Group => {
    const mean = members.reduce((sum, i) => sum + positions[i]!, 0) / members.length;
    const half = (members.length - 1) / 2 * gap;
    return { members, centre: Math.max(low + half, Math.min(high - half, mean)) };
  };
  const order = [...positions.keys()].sort((a, b) => positions[a]! - positions[b]! || a - b);
  for (const index of order) {
    let group = grouped([index]);
    for (let last = groups.at(-1); last && touches(last, group, gap); last = groups.at(-1)) {
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

interface Group {
  readonly members: readonly number[];
  readonly centre: number;
}

function touches(below: Group, above: Group, gap: number): boolean {
  const reach = (below.members.length + above.members.length) / 2 * gap;
  return above.centre - below.centre < reach;
}

/** A name in its line's colour, to the right of the line's last place. */
export function endLabel(name: string, x: number, y: number, color: string): Plot.Markish {
  return Plot.text([name], {
    x,
    y,
    text: (text) => text,
    textAnchor: "start",
    dx: 8,
    fill: color,
    ...{ stroke: "white", strokeWidth: 3 }, // legible where it crosses another line
    fontWeight: "bold",
  });
}
