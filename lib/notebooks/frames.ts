/** How a running notebook's process tells its parent what belongs to which cell, between what it prints. */

import type { DisplayBundle } from "./display_bundle.ts";

/** One thing told. */
export type Frame =
  | { readonly kind: "start"; readonly cell: number }
  | { readonly kind: "display"; readonly bundle: DisplayBundle }
  | { readonly kind: "result"; readonly bundle: DisplayBundle }
  | { readonly kind: "error"; readonly message: string; readonly stack: string }
  | { readonly kind: "done" };

/** What was printed up to a frame, and the frame; no frame after the last print. */
export interface Told {
  /** Printed before the frame. */
  readonly printed: string;
  /** The frame. */
  readonly frame: Frame | undefined;
}

/** A frame as a line that starts with a mark nobody else prints. */
export function encodeFrame(frame: Frame, mark: string): string {
  return `${mark}${JSON.stringify(frame)}\n`;
}

/** Frames in what a process printed, each with the print before it. */
export function decodeFrames(text: string, mark: string): Told[] {
  const [first, ...pieces] = text.split(mark);
  const told: Told[] = [];
  let printed = first!;
  for (const piece of pieces) {
    const end = piece.indexOf("\n");
    if (end < 0) break; // the process stopped in the middle of telling
    told.push({ printed, frame: JSON.parse(piece.slice(0, end)) as Frame });
    printed = piece.slice(end + 1);
  }
  told.push({ printed, frame: undefined });
  return told;
}
