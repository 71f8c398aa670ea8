/** A few steps, evenly spread over the time of a training. */

/** Steps that are wanted, where all of them are there, and else as many, evenly spread. */
export function pickedSteps(steps: readonly number[], wanted: readonly number[]): number[] {
  return wanted.every((step) => steps.includes(step))
    ? [...wanted]
    : evenSteps(steps, Math.max(2, wanted.length));
}

/**
 * Choose some of a run's steps, even in ln(1 + step): the first, the last, and between them those whose distances from even
 * places have the least sum of squares. Steps are distinct and ascending; all are taken where there are no more.
 */
export function evenSteps(steps: readonly number[], count: number): number[] {
  if (steps.length <= count) return [...steps];
  const times = steps.map((step) => Math.log1p(step));
  const [first, last] = [times[0]!, times.at(-1)!];
  // least[i]: of all choices of the places so far whose last is step i, the least sum; before[place][i]: the step before it.
  let least = times.map((_, i) => i === 0 ? 0 : Infinity);
  const before: number[][] = [];
  for (let place = 1; place < count; place++) {
    const even = first + (last - first) * place / (count - 1);
    const next: number[] = [], from: number[] = [];
    let best = 0;
    for (const [i, time] of times.entries()) {
      // Of the steps before i the one that was cheapest to reach.
      if (i > 0 && least[i - 1]! < least[best]!) best = i - 1;
      next.push(i > 0 ? least[best]! + (time - even) ** 2 : Infinity);
      from.push(best);
    }
    least = next;
    before.push(from);
  }
  const chosen = [steps.length - 1];
  for (const from of before.reverse()) chosen.push(from[chosen.at(-1)!]!);
  return chosen.reverse().map((i) => steps[i]!);
}
