/** How opening an input has ended. */

import { numbersFault } from "./numbers_fault.ts";

/** All classes of outcomes; the first two are right. */
export const OUTCOMES = [
  /** It was opened, and its numbers are finite or missing with a reason. */
  "value",
  /** It was refused by a sentence that names what is wrong. */
  "sentence",
  /** A number of it is none, without a reason. */
  "bad number",
  /** The message is of the engine, or an error that no file should cause. */
  "internal",
  /** The message is of the system. */
  "raw",
  /** The message does not name what was opened. */
  "unnamed",
  /** The message fills a screen. */
  "long",
  /** The message has characters that steer a terminal. */
  "control",
  /** A file was written outside its folder. */
  "outside",
] as const;

/** A class of outcomes. */
export type OutcomeClass = typeof OUTCOMES[number];

/** An outcome. */
export interface Outcome {
  readonly is: OutcomeClass;
  /** The message, or what is wrong with the value; empty for a sound one. */
  readonly message: string;
}

/** Whether it is one of the two that are right. */
export function isRight({ is }: Outcome): boolean {
  return is === "value" || is === "sentence";
}

/** Longest message that still is a sentence. */
const MOST_LETTERS = 1000;

/** What V8 and Deno's internals say, and what texts made of wrong values hold. */
const internal =
  /\bundefined\b|\[object |is not a function|is not a constructor|is not iterable|not assignable|Cannot (read|set|convert|destructure|mix|delete|access|create|assign)|Invalid (array|string|typed array|count|time|regular)|invalid or out-of-range|out of memory|call stack|stack size|unreachable|Assertion|must be of type|offset is out|source array|circular|\bat .*\.ts:\d/i;

/** What Deno says where the system refuses. */
const raw = /os error|\bE[A-Z]{3,}\b: |NotCapable|Requires (read|write|net|env|run) access/;

/** Kinds of errors that no input may cause, since the engine makes them. */
const engineErrors = new Set(["ReferenceError", "SyntaxError", "URIError", "EvalError"]);

/** What is told of messages. */
export interface MessageRules {
  /** What every message names. */
  readonly names: RegExp;
  /** Whether it may quote lines, indented by four blanks. */
  readonly quotesLines?: boolean;
}

/** The outcome of an input that was opened. */
export function outcomeOfValue(value: unknown): Outcome {
  const message = numbersFault(value);
  return message === null ? { is: "value", message: "" } : { is: "bad number", message };
}

/** The outcome of an input that was refused. */
export function outcomeOfError(error: unknown, { names, quotesLines }: MessageRules): Outcome {
  if (!(error instanceof Error)) return { is: "internal", message: `threw ${typeof error}` };
  const { name, message } = error;
  const quoted = quotesLines ? message.replace(/\n {4}/g, " ") : message;
  // What is quoted from the input may say anything, and so may places and what JSON.parse quotes.
  const own = (quotesLines ? quoted.replace(/\ufffd {4}[^\n]*/g, " ") : quoted)
    .replace(/, (?:\.\.\.)?".*"(?:\.\.\.)? is not valid JSON/s, "")
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/(?:https?:|hf:|\/)[^\s,;]*/g, "…");
  const is = isDenied(error)
    ? "outside"
    : engineErrors.has(name) || name === "AssertionError" || internal.test(own)
    ? "internal"
    : raw.test(own)
    ? "raw"
    : /[\p{Cc}\p{Cf}]/u.test(quoted)
    ? "control"
    : message.length > MOST_LETTERS
    ? "long"
    : !names.test(message) || message.length < 10
    ? "unnamed"
    : "sentence";
  return { is, message: is === "internal" ? `${name}: ${message}` : message };
}

/** Whether the permission to touch a place is what failed. */
function isDenied(error: Error): boolean {
  if (error instanceof Deno.errors.NotCapable) return true;
  return error.cause instanceof Error && isDenied(error.cause);
}
