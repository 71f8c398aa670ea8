/** Small checkpoints of any family on disk, and their whole network as text. */

import { join } from "node:path";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { Architecture } from "../../lib/architectures/architecture.ts";
import type { Checkpoint, TensorInfo } from "../../lib/checkpoints/checkpoint.ts";
import { openFolderCheckpoint } from "../../lib/checkpoints/open_checkpoint.ts";
import { writeSafetensors } from "../../lib/checkpoints/write_safetensors.ts";
import { edgeList } from "../../lib/networks/edge_list.ts";
import { linkLayers } from "../../lib/networks/link_layers.ts";
import { readWeights } from "../../lib/networks/read_weights.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** Tensors by name: nested rows, as deep as there are axes. */
export type TinyTensors = Readonly<Record<string, Nested>>;
type Nested = readonly (number | Nested)[];

/** Write a checkpoint as safetensors of 32-bit floats, with a config if one is given. */
export async function writeTiny(
  folder: string,
  tensors: TinyTensors,
  config: object | null = null,
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const all = Object.entries(tensors).map(([name, rows]) => {
    const values = Float32Array.from((rows as unknown[]).flat(Infinity) as number[]);
    const bytes = new Uint8Array(values.buffer);
    return { name, dtype: "F32" as const, shape: shapeOf(rows), bytes };
  });
  await writeSafetensors(join(folder, "model.safetensors"), all);
  if (config) await Deno.writeTextFile(join(folder, "config.json"), JSON.stringify(config));
}

/** Run a test on a checkpoint that is written for it. */
export function withTiny(
  tensors: TinyTensors,
  config: object | null,
  test: (checkpoint: Checkpoint) => unknown,
): Promise<void> {
  return withFolder(async (folder) => {
    await writeTiny(folder, tensors, config);
    await test({ ...await openFolderCheckpoint(folder, "tiny", 0), source: "tiny" });
  });
}

/** A checkpoint of these shapes without weights, for what is refused before any is read. */
export function shapesOnly(
  shapes: Readonly<Record<string, readonly number[]>>,
  config: Readonly<Record<string, unknown>> | null = null,
): Checkpoint {
  const tensors = new Map<string, TensorInfo>(
    Object.entries(shapes).map(([name, shape]) => [name, { name, dtype: "F16", shape }]),
  );
  const none = () => Promise.reject(new Error("no weights"));
  return { model: "tiny", step: 0, source: "tiny", config, tensors, digest: none, read: none };
}

/**
 * Every edge of a checkpoint's network with all its neurons: a line for each node that edges leave, with the
 * nodes that they reach, both ascending, and the weights.
 */
export async function wholeNetwork(checkpoint: Checkpoint): Promise<string> {
  const architecture = detectArchitecture(checkpoint);
  const all = {
    layers: architecture.layers.map(({ size }) => Int32Array.from(Array(size).keys())),
  };
  const options = { qkv: "per-head", edges: "sampled" } as const;
  const [weights] = await readWeights(checkpoint, architecture, [all], options);
  const rows = edgeList(linkLayers(architecture, all, weights!));
  const edges = Array.from({ length: rows.length / 3 }, (_, i) => rows.subarray(3 * i, 3 * i + 3))
    .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  return [...Map.groupBy(edges, ([source]) => source)].map(([source, own]) =>
    `${source}: ${own.map(([, target, weight]) => `${target}=${weight}`).join(" ")}`
  ).join("\n");
}

/** Layers as `name: size`, one a line. */
export function layersOf({ layers }: Architecture): string[] {
  return layers.map(({ name, size }) => `${name}: ${size}`);
}

function shapeOf(rows: Nested): number[] {
  const [first] = rows;
  return [rows.length, ...Array.isArray(first) ? shapeOf(first) : []];
}
