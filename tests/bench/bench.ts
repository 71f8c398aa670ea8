/**
 * Speed and memory, in one run: `deno task bench`, or `deno task bench --quick` in a few seconds, whose numbers mean little.
 */

import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { timeAllEdges } from "./all_edges.ts";
import { writeBenchCheckpoint } from "./bench_checkpoint.ts";
import { timeFormats, timeSizes } from "./full_network.ts";
import { timeNullDraws } from "./null_draws.ts";
import { NumpyPeer, timeSampled } from "./sampled_network.ts";
import { timeWorkers } from "./workers.ts";

const quick = Deno.args.includes("--quick");
const unknown = Deno.args.find((flag) => flag !== "--quick");
if (unknown !== undefined) throw new Error(`there is no flag ${unknown}; the only one is --quick`);
const folder = await Deno.makeTempDir({ prefix: "neuromfa-bench-" });

try {
  console.log(`${cpus()[0]!.model}, ${cpus().length} cores; Deno ${Deno.version.deno}`);
  console.log("CPU time unless said otherwise, medians; what is compared is timed in turns");
  await sampled();
  await allEdges();
  await formats();
  await sizes();
  await nulls();
  await workers();
  await memory();
} finally {
  await Deno.remove(folder, { recursive: true });
}

function table(title: string, rows: readonly (readonly string[])[]) {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) =>
    row.map((cell, column) => cell[column === 0 ? "padEnd" : "padStart"](widths[column]!)).join(
      "  ",
    );
  console.log(`\n${title}\n${rows.map((row) => `  ${line(row)}`).join("\n")}`);
}

async function sampled() {
  const peer = await NumpyPeer.start();
  if (!peer) {
    console.log(
      "\nPython with NumPy is not installed, or may not be run: no peer to compare with.",
    );
  }
  const rows = [["sampled network, 32 neurons a layer", "ours", "NumPy", "ratio"]];
  const sizes = quick ? [[128, 6]] : [[128, 6], [1024, 24]];
  for (const [hidden, blocks] of sizes as [number, number][]) {
    const path = join(folder, `${hidden}`);
    await writeBenchCheckpoint(path, hidden, blocks);
    const { ours, together, peer: other } = await timeSampled(
      path,
      { hidden, blocks },
      quick ? 3 : 21,
      peer,
    );
    const compare = (work: string, time: number, others: number | undefined) =>
      rows.push([
        `${work}, h${hidden}/${blocks}`,
        milliseconds(time),
        others ? milliseconds(others) : "–",
        others ? `${(others / time).toFixed(1)} ×` : "–",
      ]);
    compare("extract, masses, 61 fits", ours.spectrum, other?.spectrum);
    compare("the same, one of ten read together", together.spectrum, other?.spectrum);
    compare("node fractal dimensions", ours.dimensions, other?.dimensions);
  }
  await peer?.stop();
  table("Sampled network (results equal to 1e-9 before timing)", rows);
}

async function allEdges() {
  const samples = 10;
  const rows = [["32 neurons a layer, all edges", "one of ten", "read for ten"]];
  for (const size of quick ? ["128"] : ["128", "1024"]) {
    const blocks = size === "128" ? 6 : 24;
    const path = join(folder, size), rounds = quick ? 2 : 9;
    const { seconds, read } = await timeAllEdges(path, samples, rounds);
    rows.push([`h${size}/${blocks}`, milliseconds(seconds), `${read.toFixed(2)} × the file`]);
  }
  table("Sampled network with all edges, counted (masses the same before timing)", rows);
}

async function formats() {
  const side = quick ? 512 : 4096;
  const rows = [
    ["stored as", "count", "count + sums", "plain sum", "count of plain", "count + sums of count"],
  ];
  for (const { format, count, measure, sum } of await timeFormats(side, quick ? 2 : 9)) {
    const rates = [count, measure, sum].map((rate) => rate.toFixed(2));
    const shares = [count / sum, measure / count].map((share) => `${(100 * share).toFixed(0)} %`);
    rows.push([format, ...rates, ...shares]);
  }
  table(`Full network, 10⁹ weights a second on one core, ${side} × ${side}`, rows);
}

async function sizes() {
  const rows = [["weights", "seconds", "10⁹ weights a second"]];
  for (const { weights, seconds } of await timeSizes(1024, quick ? [1, 10] : [1, 10, 100, 1000])) {
    const rate = weights / seconds / 1e9;
    rows.push([weights.toLocaleString("en"), seconds.toFixed(3), rate.toFixed(2)]);
  }
  table("Full network to the spectrum, F16, by number of weights (layers of 1024)", rows);
}

async function nulls() {
  const [hidden, blocks, draws] = quick ? [128, 2, 2] : [2048, 24, 20];
  const rows = [["", "CPU seconds"]];
  for (const kind of ["permute", "gaussian"] as const) {
    // Blocks and draws all take the same, but for the first draw, which counts the weights.
    const few = { hidden: hidden!, blocks: 2, draws: 3 };
    const { first, next } = await timeNullDraws(kind, few);
    const seconds = (first + (draws! - 1) * next) * blocks! / few.blocks;
    rows.push([`${draws} draws of ${kind}, h${hidden}/${blocks}`, seconds.toFixed(1)]);
  }
  table("Null models of a step of the full network, from 3 draws of 2 blocks", rows);
}

async function workers() {
  const cores = Math.min(quick ? 2 : 8, cpus().length);
  const sizes = quick
    ? { hidden: 128, blocks: 2, samples: 4, steps: 2 }
    : { hidden: 1024, blocks: 24, samples: 30, steps: 4 };
  const times = await timeWorkers(join(folder, "workers"), sizes, quick ? 1 : 3, cores);
  await Deno.remove(join(folder, "workers"), { recursive: true });
  const rows = [["", ...Array.from({ length: cores }, (_, i) => `${i + 1}`)]];
  for (const { work, seconds } of times) {
    rows.push([
      work,
      ...seconds.map((time, i) =>
        `${time.toFixed(2)} s${i > 0 ? ` ${(seconds[0]! / time).toFixed(2)} ×` : ""}`
      ),
    ]);
  }
  table("Wall time of a run by its number of workers, their start included", rows);
}

async function memory() {
  if (Deno.build.os !== "linux") return;
  const path = join(folder, "large");
  const [hidden, blocks] = quick ? [128, 2] : [2048, 10];
  await writeBenchCheckpoint(path, hidden!, blocks!);
  const { size } = await Deno.stat(join(path, "model.safetensors"));
  const [idle, pass, one] = [await peakOf(), await peakOf(path), await peakOf(path, "sample")];
  const mega = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  table("Peak memory of a process", [
    ["idle", mega(idle)],
    [`full network of ${mega(size)}`, mega(pass)],
    ["above idle", mega(pass - idle)],
    ["a sample of it with all edges", mega(one)],
    ["above idle", mega(one - idle)],
  ]);
}

async function peakOf(...work: string[]): Promise<number> {
  const script = fileURLToPath(new URL("./peak_memory.ts", import.meta.url));
  const args = ["run", "--no-check", `--allow-read`, script, ...work];
  const { stdout, success } = await new Deno.Command(Deno.execPath(), { args, stderr: "inherit" })
    .output();
  if (!success) throw new Error("peak_memory.ts failed");
  return Number(new TextDecoder().decode(stdout));
}

function milliseconds(seconds: number): string {
  return `${(1000 * seconds).toFixed(1)} ms`;
}
