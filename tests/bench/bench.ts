/**
 * Speed and memory, in one run: `deno task bench`, or `deno task bench --quick` in a few seconds, whose numbers mean little.
 * With `--keep` the figures are added to `history.csv`.
 */

import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { timeAllEdges } from "./all_edges.ts";
import { writeBenchCheckpoint } from "./bench_checkpoint.ts";
import { timeDigest } from "./digest.ts";
import { timeExplorer } from "./explorer.ts";
import { timeFormats, timeSizes } from "./full_network.ts";
import {
  commitHere,
  type Figure,
  keepFigures,
  type Mark,
  markInWords,
  reaches,
} from "./history.ts";
import { timeNullDraws } from "./null_draws.ts";
import { pythiaFamily } from "./pythia_family.ts";
import { NumpyPeer, timeSampled } from "./sampled_network.ts";
import { timeStartUp } from "./start_up.ts";
import { timeWorkers } from "./workers.ts";

/** Bytes a second from a disk, for what all of Pythia takes: files just written are read from memory. */
const DISK = 0.5e9;

const [quick, keep] = ["--quick", "--keep"].map((flag) => Deno.args.includes(flag));
const unknown = Deno.args.find((flag) => !["--quick", "--keep"].includes(flag));
if (unknown !== undefined) throw new Error(`there is no flag ${unknown}; --quick and --keep are`);
if (quick && keep) throw new Error("the numbers of --quick mean little: --keep takes none of them");
const figures: Figure[] = [];
const folder = await Deno.makeTempDir({ prefix: "neuromfa-bench-" });

