import assert from "node:assert/strict";
import { fragileRadii } from "../../lib/emergence/fragile_radii.ts";

/** Samples that hold so many edges of the first and of the second radius each. */
const samples = (
  [first, second]: readonly [number, number],
  ...edges: readonly (readonly [number, number])[]
) =>
  edges.map(([atFirst, atSecond]) => [
    ...atFirst > 0 ? [{ radius: first, edges: atFirst }] : [],
    ...atSecond > 0 ? [{ radius: second, edges: atSecond }] : [],
  ]);

Deno.test("a smallest radius of few edges in every sample is one that others may lack", () => {
  assert.equal(
    fragileRadii(samples([2, 3], [1, 40], [3, 35], [2, 50], [4, 44], [2, 41])),
    "2.4 edges a sample have the smallest radius 2, others may lack it",
  );
  assert.equal(
    fragileRadii(samples([2, 3], [1, 2], [1, 1], [2, 3], [1, 0], [1, 4])),
    "1.2 and 2 edges a sample have the smallest radii 2 and 3, others may lack them",
  );
});

Deno.test("edges are few if they could be those of a mean of 4.6, which a sample lacks in 1 of 100", () => {
  // Of a mean of 4.6, five samples have 31 edges or more with a probability of 5.8 %, and 32 or more with one of 4.0 %.
  const of = (edges: number, share?: number) =>
    fragileRadii(samples([1, 2], [edges - 20, 90], ...Array(4).fill([5, 90] as const)), share);
  assert.match(of(31)!, /^6.2 edges a sample/);
  assert.equal(of(32), null);
  // Of half of the neurons a quarter of the edges: a mean of 4 is lacked by 1 in 100.
  assert.equal(of(29, 0.5), null);
  assert.match(of(28, 0.5)!, /^5.6 edges a sample/);
  assert.equal(of(24, 1), null);
  // Of very many samples the terms of the sum begin below what a double holds.
  const many = (mean: number) =>
    fragileRadii(samples([1, 2], [mean + 1, 90], ...Array(399).fill([mean, 90])));
  assert.match(many(4)!, /^4 edges a sample/);
  assert.equal(many(5), null);
});

Deno.test("others may hold a shorter edge where the two smallest radii have many and alike", () => {
  const of = (atFirst: number, atSecond: number, radii: readonly [number, number] = [2, 3]) =>
    fragileRadii(samples(radii, ...Array(5).fill([atFirst, atSecond] as const)));
  assert.equal(of(47, 300), "others may hold an edge shorter than 2");
  // 10 · (10 / 140) ^ (7 / 3) = 0.021 edges.
  assert.equal(of(10, 130), null);
  // Five samples of half of the neurons have shown most of what there is, those of all neurons everything.
  assert.match(of(47, 300)!, /shorter/);
  const ofShare = (share: number) =>
    fragileRadii(samples([2, 3], ...Array(5).fill([14, 130] as const)), share);
  assert.match(ofShare(0.1)!, /shorter/);
  assert.deepEqual([ofShare(0.7), ofShare(1)], [null, null]);
  // No length is below 1, so no radius is.
  assert.equal(of(47, 300, [1, 2]), null);
  assert.equal(of(47, 300, [1, 1.1]), null);
  assert.match(of(47, 60, [1.2, 1.3])!, /shorter than 1.2/);
});

Deno.test("edges that are in every sample alike are those of neurons that are always drawn", () => {
  assert.equal(fragileRadii(samples([1, 2], ...Array(5).fill([2, 90] as const))), null);
});

Deno.test("samples that differ in their smallest radius and fixed radii are no reason for a note", () => {
  assert.equal(fragileRadii(samples([2, 3], [0, 4], [1, 3], [1, 5], [0, 4], [2, 4])), null);
  assert.equal(fragileRadii([[], [], []]), null);
  assert.equal(fragileRadii([]), null);
  const only = [{ radius: 2, edges: 90 }];
  assert.equal(fragileRadii([only, only]), null);
});
