import assert from "node:assert/strict";
import { deflateRawSync } from "node:zlib";
import * as own from "../../lib/checkpoints/inflate.ts";
import * as browser from "../../lib/checkpoints/inflate_browser.ts";

const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => (i * i) % 251);
const compressed = new Uint8Array(deflateRawSync(bytes));

for (const [name, { crc32, inflate, inflateFront }] of Object.entries({ own, browser })) {
  Deno.test(`inflate() gives back what was compressed and refuses all else (${name})`, () => {
    assert.deepEqual(inflate(compressed, bytes.length), bytes);
    assert.deepEqual(
      inflate(new Uint8Array(deflateRawSync(new Uint8Array(0))), 0),
      new Uint8Array(0),
    );
    assert.throws(() => inflate(compressed, bytes.length - 1));
    assert.throws(() => inflate(compressed.subarray(0, 100), bytes.length));
    assert.throws(() => inflate(new Uint8Array(100).fill(255), bytes.length));
    assert.equal(crc32(bytes), own.crc32(bytes));
    assert.equal(crc32(new Uint8Array([1])), 0xa505df1b);
  });

  Deno.test(`inflateFront() gives as much as the first bytes tell (${name})`, () => {
    const front = inflateFront(compressed.subarray(0, 2048));
    assert.ok(front.length >= 512, `${front.length}`);
    assert.deepEqual(front, bytes.subarray(0, front.length));
    assert.throws(() => inflateFront(new Uint8Array(100).fill(255)));
  });
}
