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
  const rows: SourceRow[] = [];
  for (const link of links) {
    for (let row = 0; row < link.sources.length; row++) {
      rows.push({ id: link.sources[row]!, link, row });
    }
  }
  // Sorting numbers is far faster than comparing objects; rows of one neuron stay in the order of the links.
  const keys = new Float64Array(rows.length);
  for (let place = 0; place < rows.length; place++) {
    keys[place] = rows[place]!.id * rows.length + place;
  }
  return Array.from(keys.sort(), (key) => rows[key % rows.length]!);
}
