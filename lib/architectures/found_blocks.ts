/** The blocks of a description that a checkpoint has, with the names of their tensors. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import { shownName } from "../messages/shown.ts";
import type {
  ArchitectureDescription,
  BlocksDescription,
  ChainDescription,
  LayerDescription,
  MatrixDescription,
} from "../schemas/architecture_description.ts";
import { filled, fullName, nameReader, placeholdersOf } from "./tensor_names.ts";

/** A matrix whose tensor has been found. */
export interface FoundMatrix
  extends Pick<MatrixDescription, "from" | "to" | "orientation" | "fused"> {
  /** Name of the stored tensor. */
  readonly tensor: string;
  /** What it is called. */
  readonly role: string;
  /** Axes of its tensor. */
  readonly axes: 2 | 3 | 4 | 5;
  /** Whether a channel may reach it at several positions. */
  readonly flattened: boolean;
  /** The tensors, it among them, that lead to the neurons of {@linkcode to} one after another. */
  readonly stack?: readonly string[];
}

/** What is said of all blocks of a section. */
export interface FoundSection extends Pick<BlocksDescription, "ends" | "varied" | "part"> {
  /** What its matrices call the layer after the last, `null` where none comes. */
  readonly next: string | null;
  /** Whether it comes once for each number. */
  readonly repeats: boolean;
  /** Whether its first layer is what the section before leads to. */
  readonly continues: boolean;
}

/** A block with its own names. */
export interface FoundBlock {
  /** Its section. */
  readonly section: FoundSection;
  /** Whether it is the section's first. */
  readonly starts: boolean;
  /** Its layers. */
  readonly layers: readonly LayerDescription[];
  /** Names of its layers and their parts. */
  readonly own: ReadonlySet<string>;
  /** Its matrices that are there. */
  readonly matrices: readonly FoundMatrix[];
  /** Matrices that are missing, which they may only where what they would join has sizes that allow it. */
  readonly missing: readonly MissingMatrix[];
  /** Its own numbers, such as its stage, and how many there are of each placeholder inside it, such as experts. */
  readonly numbers: Numbers;
  readonly counts: Numbers;
}

/** A matrix that may be missing. */
export interface MissingMatrix extends Pick<FoundMatrix, "tensor" | "from" | "to"> {
  /** How many times the neurons of the first layer the second may have. */
  readonly factors: readonly number[];
}

/** Numbers by placeholder. */
type Numbers = Readonly<Record<string, number>>;

/**
 * All blocks of a checkpoint, in the order that edges pass through them.
 *
 * @throws {Error} naming a tensor that is missing.
 */
export function foundBlocks(
  checkpoint: Checkpoint,
  { sections }: ArchitectureDescription,
  prefix: string,
): FoundBlock[] {
  return sections.flatMap((section, i) => {
    const before = sections[i - 1];
    const continues = i > 0 && !(before !== undefined && "ends" in before && before.ends === true);
    const found = "chain" in section
      ? chainBlocks(checkpoint, section, prefix, continues)
      : sectionBlocks(checkpoint, section, prefix, continues);
    if (found.length > 0) return found;
    throw new Error(
      `${checkpoint.source} has no block of the kind that its config or its other tensors name`,
    );
  });
}

function sectionBlocks(
  checkpoint: Checkpoint,
  description: BlocksDescription,
  prefix: string,
  continues: boolean,
): FoundBlock[] {
  const { names = "", layers, matrices, next = null, ends, varied, part } = description;
  const keys = placeholdersOf(names);
  const section = {
    ...{ next, repeats: keys.length > 0, continues },
    ...ends !== undefined && { ends },
    ...varied !== undefined && { varied },
    ...part !== undefined && { part },
  };
  const numbered = keys.length === 0 ? [{}] : numbersOf(checkpoint, description, keys, prefix);
  return numbered.map((numbers, i) => {
    const missing: MissingMatrix[] = [];
    const counts = countsInside(checkpoint, description, numbers, prefix);
    const own = matrices.flatMap((matrix) => {
      const { tensor, role = tensor.replace(/\.weight$/, ""), from, to, optional } = matrix;
      const { axes = 2, flattened = false } = matrix;
      const pattern = filled(`${names}${tensor}`, numbers);
      const more = placeholdersOf(pattern);
      const all = expansions(pattern, more, counts);
      const stack = matrix.stacked && all.map((inner) => fullName(pattern, prefix, inner));
      return all.flatMap((inner): FoundMatrix[] => {
        const name = keys.length > 0
          ? fullName(pattern, prefix, inner)
          : nearestFullName(checkpoint, pattern, prefix, inner);
        if (optional !== undefined && !checkpoint.tensors.has(name)) {
          const factors = { resized: [1], doubled: [1, 2], padded: null }[optional];
          if (factors) missing.push({ tensor: name, from, to, factors });
          return [];
        }
        if (!checkpoint.tensors.has(name)) throw lacks(checkpoint, name);
        return [{
          ...{ tensor: name, role: filled(role, { ...numbers, ...inner }), axes, flattened },
          ...{ from: filled(from, inner), to: filled(to, inner) },
          ...matrix.orientation && { orientation: matrix.orientation },
          ...matrix.fused && { fused: matrix.fused },
          ...stack && { stack },
        }];
      });
    });
    const expanded = expandLayers(layers, own);
    return {
      ...{ section, starts: i === 0, layers: expanded, matrices: own, missing, numbers, counts },
      own: new Set(expanded.flatMap(({ role, parts = [] }) => [role, ...parts])),
    };
  });
}

