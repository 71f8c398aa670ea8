/** The document that figures are drawn in. */

import type { DrawingDocument, DrawnElement } from "./drawn_element.ts";
import { emptyDocument } from "./empty_document.ts";

export type { DrawingDocument, DrawnElement };

let shared: DrawingDocument | undefined;

/** The one document that all figures of a process are drawn in, made at the first call. */
export function drawingDocument(): DrawingDocument {
  shared ??= emptyDocument();
  return shared;
}

/** A new SVG element with attributes and children. */
export function svgElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: DrawnElement[]
): DrawnElement {
  const element = drawingDocument().createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, `${value}`);
  element.append(...children);
  return element;
}
