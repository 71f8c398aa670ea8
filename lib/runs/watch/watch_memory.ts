/** What a watcher remembers of the steps that it has measured, so that their rows outlive their files. */

import { join } from "node:path";
import * as v from "valibot";
import type { Checkpoint, TensorInfo } from "../../checkpoints/checkpoint.ts";
import { ifThere } from "../../files/list_files.ts";
import { readText } from "../../files/read_file.ts";
import { writeWholeFile } from "../../files/write_whole_file.ts";
import { checkedJson } from "../../schemas/checked_value.ts";
import { lawful, positive, sha256, wholeNumber } from "../../schemas/pieces.ts";
import type { AnalysisOptions } from "../analysis_options.ts";
import { versions } from "../run_record.ts";
import { MEASURING } from "../units/measuring.ts";
import { shortDigest } from "../units/unit.ts";
import { memoryFile, unitsFolder } from "../units/unit_store.ts";

/** What is known of a step's checkpoint but for its weights. */
export interface StepMemory {
  readonly sha256: string;
  /** What its files were, as {@linkcode lookAt} tells it. */
  readonly files: string;
  /** What steps with the same weights are found by, for each of its files. */
  readonly parts: readonly PartMemory[];
  /** The entry of its file that its weights are. */
  readonly entry?: string;
  readonly shape: CheckpointShape;
}

/** The weights in one file of a step. */
export interface PartMemory {
  /** A digest of one row of each matrix: where it differs the weights do. */
  readonly sketch: string;
  /** A digest of all values; `null` until another step has the same sketch. */
  digest: string | null;
}

/** What decides the network of a checkpoint; mostly the same at all steps. */
export interface CheckpointShape {
  readonly config: Checkpoint["config"];
  readonly declared?: object;
  readonly tensors: readonly TensorInfo[];
}

/** All that a watcher remembers, for one set of options. */
export interface WatchMemory {
  /** The threshold as a length, once it is known. */
  readonly threshold: number | null;
  readonly steps: ReadonlyMap<number, StepMemory>;
}

const object = v.custom<object>(
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  "an object",
);

/** How a memory lies on disk: each shape once. */
function stored(source: string) {
  return lawful(
    v.object({
      source: v.literal(source),
      threshold: v.nullable(positive),
      shapes: v.array(v.object({
        config: v.nullable(object),
        declared: v.exactOptional(object),
        tensors: v.array(v.object({
          name: v.string(),
          dtype: v.string(),
          shape: v.array(wholeNumber(0)),
        })),
      })),
      steps: v.array(v.object({
        step: wholeNumber(0),
        sha256,
        files: v.string(),
        parts: v.array(v.object({ sketch: v.string(), digest: v.nullable(v.string()) })),
        entry: v.exactOptional(v.string()),
        shape: wholeNumber(0),
      })),
    }),
    ({ shapes, steps }) => {
      const wrong = steps.find(({ shape }) => shape >= shapes.length);
      if (wrong) throw new Error(`step ${wrong.step} has the shape ${wrong.shape}, which is none`);
    },
  );
}

/** Where the memory lies: other options, or another version, have one of their own, for they need other units. */
export function memoryPath(out: string, model: string, options: AnalysisOptions): string {
  const digest = shortDigest(JSON.stringify([MEASURING, versions(), options]));
  return join(unitsFolder(out, model), memoryFile(digest));
}

/**
 * Read a memory, empty where there is none.
 *
 * @throws {Error} If it is of another folder, whose steps would be mixed with those of this one, or was changed.
 */
export async function readMemory(path: string, source: string): Promise<WatchMemory> {
  const text = await ifThere(readText(path));
  if (text === null) return { threshold: null, steps: new Map() };
  const of = sourceOf(text);
  if (of !== null && of !== source) {
    throw new Error(
      `${path} remembers what was watched in ${of}, not ${source}; choose another --out, or remove that file`,
    );
  }
  const { threshold, shapes, steps } = checkedJson(
    ...[
      text,
      stored(source),
      path,
      "remove it; steps that are still there are taken up again",
    ] as const,
  );
  return {
    threshold,
    steps: new Map(
      steps.map(({ step, shape, ...own }) => [
        step,
        { ...own, shape: shapes[shape] as CheckpointShape },
      ]),
    ),
  };
}

function sourceOf(text: string): string | null {
  try {
    const { source } = JSON.parse(text);
    return typeof source === "string" ? source : null;
  } catch {
    return null;
  }
}

/** Keep a memory, whole or not at all. */
export async function writeMemory(
  path: string,
  source: string,
  { threshold, steps }: WatchMemory,
): Promise<void> {
  const places = new Map<string, number>();
  const rows = [...steps].sort(([a], [b]) => a - b).map(([step, { shape, ...own }]) => {
    const text = JSON.stringify(shape);
    return { step, ...own, shape: places.getOrInsert(text, places.size) };
  });
  const shapes = [...places.keys()].map((text) => JSON.parse(text));
  const text = JSON.stringify({ source, threshold, shapes, steps: rows });
  await writeWholeFile(path, `${text}\n`);
}
