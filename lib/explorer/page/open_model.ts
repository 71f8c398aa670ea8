/** From the name of a model to its run: bundled, on the hub, or among files that were given. */

import type { GivenFile } from "../../checkpoints/open_files.ts";
import type { EngineListeners, ExplorerEngine } from "../engine/explorer_engine.ts";
import { bundledFiles, type PageModels } from "./models.ts";

/** Where models are found. */
export interface ModelSources {
  readonly models: PageModels;
  /** The files that were given last. */
  readonly files: readonly GivenFile[] | null;
  /** The hub's address, where it is not the usual one. */
  readonly endpoint?: string | undefined;
}

/**
 * Open a model in an engine.
 *
 * @throws {Error} If there is no such model here, or it cannot be opened.
 */
export async function openModel(
  engine: ExplorerEngine,
  model: string,
  { models, files, endpoint }: ModelSources,
  listeners: EngineListeners,
): Promise<void> {
  const [kind] = model.split(":", 1), name = model.slice(kind!.length + 1);
  if (kind === "hf") {
    await engine.open({ kind: "hub", name: model, ...endpoint && { endpoint } }, listeners);
  } else if (kind === "suite") {
    const bundled = await bundledFiles(models, name, listeners.onProgress ?? (() => {}));
    await engine.open({ kind: "files", files: bundled }, listeners);
  } else if (kind === "files") {
    if (files === null) {
      throw new Error(
        `${name} was dropped on this page before; drop it again, or choose another model`,
      );
    }
    await engine.open({ kind: "files", files }, listeners);
  } else {
    throw new Error(
      `${model} is no model of this page; choose suite:nano-32, hf:owner/model, or drop files`,
    );
  }
}
