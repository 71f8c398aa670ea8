/** The document that figures are drawn in: jsdom's, loaded when the first figure is drawn; in a browser `document_browser.ts` stands for this. */

// Deferred: loading jsdom takes a third of a second and reads the environment, which a run that draws nothing need not pay.
import defer * as jsdom from "jsdom";
import type { DrawingDocument } from "./drawn_element.ts";

let shared: DrawingDocument | undefined;

/** The one document that all figures of a process are drawn in, made at the first call. */
export function drawingDocument(): DrawingDocument {
  shared ??= new jsdom.JSDOM("").window.document as DrawingDocument;
  return shared;
}
