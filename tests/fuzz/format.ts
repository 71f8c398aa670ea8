/** What the fuzzer knows of a kind of file. */

import { dirname, join } from "node:path";
import type { Mutator } from "./mutators/mutator.ts";

/** The files of an input by their path in its folder. */
export type Files = ReadonlyMap<string, Uint8Array>;

/** A kind of input that the toolkit reads. */
export interface Format {
  /** What it is called in the table and by `--only`. */
  readonly name: string;
  /** Ways to damage one file of an input. */
  readonly mutators: readonly Mutator[];
  /** What the message of every refusal names. */
  readonly names: RegExp;
  /** Whether messages quote lines, indented by four blanks. */
  readonly quotesLines?: boolean;
  /** How many of its inputs are tried for each one of other formats; 1 unless given. */
  readonly share?: number;
  /** How many of its inputs are tried at least. */
  readonly fewest?: number;
  /** Get ready to open inputs; a new folder is there for what that needs. */
  start(folder: string): Promise<Opener> | Opener;
}

/** Opens inputs of a format. */
export interface Opener {
  /** Sound inputs, which are damaged. */
  readonly seeds: readonly Files[];
  /** Which files are damaged; all unless given. */
  damages?(path: string): boolean;
  /** The input with digests that fit what was damaged, so that what lies behind them is reached too. */
  signed?(files: Files): Files;
  /**
   * Open an input.
   *
   * @param folder An empty folder, the only one that may be written to.
   * @returns What was read; its numbers are looked at.
   */
  open(files: Files, folder: string): unknown;
  /** Give back what the start has taken. */
  end?(): Promise<void>;
}

/** An input of one file. */
export function oneFile(path: string, content: string | Uint8Array): Files {
  return new Map([[path, bytesOf(content)]]);
}

/** An input of text files and others. */
export function filesOf(contents: Readonly<Record<string, string | Uint8Array>>): Files {
  return new Map(Object.entries(contents).map(([path, content]) => [path, bytesOf(content)]));
}

/** All files below a folder. */
export async function filesIn(folder: string, under = ""): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, isDirectory } of Deno.readDir(join(folder, under))) {
    const path = join(under, name);
    if (!isDirectory) files.set(path, await Deno.readFile(join(folder, path)));
    else for (const [inner, bytes] of await filesIn(folder, path)) files.set(inner, bytes);
  }
  return files;
}

/** Write files into a folder. */
export async function writeFiles(files: Files, folder: string): Promise<void> {
  for (const [path, bytes] of files) {
    await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
    await Deno.writeFile(join(folder, path), bytes);
  }
}

/** The text of a file. */
export function textOf(bytes: Uint8Array | undefined): string {
  return new TextDecoder().decode(bytes);
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}
