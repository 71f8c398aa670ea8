/** The document to draw in where there is one: the page's own. */

import type { DrawingDocument } from "./drawn_element.ts";

/** The page's document; nothing that is drawn is put into it. */
export function emptyDocument(): DrawingDocument {
  const { document } = globalThis as { readonly document?: DrawingDocument };
  if (document !== undefined) return document;
  throw new Error("figures are drawn in a page, and a worker has none");
}
