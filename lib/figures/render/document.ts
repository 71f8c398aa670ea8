/** The document that figures are drawn in: jsdom's, loaded when the first figure is drawn. */

// Deferred: loading jsdom takes a third of a second and reads the environment, which a run that draws nothing need not pay.
import defer * as jsdom from "jsdom";

/** What the figures use of an SVG or HTML element; the DOM's own types are not part of Deno's. */
export interface DrawnElement {
  /** The element's name; capitals for HTML (`FIGURE`), as written for SVG (`svg`). */
  readonly tagName: string;
  textContent: string | null;
  getAttribute(name: string): string | null;
  getAttributeNames(): string[];
  setAttribute(name: string, value: string): void;
  append(...children: DrawnElement[]): void;
  prepend(...children: DrawnElement[]): void;
  remove(): void;
  cloneNode(deep: boolean): DrawnElement;
  querySelectorAll(selector: string): Iterable<DrawnElement>;
}

/** What the figures use of a document. */
export interface DrawingDocument {
  createElementNS(namespace: string, name: string): DrawnElement;
  readonly defaultView: {
    readonly XMLSerializer: new () => { serializeToString(element: DrawnElement): string };
  };
}

let shared: DrawingDocument | undefined;

/** The one document that all figures of a process are drawn in, made at the first call. */
export function drawingDocument(): DrawingDocument {
  shared ??= new jsdom.JSDOM("").window.document as DrawingDocument;
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
