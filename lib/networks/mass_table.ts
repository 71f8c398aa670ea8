/** The result of box growing, along edges or along paths: how many neighbours each node has at each radius. */

/**
 * Masses of the selected nodes: `counts[i * radii.length + j]` out-edges of selected node i have exactly
 * the rounded length `radii[j]`, or as many nodes are that far from it along paths; the mass within that
 * radius is one plus their running sum. It holds integers only, so it does not matter whether it was filled
 * from lengths or from weights as stored.
 */
export interface MassTable {
  /** All rounded lengths that occur, ascending. */
  readonly radii: Float64Array;
  /** Edges, or nodes reached by paths, per selected node and radius, row-major [selected nodes × radii]. */
  readonly counts: Uint32Array;
  /** Positions (not ids) of the selected nodes in the network they came from. */
  readonly selected: Uint32Array;
  /** Number of nodes in the network, selected or not. */
  readonly nodes: number;
  /** Number of edges in the network, within the threshold or not. */
  readonly edges: number;
}
