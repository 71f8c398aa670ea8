import assert from "node:assert/strict";
import { cutRanges, keepPieces } from "../../../lib/checkpoints/hub/keep_pieces.ts";

Deno.test("pieces of a stream come out whole however the stream is cut", () => {
  const stream = Uint8Array.from({ length: 40 }, (_, i) => i + 100);
  const pieces = [{ start: 101, end: 103 }, { start: 103, end: 110 }, { start: 125, end: 140 }];
  for (const size of [1, 2, 3, 7, 16, 40]) {
    const kept: [number, number[]][] = [];
    const pass = keepPieces(pieces, (start, bytes) => kept.push([start, [...bytes]]));
    for (let i = 0; i < 40; i += size) pass(100 + i, stream.subarray(i, i + size));
    const expected = pieces.map(({ start, end }) => [
      start,
      Array.from({ length: end - start }, (_, i) => start + i),
    ]);
    assert.deepEqual(kept, expected);
  }
});

Deno.test("ranges are cut into pieces of a size", () => {
  assert.deepEqual(cutRanges([{ start: 5, end: 12 }, { start: 20, end: 24 }], 4), [
    { start: 5, end: 9 },
    { start: 9, end: 12 },
    { start: 20, end: 24 },
  ]);
});
