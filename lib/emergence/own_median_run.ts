/** A run read in units of its own weights: no step has longer edges than another because all weights shrank. */

import { detectArchitecture } from "../architectures/detect.ts";
import type { Checkpoint, CheckpointRun } from "../checkpoints/checkpoint.ts";
import { decodeValues } from "../checkpoints/decode_values.ts";
import { runView } from "../checkpoints/run_view.ts";
import { integer } from "../options/option.ts";
import { readOptions } from "../options/read_options.ts";
import { textDigest } from "./null_models/text_digest.ts";
import { WEIGHT_LAWS_OPTIONS, weightLaws } from "./weight_laws.ts";

/** What the weights are brought to, and from how many of them the median is taken. */
export interface OwnMedianOptions {
  /** The step whose median length all have; 0 unless given. */
  readonly baseline?: number;
  /** Rows of each tensor that the median is taken of, spread over it; all unless given. */
  readonly rows?: number | undefined;
}

const OWN_MEDIAN_OPTIONS = {
  baseline: integer({
    ...{ min: 0, max: Number.MAX_SAFE_INTEGER, otherwise: "0" },
    help: "the step whose median length all have",
  }),
  rows: WEIGHT_LAWS_OPTIONS.rows,
};

/**
 * A run whose weights are multiplied, at each step by one number, so that the median length `1 / |w|` is that of the baseline: a
 * threshold and radii in lengths are then so many medians of the step's own, and the scale of the weights no longer changes
 * E. Whatever takes a run takes this one.
 *
 * @param run The run.
 * @param options The baseline, and what the median is taken of.
 * @throws {RangeError} If the baseline is none of the run's steps, or an option is out of range.
 * @throws {TypeError} If an option is unknown.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { measure, openRun } from "neuromfa";
 * import { ownMedianRun } from "neuromfa/statistics";
 *
 * const run = await openRun("suite:nano-32"), options = { samples: 2, steps: [0, 4096] };
 * const asPublished = (await measure(run, options)).rows[1]!.E;
 * const ownMedian = (await measure(ownMedianRun(run), options)).rows[1]!.E;
 * assert.ok(asPublished < -0.2 && Math.abs(ownMedian) < 0.15);
 * ```
 */
export function ownMedianRun(run: CheckpointRun, options: OwnMedianOptions = {}): CheckpointRun {
  const { baseline = 0, rows } = readOptions("ownMedianRun", OWN_MEDIAN_OPTIONS, options);
  if (!run.steps.includes(baseline)) {
    throw new RangeError(
      `medians are brought to that of step ${baseline}, which ${run.model} lacks; choose one of its steps`,
    );
  }
  const found = new Map<string, Promise<number>>();
  /** Found once for the same weights, however often a checkpoint is opened. */
  const medianOf = async (checkpoint: Checkpoint): Promise<number> => {
    const digest = await checkpoint.digest();
    const known = found.get(digest);
    if (known !== undefined) return await known;
    const median = findMedian(checkpoint, rows);
    found.set(digest, median);
    median.catch(() => found.delete(digest)); // a later try may succeed
    return await median;
  };
  const wantedMedian = async () => await medianOf(await run.checkpoint(baseline));
  // Digests of stored weights say nothing of scaled ones.
  const { listedDigests: _, ...view } = runView(run, {
    source: `${run.source} (in units of each step's own median length)`,
    checkpoint: async (step) => {
      const checkpoint = await run.checkpoint(step);
      return scaledCheckpoint(
        checkpoint,
        async () => step === baseline ? 1 : await medianOf(checkpoint) / await wantedMedian(),
      );
    },
  });
  return view;
}

async function findMedian(checkpoint: Checkpoint, rows: number | undefined): Promise<number> {
  const length = (await weightLaws(checkpoint, { rows })).medianLength();
  if (Number.isFinite(length)) return length;
  throw new Error(`${checkpoint.source} has no weight but 0, so there is no median length`);
}

/** A checkpoint whose matrices are multiplied by a number, found when it is needed. */
function scaledCheckpoint(checkpoint: Checkpoint, findFactor: () => Promise<number>): Checkpoint {
  const names = new Set(detectArchitecture(checkpoint).matrices.map(({ tensor }) => tensor));
  let factor: Promise<number> | undefined;
  const { model, step, source, config, declared } = checkpoint;
  return {
    ...{ model, step, source, config },
    ...declared && { declared },
    tensors: new Map([...checkpoint.tensors].map(([name, info]) => [
      name,
      names.has(name) ? { ...info, dtype: "F32" } : info,
    ])),
    digest: async () => {
      const digest = await checkpoint.digest();
      return textDigest(`${digest}\nin units of ${await (factor ??= findFactor())}`);
    },
    read: async (name, rows) => {
      const stored = await checkpoint.read(name, rows);
      if (!names.has(name)) return stored;
      const times = await (factor ??= findFactor());
      const values = new Float32Array(decodeValues(stored).map((w) => w * times));
      return { dtype: "F32", shape: stored.shape, bytes: new Uint8Array(values.buffer) };
    },
  };
}
