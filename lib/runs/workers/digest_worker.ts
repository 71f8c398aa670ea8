/** A worker that takes digests of checkpoints, one order after another. */

import { openRun } from "../../checkpoints/open_run.ts";
import { knownDigests } from "../../checkpoints/local_file.ts";
import type { DigestOrder, DigestReport } from "./digest_crew.ts";

/** What a worker has of the global scope of its own. */
declare const self: {
  onmessage: ((event: MessageEvent<DigestOrder>) => void) | null;
  postMessage(report: DigestReport): void;
};

self.onmessage = async ({ data: { place, step } }) => {
  try {
    const { name, stepsPattern, weights } = place;
    const run = await openRun(name, { offline: true, stepsPattern, weights });
    await (await run.checkpoint(step)).digest();
    self.postMessage(await knownDigests());
  } catch {
    self.postMessage(null);
  }
};
