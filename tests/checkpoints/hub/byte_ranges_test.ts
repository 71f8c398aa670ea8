import assert from "node:assert/strict";
import {
  bytesIn,
  clipRanges,
  cutRanges,
  gapsIn,
  keepPieces,
  piecesIn,
  unionOfRanges,
} from "../../../lib/checkpoints/hub/byte_ranges.ts";

const range = (start: number, end: number) => ({ start, end });

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

Deno.test("ranges are united, ascending, without those that are empty", () => {
  const ranges = [range(5, 9), range(20, 30), range(0, 3), range(3, 6), range(25, 27), range(9, 9)];
  assert.deepEqual(unionOfRanges(ranges), [range(0, 9), range(20, 30)]);
  assert.equal(bytesIn(unionOfRanges(ranges)), 19);
});

Deno.test("each request gets its own parts of what is needed", () => {
  const needed = [range(0, 5), range(8, 20), range(30, 31), range(40, 50)];
  assert.deepEqual(clipRanges(needed, [range(0, 10), range(10, 31), range(45, 46)]), [
    [range(0, 5), range(8, 10)],
    [range(10, 20), range(30, 31)],
    [range(45, 46)],
  ]);
});

Deno.test("pieces that share bytes with a range are found, and what none of them covers", () => {
  const pieces = [range(2, 4), range(4, 6), range(8, 9), range(12, 20)];
  assert.deepEqual(piecesIn(pieces, range(4, 9)), [range(4, 6), range(8, 9)]);
  assert.deepEqual(piecesIn(pieces, range(6, 8)), []);
  assert.deepEqual(piecesIn(pieces, range(19, 30)), [range(12, 20)]);
  assert.deepEqual(gapsIn([range(0, 10), range(9, 14)], pieces), [
    ...[range(0, 2), range(6, 8), range(9, 12)],
  ]);
  assert.deepEqual(gapsIn([range(13, 25)], pieces), [range(20, 25)]);
  assert.deepEqual(gapsIn([range(3, 5)], pieces), []);
});
