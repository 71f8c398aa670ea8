/** From SVG text to a PDF of one page, whose texts are text in the bundled fonts, which are in it. */

import { Buffer } from "node:buffer";
// Deferred: they take long to load, and most figures are not printed.
import defer * as pdfkit from "pdfkit";
import defer * as svgToPdfkit from "svg-to-pdfkit";
import { POINTS } from "../figure_style.ts";
import { readFaces } from "./read_fonts.ts";

/** What is used of a document of pdfkit. */
interface Document {
  on(event: "data", listener: (bytes: Uint8Array) => void): void;
  on(event: "end", listener: () => void): void;
  registerFont(name: string, bytes: Uint8Array): void;
  end(): void;
}

/** The date of every PDF: the same figure is the same bytes. */
const NO_DATE = new Date(0);

/** Texts with a halo drawn twice, the halo first: the order of painting is unknown to what draws here. */
function withHalosBelow(svg: string): string {
  return svg.replace(/<g\b[^>]*\spaint-order="stroke"[^>]*>.*?<\/g>/gs, (group) => {
    const end = group.indexOf(">");
    const open = group.slice(0, end).replaceAll(/\s(stroke|stroke-width|paint-order)="[^"]*"/g, "");
    return group + open + group.slice(end);
  });
}

/** A PDF of SVG text that states its size in CSS pixels; the same text gives the same bytes. */
export async function toPdf(
  svg: string,
  { width, height, title }: {
    readonly width: number;
    readonly height: number;
    readonly title: string;
  },
): Promise<Uint8Array<ArrayBuffer>> {
  const faces = await readFaces(svg.includes("DejaVu Serif") ? "serif" : "sans");
  const size = [width * POINTS, height * POINTS];
  const Document = (pdfkit as unknown as { default: new (options: object) => Document }).default;
  const info = { Title: title, Creator: "NeuroMFA", Producer: "NeuroMFA", CreationDate: NO_DATE };
  const document = new Document({ size, margin: 0, info });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const ended = new Promise<void>((resolve) => {
    document.on("data", (bytes) => chunks.push(new Uint8Array(bytes)));
    document.on("end", resolve);
  });
  for (const [name, bytes] of Object.entries(faces)) {
    document.registerFont(name, Buffer.from(bytes));
  }
  const draw = (svgToPdfkit as unknown as { default: (...args: unknown[]) => void }).default;
  draw(document, withHalosBelow(svg), 0, 0, {
    ...{ width: size[0], height: size[1] },
    fontCallback: (_family: string, isBold: boolean, isItalic: boolean) =>
      isBold ? "bold" : isItalic ? "oblique" : "regular",
    warningCallback(warning: string) {
      throw new Error(`the figure cannot be drawn as PDF: ${warning}`);
    },
  });
  document.end();
  await ended;
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
