/** Damage inputs of every format in many ways, open them, and count how that ends. */

import { join } from "node:path";
import { RandomStream } from "../../data/training/random_stream.ts";
import { type Files, type Format, type Opener, writeFiles } from "./format.ts";
import {
  isRight,
  type Outcome,
  type OutcomeClass,
  outcomeOfError,
  outcomeOfValue,
  OUTCOMES,
} from "./outcome.ts";

/** What is tried, and where. */
export interface FuzzOptions {
  /** Inputs in all. */
  readonly count: number;
  /** The seed of the first input of each format; the next ones count up. */
  readonly seed: number;
  /** An empty folder to work in. */
  readonly folder: string;
  /** Folder for inputs that fail, and for the one under way, which a crash leaves; none unless given. */
  readonly keep?: string | undefined;
  /** Called after each input with the number of those done. */
  readonly onInput?: ((done: number) => void) | undefined;
}

/** An input that ended wrong. */
export interface Failure {
  readonly outcome: Outcome;
  /** Its seed: `--only FORMAT --seed SEED --count 1` tries it again. */
  readonly seed: number;
  /** How the input was damaged, in order; without the last change it ended right. */
  readonly changes: readonly string[];
}

/** How the inputs of a format ended. */
export interface FormatResult {
  readonly format: string;
  readonly counts: Readonly<Record<OutcomeClass, number>>;
  /** Different messages, with what varies left out. */
  readonly reasons: ReadonlySet<string>;
  /** What failed: one input for each kind of message. */
  readonly failures: readonly Failure[];
  /** The input that took longest. */
  readonly slowest: { readonly seed: number; readonly milliseconds: number };
  /** The input after which the process had grown most. */
  readonly largest: { readonly seed: number; readonly bytes: number };
}

/** Try all formats. */
export async function fuzz(
  formats: readonly Format[],
  options: FuzzOptions,
): Promise<FormatResult[]> {
  const shares = formats.reduce((sum, { share = 1 }) => sum + share, 0);
  const results: FormatResult[] = [];
  let before = 0;
  for (const format of formats) {
    const count = Math.ceil(options.count * (format.share ?? 1) / shares);
    const onInput = options.onInput && ((done: number) => options.onInput!(before + done));
    results.push(await fuzzFormat(format, { ...options, count, onInput }));
    before += count;
  }
  return results;
}

async function fuzzFormat(format: Format, options: FuzzOptions): Promise<FormatResult> {
  const { count, seed: first, folder, keep, onInput } = options;
  const started = join(folder, `${format.name}-start`);
  await Deno.mkdir(started);
  const opener = await format.start(started);
  const counts = Object.fromEntries(OUTCOMES.map((is) => [is, 0])) as Record<OutcomeClass, number>;
  const reasons = new Set<string>();
  const failures = new Map<string, Failure>();
  let slowest = { seed: first, milliseconds: 0 }, largest = { seed: first, bytes: 0 };
  const attempt = async (files: Files): Promise<Outcome> => {
    if (keep !== undefined) await keepFiles(files, join(keep, `${format.name}-under-way`));
    return await open(format, opener, files, join(folder, format.name));
  };
  for (let seed = first; seed < first + count; seed++) {
    const states = damaged(format, opener, seed);
    const memory = Deno.memoryUsage().rss, start = performance.now();
    const outcome = await attempt(states.at(-1)!.files);
    const milliseconds = performance.now() - start;
    const bytes = Deno.memoryUsage().rss - memory;
    if (milliseconds > slowest.milliseconds) slowest = { seed, milliseconds };
    if (bytes > largest.bytes) largest = { seed, bytes };
    counts[outcome.is]++;
    reasons.add(reasonOf(outcome));
    if (!isRight(outcome)) {
      const failure = await fewestChanges(states, seed, outcome, attempt);
      const reason = reasonOf(failure.outcome);
      if (keep !== undefined && !failures.has(reason)) {
        await keepFiles(failure.files, join(keep, `${format.name}-${seed}`));
      }
      if (!failures.has(reason)) failures.set(reason, failure);
    }
    onInput?.(seed - first + 1);
  }
  await opener.end?.();
  await Deno.remove(started, { recursive: true });
  if (keep !== undefined) {
    await Deno.remove(join(keep, `${format.name}-under-way`), { recursive: true }).catch(() => {});
  }
  return {
    format: format.name,
    counts,
    reasons,
    failures: [...failures.values()],
    slowest,
    largest,
  };
}

/** An input after some changes. */
interface State {
  readonly files: Files;
  readonly changes: readonly string[];
}

/** One of a format's seeds with one to four changes: what it was after each of them. */
function damaged(format: Format, { seeds, damages, signed }: Opener, seed: number): State[] {
  const random = new RandomStream(seed, format.name);
  let files: Files = random.pick(seeds);
  const changes: string[] = [];
  const states: State[] = [];
  const isSigned = signed !== undefined && random.integer(0, 3) > 0;
  for (let left = random.pick([1, 1, 2, 3, 4]); left > 0; left--) {
    const path = random.pick([...files.keys()].filter((path) => damages?.(path) ?? true));
    const mutator = random.pick(format.mutators);
    files = new Map(files).set(path, mutator(files.get(path)!, random));
    changes.push(`${mutator.name} in ${path}`);
    states.push({ files: isSigned ? signed(files) : files, changes: [...changes] });
  }
  return states;
}

/** Open an input in a folder of its own, which may alone be written to. */
async function open(
  format: Format,
  opener: Opener,
  files: Files,
  folder: string,
): Promise<Outcome> {
  const inside = join(folder, "a", "b", "c");
  await Deno.mkdir(inside, { recursive: true });
  try {
    const outcome = await outcomeOf(format, () => opener.open(files, inside));
    const strange = await strangeIn(folder, ["a", "b", "c"]);
    return strange === null
      ? outcome
      : { is: "outside", message: `${strange} was written outside the folder` };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function outcomeOf(format: Format, open: () => unknown): Promise<Outcome> {
  try {
    return outcomeOfValue(await open());
  } catch (error) {
    return outcomeOfError(error, format);
  }
}

/** What lies beside the folders that lead to an input's own. */
async function strangeIn(folder: string, names: readonly string[]): Promise<string | null> {
  let path = folder;
  for (const name of names) {
    for await (const entry of Deno.readDir(path)) if (entry.name !== name) return entry.name;
    path = join(path, name);
  }
  return null;
}

/** The failure with as few of an input's changes as bring it about. */
async function fewestChanges(
  states: readonly State[],
  seed: number,
  outcome: Outcome,
  attempt: (files: Files) => Promise<Outcome>,
): Promise<Failure & { files: Files }> {
  for (const state of states.slice(0, -1)) {
    const before = await attempt(state.files);
    if (!isRight(before)) return { outcome: before, seed, ...state };
  }
  return { outcome, seed, ...states.at(-1)! };
}

/** The message with what varies left out. */
function reasonOf({ is, message }: Outcome): string {
  const shortened = message.slice(0, 600)
    .replace(/"(?:[^"\\]|\\.)*"?/g, "…")
    .replace(/(?:hf:|https?:|\/)[^\s,;]*/g, "…")
    .replace(/-?\d[-\w.+,]*|\[[^\]]*\]?/g, "…");
  return `${is}: ${shortened}`;
}

async function keepFiles(files: Files, folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await writeFiles(files, folder);
}
