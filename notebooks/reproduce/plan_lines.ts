/** What a plan comes to, in lines for a terminal. */

import { readableBytes, readableSeconds } from "../../lib/checkpoints/hub/readable.ts";
import type { HubPlan, ReadingCost } from "./hub_plan.ts";

const COLUMNS = ["notebook", "to move", "there", "requests", "time"];

/** How the speed that is counted on is known. */
const HOW = {
  measured: "as the headers came",
  given: "as --rate says",
  assumed: "which is assumed: --rate takes what your link has",
};

/** A line for each notebook as if it were run alone, one for all together, and what they count on. */
export function planLines(
  { notebooks, total, link, linkIs }: HubPlan,
  cache: string,
): string[] {
  const rows = [
    COLUMNS,
    ...notebooks.map(({ notebook, ...cost }) => [notebook, ...cellsOf(cost)]),
    ["all together", ...cellsOf(total)],
  ];
  const widths = COLUMNS.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const lines = rows.map((row) =>
    row.map((cell, i) => i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)).join("  ")
  );
  const { latency, bandwidth } = link;
  const how = HOW[linkIs];
  const speed = `${readableBytes(bandwidth)}/s and ${
    Number(latency.toPrecision(2))
  } s a request, ${how}`;
  return [
    ...lines,
    "Each notebook is counted as if it were run alone; what several read is moved once.",
    `Time: at ${speed}.`,
    `On disk: ${
      readableBytes(total.kept)
    } more in ${cache}. Configs and headers are there already.`,
  ];
}

/** The cells of a row, after its name. */
export function cellsOf({ bytes, there, requests, seconds }: ReadingCost): string[] {
  return [
    bytes === 0 ? "–" : readableBytes(bytes),
    there === 0 ? "–" : readableBytes(there),
    requests.toLocaleString("en"),
    bytes === 0 ? "–" : readableSeconds(seconds),
  ];
}
