/** An empty document to draw in: jsdom's, loaded when the first figure is drawn. */

// Deferred: loading jsdom takes a third of a second and reads the environment, which a run that draws nothing need not pay.
import defer * as jsdom from "jsdom";
import type { DrawingDocument } from "./drawn_element.ts";

/** Make an empty document. */
export function emptyDocument(): DrawingDocument {
  return new jsdom.JSDOM("").window.document as DrawingDocument;
}
