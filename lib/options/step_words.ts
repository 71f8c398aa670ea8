/** Training steps in words: lists, ranges and names of steps, such as `published` or `0,1000-143000:10000`. */

import { shown } from "../messages/shown.ts";

/** Steps of Pythia with published scores: 27 of the 154 checkpoints of a model. */
export const PUBLISHED_STEPS: readonly number[] = [
  ...[0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 3000],
  ...Array.from({ length: 14 }, (_, i) => 13_000 + 10_000 * i),
];

/** The 32 steps that the scripts of 2024 extracted, which made the published curves. */
const PAPER_STEPS: readonly number[] = [...PUBLISHED_STEPS, 5000, 10_000, 35_000, 71_000, 107_000]
  .sort((a, b) => a - b);

/** Lists of steps that have a name. */
export const NAMED_STEPS = { published: PUBLISHED_STEPS, paper: PAPER_STEPS } as const;

/** How steps are written, after "must be". */
export const STEP_WORDS =
  "whole numbers of at most 15 digits and ranges such as 0,512,1000-143000:10000, or all, published, paper or log:12";

/** What one part of the words means. */
export type StepPart =
  | { readonly kind: "all" }
  | { readonly kind: "named"; readonly name: keyof typeof NAMED_STEPS }
  | { readonly kind: "log"; readonly count: number }
  | { readonly kind: "step"; readonly step: number }
  | {
    readonly kind: "range";
    readonly first: number;
    readonly last: number;
    readonly stride: number;
    /** As it is written, for messages. */
    readonly word: string;
  };

/** The parts of some words, between commas, or of a list. */
export function stepParts(words: readonly number[] | string): StepPart[] {
  if (typeof words !== "string") return words.map((step) => ({ kind: "step", step }));
  return words.split(",").map((word) => {
    const part = readPart(word.trim());
    if (typeof part !== "string") return part;
    throw new RangeError(`steps ${part}`);
  });
}

/** What is wrong with some words, after the name of the option; `null` where they can be read. */
export function faultOfSteps(words: string): string | null {
  const parts = words.split(",").map((word) => readPart(word.trim()));
  return parts.find((part) => typeof part === "string") ?? null;
}

/** The steps that are named one by one, not by a range or a word. */
export function stepsNamed(steps: readonly number[] | string): readonly number[] {
  return stepParts(steps).flatMap((part) => part.kind === "step" ? [part.step] : []);
}

function readPart(word: string): StepPart | string {
  if (word === "all") return { kind: "all" };
  if (word === "published" || word === "paper") return { kind: "named", name: word };
  const [, count] = /^log:(\d{1,6})$/.exec(word) ?? [];
  if (count !== undefined) {
    if (Number(count) >= 2) return { kind: "log", count: Number(count) };
    return `must have two or more after log:, but it is ${shown(word)}`;
  }
  const [, from, to, by] = /^(\d{1,15})(?:-(\d{1,15})(?::(\d{1,15}))?)?$/.exec(word) ?? [];
  if (from === undefined) return `must be ${STEP_WORDS}, but it is ${shown(word)}`;
  if (to === undefined) return { kind: "step", step: Number(from) };
  const [first, last, stride] = [Number(from), Number(to), Number(by ?? 1)];
  if (last >= first && stride > 0) return { kind: "range", first, last, stride, word };
  const what = stride > 0 ? "end no earlier than it begins" : "have a stride of 1 or more";
  return `must ${what}, but it is ${shown(word)}`;
}