/** The numbers of a section's blocks. */
function numbersOf(
  checkpoint: Checkpoint,
  { names = "", matrices, varied }: BlocksDescription,
  keys: readonly string[],
  prefix: string,
): Numbers[] {
  // Where blocks are alike all their tensors count, so that a block that lacks a matrix is missed by that name.
  const readers = varied
    ? matrices.filter(({ optional }) => optional === undefined)
      .map(({ tensor }) => nameReader(names + tensor, prefix))
    : [nameReader(`${names}**`, prefix)];
  const found = new Map<string, { numbers: Numbers; inside: string[] }>();
  for (const name of checkpoint.tensors.keys()) {
    for (const read of readers) {
      const match = read(name);
      if (match === undefined) continue;
      const numbers = Object.fromEntries(keys.map((key) => [key, match.numbers[key]!]));
      const block = JSON.stringify(numbers);
      if (!found.has(block)) found.set(block, { numbers, inside: [] });
      found.get(block)!.inside.push(name.slice(fullName(names, prefix, numbers).length));
    }
  }
  if (varied) {
    const all = [...found.values()].map(({ numbers }) => numbers);
    const order = (a: Numbers, b: Numbers) => {
      const key = keys.find((key) => a[key] !== b[key]);
      return key === undefined ? 0 : a[key]! - b[key]!;
    };
    return consecutive(all.sort(order), keys);
  }
  // What has no name in common with the first block is something else in the same list, such as a head.
  const first = new Set([...found.values()].find(({ numbers }) => numbers[keys[0]!] === 0)?.inside);
  const all = [...found.values()]
    .filter(({ inside }) => first.size === 0 || inside.some((name) => first.has(name)))
    .map(({ numbers }) => numbers);
  const [key = ""] = keys;
  const last = all.reduce((most, numbers) => Math.max(most, numbers[key]!), -1);
  // The first number that is missing is enough for a message.
  return Array.from({ length: Math.min(last, all.length) + 1 }, (_, i) => ({ [key]: i }));
}

/** Numbers as long as they follow one another: what comes after a gap has no place. */
function consecutive(all: readonly Numbers[], keys: readonly string[]): Numbers[] {
  const kept: Numbers[] = [];
  for (const numbers of all) {
    const before = kept.at(-1);
    const follows = before === undefined ||
      keys.some((key, i) =>
        numbers[key] === before[key]! + 1 &&
        keys.slice(0, i).every((outer) => numbers[outer] === before[outer]) &&
        keys.slice(i + 1).every((inner) => numbers[inner] === all[0]![inner])
      );
    if (follows) kept.push(numbers);
  }
  return kept;
}

/**
 * How many numbers from 0 each placeholder inside a block has, in any of its matrices: one that lacks a number is missed by
 * the name of its tensor.
 */
function countsInside(
  { tensors }: Checkpoint,
  { names = "", matrices }: BlocksDescription,
  own: Numbers,
  prefix: string,
): Numbers {
  const patterns = matrices.map(({ tensor }) => filled(`${names}${tensor}`, own));
  const counts: Record<string, number> = {};
  for (const key of new Set(patterns.flatMap(placeholdersOf))) {
    let count = 0;
    const isThere = (pattern: string) =>
      pattern.includes(`{${key}}`) && tensors.has(fullName(pattern, prefix, { [key]: count }));
    while (patterns.some(isThere)) count++;
    counts[key] = count;
  }
  return counts;
}

