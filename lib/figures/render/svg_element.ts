/** New elements of a figure. */

import { drawingDocument } from "./document.ts";
import type { DrawnElement } from "./drawn_element.ts";

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
