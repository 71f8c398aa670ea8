/** Files that are dropped anywhere on the page. */

/// <reference lib="dom" />

import type { GivenFile } from "../../checkpoints/open_files.ts";
import { droppedFiles, listedFiles } from "./models.ts";

/** Take what is dropped, in place of what a browser does with it, which is to leave the page. */
export function takeDroppedFiles(
  take: (files: readonly GivenFile[]) => void,
  say: (error: unknown) => void,
): void {
  addEventListener("dragover", (event) => {
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) document.body.classList.remove("dropping");
  });
  addEventListener("drop", async (event) => {
    event.preventDefault();
    document.body.classList.remove("dropping");
    try {
      const items = event.dataTransfer?.items;
      take(items ? await droppedFiles(items) : listedFiles(event.dataTransfer?.files ?? []));
    } catch (error) {
      say(error);
    }
  });
}