try {
  const cpu = `${cpus()[0]!.model}, ${cpus().length} cores, ${await instructions()}`;
  console.log(`${cpu}; Deno ${Deno.version.deno}`);
  console.log("CPU time unless said otherwise, medians; what is compared is timed in turns");
  await sampled();
  const sampledWeights = await allEdges();
  const fullWeights = await formats();
  await sizes();
  const digest = await digests();
  await nulls();
  await startUp();
  // Bundling and starting Chromium take longer than a try may.
  if (!quick) await explorer();
  await workers();
  await memory();
  family(sampledWeights, fullWeights, digest);
  marks();
  if (keep) {
    const date = new Date().toISOString().slice(0, 10);
    await keepFigures({ date, commit: await commitHere(), cpu }, figures);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

function keepFigure(figure: string, value: number, unit: string, mark: Mark | null = null) {
  figures.push({ figure, value, unit, mark });
}

/** Whether the processor has the instructions that NumPy gains most from. */
async function instructions(): Promise<string> {
  try {
    const { stdout } = await new Deno.Command("lscpu").output();
    const has = /\bavx512f\b/.test(new TextDecoder().decode(stdout));
    return has ? "with AVX-512" : "without AVX-512";
  } catch (error) {
    const { NotFound, NotCapable } = Deno.errors;
    if (error instanceof NotFound || error instanceof NotCapable) return "AVX-512 unknown";
    throw error;
  }
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
    const most = hidden === 128 ? 2.5 : 14, size = `h${hidden}/${blocks}`;
    keepFigure(`a sample, sampled edges, ${size}, one of ten`, 1000 * together.spectrum, "ms", {
      most,
    });
    if (other) keepFigure(`NumPy over ours, ${size}`, other.spectrum / ours.spectrum, "×");
    compare("extract, masses, 61 fits", ours.spectrum, other?.spectrum);
    compare("the same, one of ten read together", together.spectrum, other?.spectrum);
    compare("node fractal dimensions", ours.dimensions, other?.dimensions);
  }
  await peer?.stop();
  table("Sampled network (results equal to 1e-9 before timing)", rows);
}

/** Weights a CPU second of the last size, counted for all its samples. */
async function allEdges(): Promise<number> {
  const samples = 10;
  let rate = 0;
  const rows = [["32 neurons a layer, all edges", "one of ten", "read for ten"]];
  for (const size of quick ? ["128"] : ["128", "1024"]) {
    const blocks = size === "128" ? 6 : 24;
    const path = join(folder, size), rounds = quick ? 2 : 9;
    const { seconds, read } = await timeAllEdges(path, samples, rounds);
    rows.push([`h${size}/${blocks}`, milliseconds(seconds), `${read.toFixed(2)} × the file`]);
    const mark = size === "1024" ? { most: 40 } : null;
    keepFigure(`a sample, all edges, h${size}/${blocks}, one of ten`, 1000 * seconds, "ms", mark);
    keepFigure(`read for ten samples, h${size}/${blocks}`, read, "× the file", { most: 1.01 });
    rate = 12 * Number(size) ** 2 * blocks / (samples * seconds);
  }
  table("Sampled network with all edges, counted (masses the same before timing)", rows);
  return rate;
}

/** Weights a CPU second of the full network, stored in 16 bits. */
async function formats(): Promise<number> {
  let full = 0;
  const side = quick ? 512 : 4096;
  const rows = [
    ["stored as", "count", "count + sums", "plain sum", "count of plain", "count + sums of count"],
  ];
  for (const { format, count, measure, sum } of await timeFormats(side, quick ? 2 : 9)) {
    const rates = [count, measure, sum].map((rate) => rate.toFixed(2));
    const shares = [count / sum, measure / count].map((share) => `${(100 * share).toFixed(0)} %`);
    rows.push([format, ...rates, ...shares]);
    if (format !== "F16") continue;
    full = 1e9 * measure;
    keepFigure("full network, 4096-wide", measure, "10⁹ weights/s", { least: 0.45 });
    keepFigure("the same of counting alone", 100 * measure / count, "%", { least: 60 });
    keepFigure("counting of a plain sum", 100 * count / sum, "%", { least: 65 });
  }
  table(`Full network, 10⁹ weights a second on one core, ${side} × ${side}`, rows);
  return full;
}

/** Bytes a CPU second. */
async function digests(): Promise<number> {
  const bytes = quick ? 1e7 : 5e8;
  const { file, hash } = await timeDigest(folder, bytes, quick ? 2 : 7);
  const rates = [file, hash].map((rate) => `${rate.toFixed(2)} GB/s`);
  table("Digest of a file, a CPU second", [["of a file", "SHA-256 alone"], rates]);
  keepFigure("digest", file, "GB/s", { least: 1.3 });
  keepFigure("digest of SHA-256 alone", 100 * file / hash, "%");
  return 1e9 * file;
}

async function startUp() {
  const { help, firstNetwork } = await timeStartUp(folder, quick ? 2 : 10);
  const rows = [["neuromfa --help", `${help.toFixed(2)} CPU s`]];
  rows.push(["to the first network of suite:nano-64", `${firstNetwork.toFixed(2)} s`]);
  table("Starting", rows);
  keepFigure("neuromfa --help", help, "CPU s", { most: 0.15 });
  keepFigure("first network of suite:nano-64", firstNetwork, "s", { most: 0.4 });
}

async function explorer() {
  const found = await timeExplorer();
  if (found === null) return console.log("\nThe explorer: not timed, for Chromium did not start");
  const { redraw, frame } = found;
  table("The explorer in Chromium, by the clock", [
    ["E of nano-64 redrawn, 21 steps × 3 samples", `${redraw.toFixed(0)} ms`],
    ["longest frame meanwhile", `${frame.toFixed(0)} ms`],
  ]);
  keepFigure("explorer, E of nano-64 redrawn", redraw, "ms", { most: 150 });
  keepFigure("explorer, longest frame", frame, "ms");
}

function family(sampledWeights: number, fullWeights: number, digest: number) {
  const each = (rate: number) => 1 / (1 / rate + 2 / digest);
  const rows = pythiaFamily({
    ...{ sampledWeights: each(sampledWeights), fullWeights: each(fullWeights) },
    ...{ disk: DISK, cores: cpus().length },
  });
  const minutes = (seconds: number) => `${(seconds / 60).toFixed(1)} min`;
  table(
    `The whole Pythia family, reckoned from these rates and a disk of ${DISK / 1e9} GB/s`,
    [
      ["", "bytes", "samples, CPU", "full, CPU", "both, by the clock"],
      ...rows.map(({ model, bytes, sampled, full, wall }) => [
        ...[model, `${(bytes / 1e9).toFixed(0)} GB`],
        ...[sampled, full, wall].map(minutes),
      ]),
    ],
  );
  const { sampled, full, wall } = rows.at(-1)!;
  keepFigure("the whole Pythia family, samples", sampled / 3600, "CPU h");
  keepFigure("the whole Pythia family, full networks", full / 3600, "CPU h");
  keepFigure("the whole Pythia family, by the clock", wall / 3600, "h");
}

function marks() {
  const marked = figures.filter(({ mark }) => mark !== null);
  table("Marks", [
    ["", "measured", "mark", ""],
    ...marked.map((one) => [
      ...[one.figure, `${Number(one.value.toPrecision(3))} ${one.unit}`, markInWords(one.mark)],
      reaches(one) ? "met" : "not met",
    ]),
  ]);
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
    const mark = kind === "permute" ? { most: 60 } : null;
    keepFigure(`${draws} draws of ${kind}, h${hidden}/${blocks}, full`, seconds, "CPU s", mark);
  }
  table("Null models of a step of the full network, from 3 draws of 2 blocks", rows);
}

async function workers() {
  const cores = Math.min(quick ? 2 : 8, cpus().length);
  const sizes = quick
    ? { hidden: 128, blocks: 2, samples: 4, steps: 2 }
    : { hidden: 1024, blocks: 24, samples: 30, steps: 20 };
  const times = await timeWorkers(join(folder, "workers"), sizes, 1, cores);
  await Deno.remove(join(folder, "workers"), { recursive: true });
  const rows = [["", ...Array.from({ length: cores }, (_, i) => `${i + 1}`)]];
  for (const { work, seconds } of times) {
    const [one, two] = seconds;
    if (two !== undefined) keepFigure(`two workers, ${work}`, one! / two, "×", { least: 1.7 });
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
  const figure = `a sample with all edges, h${hidden}/${blocks}, above idle`;
  keepFigure(figure, (one - idle) / 1e6, "MB", { most: 250 });
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
