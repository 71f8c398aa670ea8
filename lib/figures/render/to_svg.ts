/** From a drawn SVG element to text that stands alone in a file. */

import { drawingDocument } from "./document.ts";
import type { DrawnElement } from "./drawn_element.ts";
import { figureStyle } from "../figure_style.ts";
import { FONT_FAMILY, SERIF_FAMILY } from "./font.ts";
import { svgElement } from "./svg_element.ts";

/** How an SVG file fits into what it is shown in. */
const FIT = "max-width:100%;height:auto";

/** The SVG text of a bare `<svg>`: on a white ground, in the PNG's font, with ids that depend on the name alone. */
export function toSvg(drawn: DrawnElement, name: string): string {
  if (drawn.tagName !== "svg") {
    throw new TypeError(
      `A figure must be a bare <svg>, but this one is a <${drawn.tagName.toLowerCase()}>: ` +
        "leave out Plot's title, subtitle, caption and legend, which are HTML, and label the marks directly",
    );
  }
  const copy = drawn.cloneNode(true);
  nameIds(copy, name);
  inlineStyle(copy);
  if (copy.getAttribute("style") !== null) copy.setAttribute("style", FIT);
  copy.setAttribute("font-family", family());
  copy.setAttribute("color", "black");
  copy.prepend(svgElement("rect", { width: "100%", height: "100%", fill: "white" }));
  const { XMLSerializer } = drawingDocument().defaultView;
  const text = new XMLSerializer().serializeToString(copy) + "\n";
  // Written into the text: pages with a strict policy allow no style to be set as an attribute.
  const svg = copy.getAttribute("style") === null ? text.replace(">", ` style="${FIT}">`) : text;
  // No XML has these characters, which a name from a file may have.
  return svg.replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, "\ufffd");
}

function family(): string {
  return figureStyle().font === "serif" ? SERIF_FAMILY : FONT_FAMILY;
}

/** Plot numbers its clip paths, markers and patterns through the whole process; number them through the figure. */
function nameIds(svg: DrawnElement, name: string): void {
  const renamed = new Map<string, string>();
  for (const element of svg.querySelectorAll("[id]")) {
    const id = `${name}-${renamed.size + 1}`;
    renamed.set(element.getAttribute("id")!, id);
    element.setAttribute("id", id);
  }
  if (renamed.size === 0) return;
  for (const element of svg.querySelectorAll("*")) {
    for (const attribute of element.getAttributeNames()) {
      const value = element.getAttribute(attribute)!;
      const changed = value.replace(/^#(.+)$|url\(#([^)]+)\)/g, (whole, bare, inUrl) => {
        const id = renamed.get(bare ?? inUrl);
        return id === undefined ? whole : whole.replace(bare ?? inUrl, id);
      });
      if (changed !== value) element.setAttribute(attribute, changed);
    }
  }
}

/** Renderers outside a browser know neither CSS variables nor Plot's style sheet, so what matters of it is written out. */
function inlineStyle(svg: DrawnElement): void {
  for (const style of svg.querySelectorAll("style")) {
    if (style.textContent?.startsWith(":where(.plot-")) style.remove();
  }
  for (const element of svg.querySelectorAll("*")) {
    for (const attribute of element.getAttributeNames()) {
      const value = element.getAttribute(attribute)!;
      if (value === "var(--plot-background)") element.setAttribute(attribute, "white");
      if (attribute === "font-family") element.setAttribute(attribute, family());
    }
  }
}

/** Title, caption and size of SVG text that {@linkcode drawFigure} made; empty or `null` where it states none. */
export function figureWords(svg: string) {
  const root = svg.match(/<svg\b[^>]*>/)?.[0] ?? "";
  const size = (name: string) =>
    Number(root.match(new RegExp(`\\s${name}="([\\d.]+)"`))?.[1]) || null;
  return {
    title: plainText(root.match(/\saria-label="([^"]*)"/)?.[1] ?? ""),
    caption: plainText(svg.match(/<desc>([^<]*)<\/desc>/)?.[1] ?? ""),
    width: size("width"),
    height: size("height"),
  };
}

const characters: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };

/** Text of XML with the references that its serializer writes replaced by what they stand for. */
function plainText(xml: string): string {
  return xml.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => characters[name]!);
}
