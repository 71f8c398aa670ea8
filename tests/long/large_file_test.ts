/** A file of more than 1 GB that a page is given: it is read by rows, and never lies in memory. */

import assert from "node:assert/strict";
import { openFiles } from "../../lib/checkpoints/open_files.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { virtualCheckpoint, virtualConfig } from "../helpers/virtual_checkpoint.ts";

const sizes = { blocks: 3, hidden: 4096, vocabulary: 256, heads: 32 };

/** A file whose bytes are made as they are asked for, and which counts them. */
class VirtualFile extends Blob {
  readonly #file = virtualCheckpoint(sizes);
  /** Where the weights begin, and every range of them that was asked for. */
  readonly asked: [start: number, end: number][] = [];

  override get size(): number {
    return this.#file.size;
  }

  override slice(start = 0, end = this.size): Blob {
    this.asked.push([start, end]);
    return new Blob([this.#file.bytes(start, end)]);
  }
}

Deno.test("of a file of 1.2 GB a sample with its edges among sampled neurons takes a few rows at a time", async () => {
  const data = new VirtualFile();
  assert.ok(data.size > 1.2e9);
  const config = new Blob([virtualConfig(sizes)]);
  const run = await openFiles([
    { path: "large/step0/model.safetensors", data },
    { path: "large/step0/config.json", data: config },
  ]);
  const checkpoint = await run.checkpoint(0);
  const opened = data.asked.length;
  assert.ok(data.asked.every(([start, end]) => end - start < 1e6), "only the header is read");
  const rows = await checkpoint.read("gpt_neox.layers.2.mlp.dense_h_to_4h.weight", [
    { start: 7, end: 8 },
    { start: 16_000, end: 16_001 },
  ]);
  assert.equal(rows.bytes.length, 2 * 2 * sizes.hidden);
  const read = data.asked.slice(opened).reduce((sum, [start, end]) => sum + end - start, 0);
  assert.equal(read, 2 * 2 * sizes.hidden, "two rows of F16, and no more");
  const options = { samples: 1, layerSample: 8, edges: "sampled" } as const;
  for await (const { network } of sampleNetworks(run, options)) {
    assert.ok(network.lengths.length > 0);
  }
  // The digest reads all of it, in pieces.
  const largest = Math.max(...data.asked.map(([start, end]) => end - start));
  assert.ok(largest <= 64 * 2 ** 20, `${largest} bytes at once`);
});
