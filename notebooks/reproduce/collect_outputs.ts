/** From what a notebook's process told to the outputs of each cell. */

import type { DisplayBundle } from "../../lib/display/display_bundle.ts";

/** One output of a cell, as nbformat 4 names it. */
export type Output =
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | (DisplayBundle & { readonly output_type: "display_data" })
  | (DisplayBundle & { readonly output_type: "execute_result"; readonly execution_count: number });

/** Outputs by code cell, and how it ended. */
export interface Collected {
  /** Outputs of each code cell, the first cell's first. */
  readonly outputs: readonly (readonly Output[])[];
  /** The last code cell that started, from 1; 0 if none did. */
  readonly reached: number;
  /** The models that its texts quote numbers of, where it read others; else `null`. */
  readonly about: string | null;
  /** How it ended: all cells done, one threw, or the process stopped by itself. */
  readonly end:
    | { readonly kind: "done" }
    | { readonly kind: "error"; readonly message: string; readonly stack: string }
    | { readonly kind: "stopped" };
}

/**
 * Sorts what was told by cell.
 *
 * @param cells Number of code cells.
 * @param stdout Told on the standard output, frames included.
 * @param stderr Told on the standard error; its frames are only marks.
 */
export function collectOutputs(
  cells: number,
  stdout: readonly Told[],
  stderr: readonly Told[],
): Collected {
  const outputs: Output[][] = Array.from({ length: cells }, () => []);
  let reached = 0;
  let about: string | null = null;
  let end: Collected["end"] = { kind: "stopped" };
  stdout.forEach(({ printed, frame }, i) => {
    const current = outputs[reached - 1];
    if (current !== undefined) {
      addText(current, "stdout", printed);
      addText(current, "stderr", stderr[i]?.printed ?? "");
    }
    if (frame?.kind === "start") reached = frame.cell;
    else if (frame?.kind === "display") {
      current?.push({ output_type: "display_data", ...frame.bundle });
    } else if (frame?.kind === "result") {
      current?.push({ output_type: "execute_result", execution_count: reached, ...frame.bundle });
    } else if (frame?.kind === "notices") about = frame.about;
    else if (frame !== undefined) end = frame;
  });
  return { outputs, reached, about, end };
}

function addText(outputs: Output[], name: "stdout" | "stderr", text: string): void {
  if (text === "") return;
  outputs.push({ output_type: "stream", name, text });
}

/** One thing told. */
export type Frame =
  | { readonly kind: "start"; readonly cell: number }
  | { readonly kind: "display"; readonly bundle: DisplayBundle }
  | { readonly kind: "result"; readonly bundle: DisplayBundle }
  | { readonly kind: "notices"; readonly about: string }
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
