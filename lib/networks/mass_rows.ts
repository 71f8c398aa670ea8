/** Some rows of a mass table. */
import type { MassTable } from "./mass_table.ts";

/**
 * The masses of some of the selected nodes.
 *
 * @param masses The masses of a network.
 * @param keep Whether to keep a node, given its position in the network.
 * @param radii `"all"` keeps every radius of the network; `"occurring"` drops those that no kept node has a length of.
 * @returns A table of the kept nodes, in their order; nodes and edges are still those of the whole network.
 */
export function massRows(
  masses: MassTable,
  keep: (node: number) => boolean,
  radii: "all" | "occurring",
): MassTable {
  const width = masses.radii.length;
  const rows = [...masses.selected.keys()].filter((row) => keep(masses.selected[row]!));
  const own = rows.map((row) => masses.counts.subarray(row * width, (row + 1) * width));
  const columns = [...masses.radii.keys()]
    .filter((j) => radii === "all" || own.some((counts) => counts[j] !== 0));
  const counts = new Uint32Array(rows.length * columns.length);
  let next = 0;
  for (const row of own) for (const j of columns) counts[next++] = row[j]!;
  return {
    ...masses,
    radii: Float64Array.from(columns, (j) => masses.radii[j]!),
    counts,
    selected: Uint32Array.from(rows, (row) => masses.selected[row]!),
  };
}
