/** Digests of checkpoints by workers beside each other: hashing takes as long as counting, and is as easily shared. */

import { takeDigests } from "../../checkpoints/local_file.ts";
import type { UnitPlace } from "../units/unit.ts";

/** Asks a worker for the digest of a step. */
export interface DigestOrder {
  readonly place: Extract<UnitPlace, { kind: "run" }>;
  readonly step: number;
}

/** The digests of files that a worker has read so far, by what they were then; `null` where it could not. */
export type DigestReport = readonly (readonly [identity: string, digest: string])[] | null;

/** A worker that is sent order after order. */
function digestWorker() {
  const worker = new Worker(new URL("./digest_worker.ts", import.meta.url), { type: "module" });
  return {
    take(order: DigestOrder): Promise<DigestReport> {
      const { promise, resolve } = Promise.withResolvers<DigestReport>();
      worker.onmessage = ({ data }: MessageEvent<DigestReport>) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        resolve(null);
      };
      worker.postMessage(order);
      return promise;
    },
    [Symbol.dispose]: () => worker.terminate(),
  };
}

/**
 * Have workers take the digests of some steps of a run on this disk, so that none is taken again here. What they cannot read
 * is left to whoever asks for it, who is told why.
 */
export async function digestBeside(
  place: DigestOrder["place"],
  steps: readonly number[],
  workers: number,
): Promise<void> {
  const left = [...steps];
  await Promise.all(Array.from({ length: Math.min(workers, steps.length) }, async () => {
    using worker = digestWorker();
    for (let step = left.shift(); step !== undefined; step = left.shift()) {
      const report = await worker.take({ place, step });
      if (report !== null) takeDigests(report);
    }
  }));
}
