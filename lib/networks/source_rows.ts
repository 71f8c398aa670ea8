/** The order in which nodes and their edges are counted. */
import type { Link } from "./link.ts";

/** All edges that one link gives one neuron. */
export interface SourceRow {
  /** Node id of the neuron. */
  readonly id: number;
  /** The link. */
  readonly link: Link;
  /** The neuron's row in the link's weights. */
  readonly row: number;
}

/**
 * Put the rows of some links in a network's order: ascending node id, and those of one neuron in the order
 * of the links.
 *
 * @param links The links.
 * @returns One entry for each source of each link.
 */
export function sourceRows(links: readonly Link[]): SourceRow[] {
  const rows = links.flatMap((link) => Array.from(link.sources, (id, row) => ({ id, link, row })));
  // Sorting numbers is far faster than comparing objects; rows of one neuron stay in the order of the links.
  const keys = Float64Array.from(rows, ({ id }, place) => id * rows.length + place).sort();
  return Array.from(keys, (key) => rows[key % rows.length]!);
}
