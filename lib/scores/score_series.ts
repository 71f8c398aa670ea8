/** Scores of one metric that were measured in different ways, which are never one series. */

import { shownName } from "../messages/shown.ts";
import type { FileScore } from "./harness_score.ts";

/** How a score was measured: with how many solved examples in the prompt, and on how many items. */
type Way = Pick<FileScore, "shots" | "limit">;

/** What tells the scores of a step apart: two files that share it measured the same thing twice. */
export function seriesKey({ metric, shots, limit }: FileScore): string {
  return JSON.stringify([metric, shots, limit]);
}

/** Scores by step and name, and what is to be known of them. */
export interface NamedSeries {
  readonly scores: Map<number, Map<string, FileScore>>;
  readonly warnings: readonly string[];
}

/**
 * Name scores so that all of one name were measured in one way: `piqa/acc` where there is a single number of examples in the
 * prompt, `piqa/acc (0-shot)` and `piqa/acc (5-shot)` where there are two; a score on some of the items always says so.
 *
 * @param found The scores of each step.
 * @param shots The number of examples in the prompt that is meant; all unless given.
 * @throws {RangeError} If no score has that number of examples.
 */
export function namedSeries(
  found: ReadonlyMap<number, readonly FileScore[]>,
  shots?: number,
): NamedSeries {
  const all = [...found.values()].flat();
  const own = shots === undefined ? all : all.filter((score) => score.shots === shots);
  if (own.length === 0 && all.length > 0) throw noSuchShots(all, shots!);
  const ways = new Map(
    [...Map.groupBy(own, ({ metric }) => metric)].map(([metric, scores]) =>
      [metric, new Set(scores.map((score) => score.shots))] as const
    ),
  );
  const named = (score: FileScore): FileScore => (
    { ...score, metric: score.metric + wayWords(score, ways.get(score.metric)!.size > 1) }
  );
  const meant = new Set(own);
  const scores = new Map([...found].flatMap(([step, ofStep]) => {
    const kept = ofStep.filter((score) => meant.has(score)).map(named);
    return kept.length === 0 ? [] : [[step, new Map(kept.map((one) => [one.metric, one]))]];
  }));
  return { scores, warnings: [...shotsWarning(ways), ...limitWarning(own.map(named))] };
}

/** How a score was measured, behind its metric. */
function wayWords({ shots, limit }: Way, tellsShots: boolean): string {
  const words = [
    ...tellsShots ? [shots === null ? "shots unknown" : `${shots}-shot`] : [],
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

function shotsWords(shots: ReadonlySet<number | null>): string {
  const known = [...shots].filter((count) => count !== null).sort((a, b) => a - b).map(String);
  return [...known, ...shots.has(null) ? ["a number that is not recorded"] : []].join(" and ");
}

function shotsWarning(ways: ReadonlyMap<string, ReadonlySet<number | null>>): string[] {
  const mixed = [...ways].filter(([, shots]) => shots.size > 1);
  if (mixed.length === 0) return [];
  const [metric, shots] = mixed[0]!;
  const more = mixed.length > 1 ? ` (as ${mixed.length - 1} more metrics)` : "";
  return [
    `${shownName(metric)}${more} was measured with ${
      shotsWords(shots)
    } examples in the prompt; these ` +
    "are series of their own, of which shots (--shots) chooses one",
  ];
}

function limitWarning(scores: readonly FileScore[]): string[] {
  const limited = [
    ...new Set(scores.filter(({ limit }) => limit !== null).map(({ metric }) => metric)),
  ];
  if (limited.length === 0) return [];
  const more = limited.length > 1 ? ` and ${limited.length - 1} more` : "";
  return [`${shownName(limited[0]!)}${more}: measured on a part of the items only`];
}
