/** The sampled network and its node fractal dimensions, beside NumPy. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import { openFolderCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { multifractalSpectrum } from "../../lib/multifractal/multifractal_spectrum.ts";
import { measureNfd } from "../../lib/nfd/nfd.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { linkLayers } from "../../lib/networks/link_layers.ts";
import { sampleNodes } from "../../lib/networks/sample_nodes.ts";
import { readWeights } from "../../lib/networks/read_weights.ts";
import { sampledNetwork } from "../../lib/networks/network.ts";
import { cpuSeconds, median } from "./clock.ts";

/** Rounds that go by before anything is timed: V8 compiles the loops in them, the last of them late. */
const WARM_UP = 30;

/** Samples that share one reading of the checkpoint, as `sampleNetworks()` reads them. */
const TOGETHER = 10;

/** CPU seconds of both works for one network, medians. */
export interface SampledTimes {
  readonly spectrum: number;
  readonly dimensions: number;
}

/** What the peer answers. */
interface PeerAnswer extends SampledTimes {
  readonly tau: number[];
  readonly nfd: number[];
}

/** NumPy's process, or `null` where Python has none. */
export class NumpyPeer {
  readonly #child: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #lines: ReadableStreamDefaultReader<string>;
  #rest = "";

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#writer = child.stdin.getWriter();
    this.#lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async start(): Promise<NumpyPeer | null> {
    try {
      const found = await new Deno.Command("python3", { args: ["-c", "import numpy"] }).output();
      if (!found.success) return null;
    } catch (error) {
      const { NotFound, NotCapable } = Deno.errors;
      if (error instanceof NotFound || error instanceof NotCapable) return null;
      throw error;
    }
    const script = fileURLToPath(new URL("./numpy_peer.py", import.meta.url));
    const command = new Deno.Command("python3", {
      args: [script],
      stdin: "piped",
      stdout: "piped",
    });
    return new NumpyPeer(command.spawn());
  }

  async ask(request: object): Promise<PeerAnswer> {
    await this.#writer.write(new TextEncoder().encode(`${JSON.stringify(request)}\n`));
    while (!this.#rest.includes("\n")) {
      const { value, done } = await this.#lines.read();
      if (done) throw new Error("numpy_peer.py ended without an answer");
      this.#rest += value;
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return JSON.parse(line);
  }

  async stop(): Promise<void> {
    await this.#writer.close();
    await this.#lines.cancel();
    await this.#child.status;
  }
}

/** What some samples of a checkpoint give, and the CPU seconds of one of them. */
async function ours(folder: string, samples: readonly number[]) {
  let last = cpuSeconds(), spectrum = 0, dimensions = 0;
  const taken = () => -(last - (last = cpuSeconds())) / samples.length;
  const checkpoint = await openFolderCheckpoint(folder, "bench", 0);
  const architecture = detectArchitecture(checkpoint);
  const drawn = samples.map((sample) => sampleNodes(architecture, { sample, layerSample: 32 }));
  const options = { qkv: "reference", edges: "sampled" } as const;
  const weights = await readWeights(checkpoint, architecture, drawn, options);
  const results = [];
  for (const [i, nodes] of drawn.entries()) {
    const linked = linkLayers(architecture, nodes, weights[i]!, { edges: "sampled" });
    const network = sampledNetwork(linked);
    const measured = multifractalSpectrum(growBoxes(network));
    spectrum += taken();
    const list = measureNfd(network);
    dimensions += taken();
    if (measured.status !== "ok") throw new Error(measured.reason);
    const nfd = list.filter(({ status }) => status !== "never").map(({ value }) => value);
    results.push({ tau: [...measured.tau], nfd });
    last = cpuSeconds();
  }
  return { spectrum, dimensions, results };
}

/** Measure samples of a checkpoint in turns with NumPy; results must agree before anything is timed. */
export async function timeSampled(
  folder: string,
  size: { hidden: number; blocks: number },
  rounds: number,
  peer: NumpyPeer | null,
): Promise<{ ours: SampledTimes; together: SampledTimes; peer: SampledTimes | null }> {
  const file = join(folder, "model.safetensors");
  const taken: SampledTimes[] = [], shared: SampledTimes[] = [], peers: SampledTimes[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const sample = round + WARM_UP;
    const own = await ours(folder, [sample]);
    const [{ tau, nfd }] = own.results as [{ tau: number[]; nfd: number[] }];
    const other = await peer?.ask({ ...size, file, sample, layerSample: 32 });
    if (other) {
      assertClose(tau, other.tau, "tau");
      assertClose(nfd.toSorted(), other.nfd.toSorted(), "node fractal dimensions");
    }
    if (round < 0) continue;
    taken.push(own);
    if (other) peers.push(other);
    const several = await ours(folder, Array.from({ length: TOGETHER }, (_, i) => sample + i));
    assert.deepEqual(several.results[0], { tau, nfd });
    shared.push(several);
  }
  return {
    ours: middle(taken),
    together: middle(shared),
    peer: peers.length > 0 ? middle(peers) : null,
  };
}

function middle(times: readonly SampledTimes[]): SampledTimes {
  return {
    spectrum: median(times.map(({ spectrum }) => spectrum)),
    dimensions: median(times.map(({ dimensions }) => dimensions)),
  };
}

function assertClose(actual: readonly number[], expected: readonly number[], name: string) {
  assert.equal(actual.length, expected.length, name);
  actual.forEach((value, i) => {
    const difference = Math.abs(value - expected[i]!);
    assert.ok(difference < 1e-9, `${name} differ by ${difference}`);
  });
}