/** What the placeholders stand for that are left in a matrix's name; its first number is asked for where it has none. */
function expansions(pattern: string, keys: readonly string[], counts: Numbers): Numbers[] {
  const [key, another] = keys;
  if (key === undefined) return [{}];
  if (another !== undefined) {
    throw new Error(`${shownName(pattern)} has more than one placeholder of its own`);
  }
  return Array.from({ length: Math.max(1, counts[key]!) }, (_, number) => ({ [key]: number }));
}

/** Layers with a placeholder in their role, once for each of the numbers that matrices lead to. */
function expandLayers(
  layers: readonly LayerDescription[],
  matrices: readonly FoundMatrix[],
): LayerDescription[] {
  const joined = new Set(matrices.flatMap(({ from, to }) => [from, to]));
  const expanded: LayerDescription[] = [];
  for (let i = 0; i < layers.length;) {
    const [key] = placeholdersOf(layers[i]!.role);
    let end = i + 1;
    while (key !== undefined && layers[end] && placeholdersOf(layers[end]!.role)[0] === key) end++;
    const group = layers.slice(i, end);
    i = end;
    if (key === undefined) {
      expanded.push(...group);
      continue;
    }
    for (let number = 0;; number++) {
      const own = group.map((layer) => filledLayer(layer, { [key]: number }));
      if (!own.some(({ role, parts = [] }) => [role, ...parts].some((name) => joined.has(name)))) {
        break;
      }
      expanded.push(...own);
    }
  }
  return expanded;
}

function filledLayer(layer: LayerDescription, numbers: Numbers): LayerDescription {
  const fill = (text: string) => filled(text, numbers);
  const { role, parts, follows, paired } = layer;
  return {
    ...layer,
    role: fill(role),
    ...parts && { parts: parts.map(fill) },
    ...follows !== undefined && { follows: fill(follows) },
    ...paired && { paired: paired.map(fill) },
  };
}

/** A chain as blocks of one layer and one matrix each. */
function chainBlocks(
  checkpoint: Checkpoint,
  { chain }: ChainDescription,
  prefix: string,
  continues: boolean,
): FoundBlock[] {
  const section = { next: "output", repeats: true, varied: true, continues };
  const links = chain.flatMap((link) => {
    const own = typeof link === "string" ? { tensor: link } : link;
    return chainNames(checkpoint, own.tensor, prefix).map((name) => ({ ...own, name }));
  });
  const isConvolution = links.some(({ axes = 2 }) => axes > 2);
  return links.map(({ name, role = name.replace(/\.weight$/, ""), axes = 2, orientation }, i) => {
    const from = i === 0 && !continues ? "input" : "hidden";
    return {
      ...{ section, starts: i === 0, layers: [{ role: from }], own: new Set([from]) },
      ...{ missing: [], numbers: {}, counts: {} },
      matrices: [{
        ...{ tensor: name, role, from, to: "output", axes },
        ...{ flattened: isConvolution && axes === 2 },
        ...orientation && { orientation },
      }],
    };
  });
}

/** The names of one link of a chain, by ascending number. */
export function chainNames(checkpoint: Checkpoint, pattern: string, prefix: string): string[] {
  if (placeholdersOf(pattern).length === 0) {
    const name = fullName(pattern, prefix, {});
    if (!checkpoint.tensors.has(name)) throw lacks(checkpoint, name);
    return [name];
  }
  const read = nameReader(pattern);
  const found = [...checkpoint.tensors.values()].flatMap(({ name, shape }) => {
    const match = read(name);
    // Norms and biases between the matrices are vectors.
    return match?.prefix !== prefix || shape.length < 2 ? [] : [{ name, ...match }];
  });
  const [key = ""] = placeholdersOf(pattern);
  return found.sort((a, b) => a.numbers[key]! - b.numbers[key]!).map(({ name }) => name);
}

/** A name outside the blocks, where a part of the prefix may be missing: a model's head is beside the model in a wrapper. */
function nearestFullName(
  { tensors }: Checkpoint,
  pattern: string,
  prefix: string,
  numbers: Numbers,
): string {
  const whole = fullName(pattern, prefix, numbers);
  const outer = prefix.replace(/[^.]*\.$/, "");
  if (tensors.has(whole) || prefix === outer) return whole;
  const nearest = nearestFullName({ tensors } as Checkpoint, pattern, outer, numbers);
  return tensors.has(nearest) ? nearest : whole;
}

/** What is said of a tensor that must be there. */
export function lacks({ source }: Checkpoint, name: string): Error {
  return new Error(
    `${source} lacks the tensor ${
      shownName(name)
    }: it is of another kind than its other names say, or not whole`,
  );
}
