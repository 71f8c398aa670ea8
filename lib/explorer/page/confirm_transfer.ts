/** The question before something is moved from the hub. */

/// <reference lib="dom" />

import { Stopped } from "../engine/crew.ts";
import { element } from "./elements.ts";

/** Show what will be moved, and wait until it is wanted; rejects with {@linkcode Stopped} where it is not. */
export async function confirmTransfer(words: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const refuse = () => reject(new Stopped("stopped"));
  const dialog = element(
    "dialog",
    { "aria-label": "What will be moved", cancel: refuse },
    element("h2", {}, "Read this from the hub?"),
    element("p", {}, `${words}.`),
    element(
      "p",
      {},
      "Only these bytes come from the hub, and nothing is sent there but their addresses.",
    ),
    element(
      "div",
      { class: "row" },
      element("button", { type: "button", class: "main", click: () => resolve() }, "Read them"),
      element("button", { type: "button", click: refuse }, "Not now"),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  try {
    await promise;
  } finally {
    dialog.remove();
  }
}
