/** Any network as data: what a family, or a file given with `--architecture`, says of its layers and matrices. */

import * as v from "valibot";
import { checkedValue } from "./checked_value.ts";
import { lawful, some } from "./pieces.ts";

/** A layer of neurons, or one for each expert where its role has `{expert}` or another placeholder. */
export interface LayerDescription {
  /** What its neurons are, such as `block input`. */
  readonly role: string;
  /** Names of the parts it is made of, in their order, such as `query`, `key`, `value`. */
  readonly parts?: readonly string[];
  /** The layer of the same block that its neurons lead to with edges of weight 1, and whose draw decides its own. */
  readonly follows?: string;
  /** What those edges are called; needed with `follows`. */
  readonly by?: string;
  /** The parts whose neurons lead to one neuron of that layer each; every other neuron leads to all of them. */
  readonly paired?: readonly string[];
  /** The layer that this one is the same stream of, so that their sizes agree; residual links have no edges. */
  readonly residual?: string;
  /** How many neurons, where no matrix tells. */
  readonly size?: number;
  /** How many times `layerSample` neurons are drawn; default 1. */
  readonly times?: 1 | 2;
}

/** A stored matrix, or one for each number that a placeholder such as `{expert}` stands for. */
export interface MatrixDescription {
  /** Name of its tensor after the names of its section, such as `attn.W_{expert}.weight`. */
  readonly tensor: string;
  /** The layer that its edges come from, with all of its parts where it has some. */
  readonly from: string;
  /** The layer or part that they lead to. */
  readonly to: string;
  /** What it is called; its name without `.weight` unless given. */
  readonly role?: string;
  /** How it is stored, where that differs from the others. */
  readonly orientation?: "out, in" | "in, out";
  /**
   * `per head` where its rows are query, key and value head by head, as GPT-NeoX stores them; `per group` where they are the
   * queries of some heads and then the key and the value that these share, group by group. One after another unless given.
   */
  readonly fused?: "per head" | "per group";
  /** Whether it sees each neuron before it at several positions, as a matrix behind convolutions does. */
  readonly flattened?: boolean;
  /** How many axes its tensor has, more than 2 for a convolution; default 2. */
  readonly axes?: 2 | 3 | 4 | 5;
  /**
   * Whether those of its placeholder's numbers lead to the neurons of `to` one after another, as matrices stored head by head,
   * rather than each to all of them.
   */
  readonly stacked?: boolean;
  /**
   * Whether it may be missing: `resized` where both of its layers have the same size, `doubled` also where the second has
   * twice the neurons of the first, as a shortcut that pads with zeros, `padded` anywhere, as a head that was not saved.
   */
  readonly optional?: "resized" | "doubled" | "padded";
}

/** Layers and matrices that come once, or once for each number in their names. */
export interface BlocksDescription {
  /** What the names of all its tensors begin with, such as `h.{block}.`; each placeholder is a number. */
  readonly names?: string;
  /** Its layers, in the order that edges pass through them. */
  readonly layers: readonly LayerDescription[];
  /** Its matrices, in the order of the layers that they come from. */
  readonly matrices: readonly MatrixDescription[];
  /**
   * What its matrices call the layer after the last: the first of the next block or section, or a layer of its own. Not given
   * where nothing comes after the last, whose parts may be outputs beside each other.
   */
  readonly next?: string;
  /** Whether that is a layer of its own although a section follows, as an encoder's outputs before a decoder. */
  readonly ends?: boolean;
  /** Whether each block has sizes of its own; otherwise all have those of the first. */
  readonly varied?: boolean;
  /** The part of the model that it is, such as `encoder`, so that it can be measured by itself. */
  readonly part?: string;
}

/** Matrices of which each leads to the neurons that the next comes from: a multilayer perceptron, or convolutions before one. */
export interface ChainDescription {
  /** Names of the tensors in their order; those of one name with `{number}` by ascending number. */
  readonly chain: readonly (string | Omit<MatrixDescription, "from" | "to" | "flattened">)[];
}

/** Tensors that are no part of the measured network. */
export interface IgnoredDescription {
  /** Their names; `*` is anything within two dots, `**` anything at all. */
  readonly tensors: string;
  /** Why they are left out, in a few words. */
  readonly reason: string;
}

