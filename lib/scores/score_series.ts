/** Scores of one metric that were measured in different ways, which are never one series. */

import { shownName } from "../messages/shown.ts";
import type { FileScore } from "./harness_score.ts";

/** What tells the scores of a step apart: two files that share it measured the same thing twice. */
export function seriesKey({ metric, shots, limit }: FileScore): string {
  return JSON.stringify([metric, shots, limit]);
}

/** Scores by step and name, and what is to be known of them. */
export interface NamedSeries {
  readonly scores: Map<number, Map<string, FileScore>>;
  readonly warnings: readonly string[];
}

/** Scores by step, in any order. */
type FoundScores = ReadonlyMap<number, readonly FileScore[]>;

/** With how many examples in the prompt a metric was measured; `null` where files do not tell. */
type Shots = ReadonlySet<number | null>;

/**
 * Name scores so that all of one name were measured in one way: `piqa/acc` where there is a single
 * number of examples in the prompt, `piqa/acc (0-shot)` and `piqa/acc (5-shot)` where there are
 * two; a score on some of the items always says so.
 *
 * @param shots The number of examples in the prompt that is meant; all unless given.
 * @throws {RangeError} If no score has that number of examples.
 */
export function namedSeries(found: FoundScores, shots?: number): NamedSeries {
  const all = [...found.values()].flat();
  const isMeant = (score: FileScore) => shots === undefined || score.shots === shots;
  if (all.length > 0 && !all.some(isMeant)) throw noSuchShots(all, shots!);
  const meant = new Map([...found].map(([step, own]) => [step, own.filter(isMeant)] as const));
  const shotsOf = shotsByMetric(meant);
  const scores = new Map([...meant].flatMap(([step, own]) => {
    const named = own.map((score) => {
      const metric = score.metric + wayWords(score, shotsOf.get(score.metric)!);
      return [metric, { ...score, metric }] as const;
    });
    return named.length === 0 ? [] : [[step, new Map(named)] as const];
  }));
  const limited = [...scores.values()].flatMap((own) => [...own.values()])
    .filter(({ limit }) => limit !== null).map(({ metric }) => metric);
  return { scores, warnings: [...shotsWarning(shotsOf), ...limitWarning(new Set(limited))] };
}

/**
 * The numbers of examples that are series of their own, for each metric. Where a single number is
 * known and some files do not tell theirs, these count as of that number, unless a step has both.
 */
function shotsByMetric(found: FoundScores): Map<string, Shots> {
  const shotsOf = new Map<string, Set<number | null>>(), both = new Set<string>();
  for (const own of found.values()) {
    for (const [metric, scores] of Map.groupBy(own, ({ metric }) => metric)) {
      const here = new Set(scores.map(({ shots }) => shots));
      if (here.size > 1) both.add(metric);
      shotsOf.set(metric, new Set([...shotsOf.get(metric) ?? [], ...here]));
    }
  }
  for (const [metric, shots] of shotsOf) {
    if (shots.size === 2 && !both.has(metric)) shots.delete(null);
  }
  return shotsOf;
}

/** How a score was measured, behind its metric. */
function wayWords({ shots, limit }: FileScore, all: Shots): string {
  const words = [
    ...all.size < 2 ? [] : [shots === null ? "shots unknown" : `${shots}-shot`],
    ...limit === null ? [] : [`limit ${limit}`],
  ];
  return words.length === 0 ? "" : ` (${words.join(" ")})`;
}

function noSuchShots(all: readonly FileScore[], shots: number): RangeError {
  const known = shotsWords(new Set(all.map((score) => score.shots)));
  return new RangeError(
    `no score was measured with ${shots} examples in the prompt, only with ${known}; choose one of ` +
      "these by shots (--shots), or leave it out",
  );
}

function shotsWords(shots: Shots): string {
  const known = [...shots].filter((count) => count !== null).sort((a, b) => a - b).map(String);
  return [...known, ...shots.has(null) ? ["a number that is not recorded"] : []].join(" and ");
}

function shotsWarning(shotsOf: ReadonlyMap<string, Shots>): string[] {
  const mixed = [...shotsOf].filter(([, shots]) => shots.size > 1);
  if (mixed.length === 0) return [];
  const [metric, shots] = mixed[0]!;
  return [
    `${someOf(shownName(metric), mixed.length)} measured with ${
      shotsWords(shots)
    } examples in the ` +
    "prompt; these are series of their own, of which shots (--shots) chooses one",
  ];
}

function limitWarning(limited: ReadonlySet<string>): string[] {
  const [first] = limited;
  if (first === undefined) return [];
  return [`${someOf(shownName(first), limited.size)} measured on a part of the items only`];
}

function someOf(first: string, count: number): string {
  return count === 1 ? `${first} was` : `${first} and ${count - 1} more were`;
}
