/** What a browser runs: the page, or in a worker what measures for it. */

/// <reference lib="dom" />

import { type Hand, pageHand, workerHand, type WorkerLike } from "./engine/crew.ts";
import { serveWorker } from "./engine/worker_front.ts";
import { ExplorerPage } from "./page/explorer_page.ts";
import type { PageModels } from "./page/models.ts";

/** Workers at most: each holds the code and its share of the networks. */
const MOST_WORKERS = 8;

if (typeof document === "undefined") {
  serveWorker(globalThis as unknown as Parameters<typeof serveWorker>[0]);
} else begin();

function begin(): void {
  const root = document.getElementById("explorer")!;
  const models: PageModels = JSON.parse(document.getElementById("models")!.textContent!);
  const endpoint = root.dataset.endpoint || undefined;
  const workers = Math.max(1, Math.min(MOST_WORKERS, navigator.hardwareConcurrency || 2));
  const page = { root, models, hash: root.dataset.hash, ...endpoint && { endpoint } };
  const hire = workerMaker();
  if (hire !== null) {
    new ExplorerPage({ ...page, hire, workers });
    return;
  }
  new ExplorerPage({
    ...{ ...page, hire: pageHand, workers: 1 },
    noWorkers:
      "This browser allows no workers, so that the page itself measures: it answers late while it does.",
  });
}

/** What starts a worker with this same code; `null` where none can be started. */
function workerMaker(): (() => Hand) | null {
  if (typeof Worker === "undefined") return null;
  const script = document.getElementById("code") as HTMLScriptElement;
  const address = script.src ||
    URL.createObjectURL(new Blob([script.textContent!], { type: "text/javascript" }));
  try {
    new Worker(address).terminate();
  } catch {
    return null;
  }
  return () => workerHand(new Worker(address) as unknown as WorkerLike);
}
