/** The document that figures are drawn in: jsdom's, loaded when the first figure is drawn; in a browser `document_browser.ts` stands for this. */

import process from "node:process";
// Deferred: loading jsdom takes a third of a second, which a run that draws nothing need not pay.
import defer * as jsdom from "jsdom";
import type { DrawingDocument } from "./drawn_element.ts";

let shared: DrawingDocument | undefined;

/** The one document that all figures of a process are drawn in, made at the first call. */
export function drawingDocument(): DrawingDocument {
  shared ??= withoutEnvironment(() => new jsdom.JSDOM("").window.document as DrawingDocument);
  return shared;
}

/**
 * Do something while the environment seems empty. Of jsdom's packages undici, its way to the web, asks for `UNDICI_*` when it is
 * loaded; a figure is drawn without the web, and who draws one need not allow its environment to be read.
 */
function withoutEnvironment<T>(work: () => T): T {
  const own = process.env;
  process.env = {};
  try {
    return work();
  } finally {
    process.env = own;
  }
}
