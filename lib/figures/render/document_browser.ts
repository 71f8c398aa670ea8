/** What a browser gets for `document.ts`: the page's own document. */

import type { DrawingDocument } from "./drawn_element.ts";

/** The document of the page. */
export function drawingDocument(): DrawingDocument {
  const { document } = globalThis as unknown as { readonly document?: DrawingDocument };
  if (document !== undefined) return document;
  throw new Error(
    "a figure is drawn in the document of a page, and there is none here; draw it in the page and not in a worker",
  );
}
