/** What figures use of a document and its elements. */

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
