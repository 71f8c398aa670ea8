/** Labels at the ends of lines, moved apart where the lines end close together. */

/**
 * Move positions apart so that neighbours are at least `gap` apart, in their order and around the place they
 * came from.
 */
export function spreadLabels(positions: readonly number[], gap: number): number[] {
  // Groups of labels that touch move together: each is centred on the mean of what it holds.
  const groups: { members: number[]; centre: number }[] = [];
  const order = [...positions.keys()].sort((a, b) => positions[a]! - positions[b]! || a - b);
  for (const index of order) {
    let group = { members: [index], centre: positions[index]! };
    for (let last = groups.at(-1); last && touches(last, group, gap); last = groups.at(-1)) {
      groups.pop();
      const members = [...last.members, ...group.members];
      const centre = members.reduce((sum, i) => sum + positions[i]!, 0) / members.length;
      group = { members, centre };
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