/** A network as data, which {@linkcode detectArchitecture} finds the tensors of in a checkpoint. */
export interface ArchitectureDescription {
  /** What the family is called. */
  readonly family: string;
  /** Whether it was proposed by shapes and order, rather than known. */
  readonly guess?: boolean;
  /** What was taken in a guess where shapes alone do not tell, as a sentence for records. */
  readonly choice?: string;
  /** How a checkpoint of it is recognised; of no account where the description is given by name. */
  readonly recognised?: {
    /** Names of tensors that all must be there; the first matrix unless given. */
    readonly tensors?: readonly string[];
    /** Names of tensors of which none may be there, since they are another network's. */
    readonly absent?: readonly string[];
    /** How many positions the kernels of convolutions must have, such as 9 for 3 × 3. */
    readonly kernels?: Readonly<Record<string, number>>;
    /** Values of `model_type` in the config; where the config has one, it alone decides. */
    readonly modelTypes?: readonly string[];
    /** What a class in the config's `architectures` begins with; decides where there is no `model_type`. */
    readonly classes?: readonly string[];
    /** Entries that the config must have, with their values. */
    readonly settings?: Readonly<Record<string, string | number | boolean>>;
    /** Whether it is recognised only if every tensor has a place, for names that say little. */
    readonly whole?: boolean;
  };
  /** How matrices are stored, `out, in` as torch's `Linear` unless given; `by shape` tries `in, out` first. */
  readonly orientation?: "out, in" | "in, out" | "by shape";
  /**
   * What entries of the config must be: `blocks`, or `encoder blocks` for those of the part `encoder`; `heads`, `key heads`,
   * `head size`; `{expert}` for how many numbers a placeholder has, a list where it numbers groups of blocks; or a layer or
   * part for its size.
   */
  readonly config?: Readonly<Record<string, string>>;
  /** The parts of the network, in the order that edges pass through them. */
  readonly sections: readonly (BlocksDescription | ChainDescription)[];
  /** Whether a layer of fewer neurons than should be drawn is taken whole; it is refused in a transformer, as published. */
  readonly takesAllOfFew?: boolean;
  /** Whether every tensor of the checkpoint must have a place, not only those inside the blocks. */
  readonly complete?: boolean;
  /** Tensors that are left out, each kind with a reason. */
  readonly ignored?: readonly IgnoredDescription[];
  /** The place of every tensor, as `describe` prints it for a reader; of no account when it is read. */
  readonly places?: Readonly<Record<string, string>>;
}

const text = v.pipe(
  v.string(),
  v.nonEmpty("a text that is not empty"),
  v.maxLength(500, "a text of at most 500 characters"),
  // Names of layers go to messages and tables, where such characters could steer a terminal.
  v.check((name) => !/[\p{Cc}\p{Cf}\ufffd]/u.test(name), "a text without control characters"),
);
const texts = v.array(text);
/** A name with few placeholders and stars, since looking for one takes longer with each. */
const pattern = v.pipe(
  text,
  v.check(
    (name) => name.split(/\{\w+\}/).length <= 4 && name.split(/\*+/).length <= 5,
    "a name with at most 3 placeholders and 4 stars",
  ),
);
const optional = v.exactOptional;
const orientations = ["out, in", "in, out"] as const;
const size = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 31));

const matrix = {
  tensor: pattern,
  role: optional(text),
  orientation: optional(v.picklist(orientations)),
  fused: optional(v.picklist(["per head", "per group"])),
  axes: optional(v.picklist([2, 3, 4, 5])),
  stacked: optional(v.boolean()),
  optional: optional(v.picklist(["resized", "doubled", "padded"])),
};

const blocks = v.strictObject({
  names: optional(pattern),
  layers: some(v.strictObject({
    role: text,
    parts: optional(some(text)),
    follows: optional(text),
    by: optional(text),
    paired: optional(texts),
    residual: optional(text),
    size: optional(size),
    times: optional(v.picklist([1, 2])),
  })),
  matrices: some(
    v.strictObject({ ...matrix, flattened: optional(v.boolean()), from: text, to: text }),
  ),
  next: optional(text),
  ends: optional(v.boolean()),
  varied: optional(v.boolean()),
  part: optional(text),
});

