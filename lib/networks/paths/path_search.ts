/** Shortest directed paths from one node at a time. */

import type { PathGraph } from "./path_graph.ts";

/** No entry, in a chain of entries. */
const NONE = -1;

/**
 * Finds how many vertices lie at each distance from a source along the shortest path that has at most so many
 * edges and is no longer than a bound. It is Dijkstra's algorithm with Dial's bucket queue: one bucket for each
 * integer distance (R. B. Dial, Algorithm 360, Communications of the ACM 12, 1969). All memory is taken once
 * and serves every source.
 */
export class PathSearch {
  /** How many vertices the last search found at each distance, 0 to the bound. */
  readonly found: Uint32Array;
  readonly #graph: PathGraph;
  readonly #bound: number;
  readonly #layers: number;
  /** Fewest edges of a path by which each vertex was reached, or one more than may be. */
  readonly #fewest: Int32Array;
  /** The vertices reached, so that only they are forgotten again. */
  readonly #reached: Int32Array;
  /** The first entry of each distance's bucket; an entry is a path, held in the three arrays below. */
  readonly #buckets: Int32Array;
  #next = new Int32Array(1024);
  #vertex = new Int32Array(1024);
  #edges = new Int32Array(1024);
  #entries = 0;

  constructor(graph: PathGraph, { bound, layers }: { bound: number; layers: number }) {
    this.#graph = graph;
    this.#bound = bound;
    // A shortest path meets no vertex twice.
    this.#layers = Math.min(layers, graph.vertices);
    this.found = new Uint32Array(bound + 1);
    this.#fewest = new Int32Array(graph.vertices).fill(this.#layers + 1);
    this.#reached = new Int32Array(graph.vertices);
    this.#buckets = new Int32Array(bound + 1).fill(NONE);
  }

  /**
   * Count the vertices found from one, itself left out; {@linkcode found} then holds how many lie
   * at each distance.
   */
  from(source: number): number {
    const fewest = this.#fewest, reached = this.#reached, buckets = this.#buckets;
    const unreached = this.#layers + 1;
    this.found.fill(0);
    let total = 0;
    fewest[source] = 0;
    this.#follow(source, 0, 0);
    for (let distance = 1, left = this.#entries; left > 0; distance++) {
      // What is followed from here falls into later buckets, as no length is 0.
      for (let entry = buckets[distance]!; entry !== NONE; entry = this.#next[entry]!) {
        left--;
        const vertex = this.#vertex[entry]!, edges = this.#edges[entry]!;
        // A path as short and with as few edges has been here.
        if (edges >= fewest[vertex]!) continue;
        if (fewest[vertex] === unreached) {
          this.found[distance]!++;
          reached[total++] = vertex;
        }
        fewest[vertex] = edges;
        if (edges < this.#layers) left += this.#follow(vertex, distance, edges);
      }
      buckets[distance] = NONE;
    }
    this.#entries = 0;
    fewest[source] = unreached;
    for (let i = 0; i < total; i++) fewest[reached[i]!] = unreached;
    return total;
  }

  /** Lengthen a path by each edge that leaves its end; returns the number of new paths. */
  #follow(vertex: number, distance: number, edges: number): number {
    const { offsets, targets, lengths, opens } = this.#graph;
    const fewest = this.#fewest, before = this.#entries;
    for (let k = offsets[vertex]!; k < offsets[vertex + 1]!; k++) {
      const target = targets[k]!, longer = distance + lengths[k]!;
      if (longer > this.#bound || edges + 1 >= fewest[target]!) continue;
      if (edges === 0 && opens[k] === 0) continue;
      if (this.#entries === this.#next.length) this.#grow();
      const entry = this.#entries++;
      this.#vertex[entry] = target;
      this.#edges[entry] = edges + 1;
      this.#next[entry] = this.#buckets[longer]!;
      this.#buckets[longer] = entry;
    }
    return this.#entries - before;
  }

  #grow(): void {
    const twice = (array: Int32Array) => {
      const longer = new Int32Array(2 * array.length);
      longer.set(array);
      return longer;
    };
    this.#next = twice(this.#next);
    this.#vertex = twice(this.#vertex);
    this.#edges = twice(this.#edges);
  }
}
