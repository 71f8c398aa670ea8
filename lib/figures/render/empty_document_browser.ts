/** The document to draw in where there is one: a new one that the browser makes, and never shows. */

/// <reference lib="dom" />

import type { DrawingDocument } from "./drawn_element.ts";

/** Make an empty document, to which the page's policy on styles does not reach. */
export function emptyDocument(): DrawingDocument {
  if (typeof document === "undefined") {
    throw new Error("figures are drawn in a page, and a worker has none");
  }
  const made = document.implementation.createHTMLDocument("");
  // What serialises elements is the page's.
  Object.defineProperty(made, "defaultView", { value: globalThis });
  return made as unknown as DrawingDocument;
}