const chain = v.strictObject({ chain: some(v.union([pattern, v.strictObject(matrix)])) });

/** What a description must be. */
export const descriptionSchema: v.GenericSchema<unknown, ArchitectureDescription> = lawful(
  v.strictObject({
    family: text,
    guess: optional(v.boolean()),
    choice: optional(text),
    recognised: optional(v.strictObject({
      tensors: optional(v.array(pattern)),
      absent: optional(v.array(pattern)),
      kernels: optional(v.record(pattern, size)),
      modelTypes: optional(texts),
      classes: optional(texts),
      settings: optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
      whole: optional(v.boolean()),
    })),
    orientation: optional(v.picklist([...orientations, "by shape"])),
    config: optional(v.record(v.string(), text)),
    sections: some(v.union([blocks, chain])),
    takesAllOfFew: optional(v.boolean()),
    complete: optional(v.boolean()),
    ignored: optional(v.array(v.strictObject({ tensors: pattern, reason: text }))),
    places: optional(v.record(v.string(), v.string())),
  }) as v.GenericSchema<unknown, ArchitectureDescription>,
  checkNames,
);

/**
 * A description from a file or a program, checked.
 *
 * @throws {Error} naming what is wrong in it.
 */
export function checkedDescription(value: unknown, source: string): ArchitectureDescription {
  return checkedValue(value, descriptionSchema, source, "lib/architectures/README.md has examples");
}

/** Check that names within a section lead somewhere. */
function checkNames({ sections }: ArchitectureDescription): void {
  const blocks = sections.flatMap((section) => "chain" in section ? [] : [section]);
  const others = new Set(blocks.flatMap((s) => [...namesOf(s), s.next]));
  const whole = new Set(blocks.flatMap((s) => [...s.layers.map(({ role }) => role), s.next]));
  for (const [i, section] of sections.entries()) {
    if ("chain" in section) continue;
    const goesOn = i < sections.length - 1 || /\{\w+\}/.test(section.names ?? "");
    if (section.next === undefined && goesOn) {
      throw new Error("a section that another block or section comes after must have a next layer");
    }
    const own = namesOf(section);
    for (const { tensor, from, to } of section.matrices) {
      if (others.has(from) && !whole.has(from)) {
        throw new Error(
          `${tensor} comes from "${from}", a part; edges leave a layer with all parts`,
        );
      }
      if (!others.has(from)) throw new Error(`${tensor} comes from "${from}", which is no layer`);
      if (!own.has(to) && to !== section.next) {
        throw new Error(`${tensor} leads to "${to}", which is no layer of its section`);
      }
      if (own.has(from) && own.has(to) && placeOf(section, from) >= placeOf(section, to)) {
        throw new Error(`${tensor} leads from "${from}" to "${to}", which comes no later`);
      }
    }
    for (const { role, parts = [role], follows, by, paired = [], residual } of section.layers) {
      if ((follows === undefined) !== (by === undefined)) {
        throw new Error(`layer "${role}" must have both "follows" and "by", or neither`);
      }
      const leader = section.layers.find((layer) => layer.role === follows);
      if (leader?.follows !== undefined) {
        throw new Error(`layer "${role}" follows "${follows}", which follows another`);
      }
      if (leader !== undefined && placeOf(section, role) >= placeOf(section, leader.role)) {
        throw new Error(`layer "${role}" leads to "${follows}", which comes no later`);
      }
      for (const name of [follows, residual]) {
        if (name === undefined || section.layers.some((layer) => layer.role === name)) continue;
        throw new Error(`layer "${role}" names "${name}", which is no layer of its section`);
      }
      const stray = paired.find((part) => !parts.includes(part));
      if (stray !== undefined) throw new Error(`layer "${role}" has no part "${stray}"`);
    }
  }
}

/** The number of the layer that has a name or a part of that name. */
function placeOf({ layers }: BlocksDescription, name: string): number {
  return layers.findIndex(({ role, parts = [] }) => role === name || parts.includes(name));
}

function namesOf({ layers }: BlocksDescription): Set<string> {
  return new Set(layers.flatMap(({ role, parts = [] }) => [role, ...parts]));
}
