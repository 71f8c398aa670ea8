/** What a figure's SVG says about itself. */

/** The words and the size in a figure's SVG text. */
export interface FigureWords {
  /** Its title; empty where it states none. */
  readonly title: string;
  /** Its caption, whole; empty where it states none. */
  readonly caption: string;
  /** Width in CSS pixels; `null` where it states none. */
  readonly width: number | null;
  /** Height in CSS pixels; `null` where it states none. */
  readonly height: number | null;
}

/** Reads title, caption and size from SVG text that {@linkcode drawFigure} made. */
export function figureWords(svg: string): FigureWords {
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
