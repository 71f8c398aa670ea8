/** From a description and a checkpoint to the layers and matrices that edges pass through. */

import type { Checkpoint, TensorInfo } from "../checkpoints/checkpoint.ts";
import { shown, shownName } from "../messages/shown.ts";
import type { Architecture, DrawnPart, HeadGroups, WeightMatrix } from "./architecture.ts";
import type { FixedPattern, IgnoredTensor, NeuronDraw, NeuronLayer } from "./architecture.ts";
import { checkConfiguredSize, checkShape, configured, floatMatrix } from "./checks.ts";
import type {
  ArchitectureDescription,
  LayerDescription,
} from "../schemas/architecture_description.ts";
import { checkConfiguredCounts } from "./configured_counts.ts";
import { BlockSizes, type Size } from "./block_sizes.ts";
import { type FoundBlock, foundBlocks, type FoundMatrix, lacks } from "./found_blocks.ts";

/** How a checkpoint's matrices are stored. */
type Orientation = WeightMatrix["orientation"];

/**
 * The layers and matrices of a checkpoint by a description. All sizes are those of the tensors.
 *
 * @param prefix What stands before the description's names in the checkpoint's.
 * @throws {Error} naming the tensor that is missing or of a wrong shape, or the entry of the config that contradicts the
 * tensors.
 */
export function buildArchitecture(
  checkpoint: Checkpoint,
  description: ArchitectureDescription,
  prefix: string,
): Architecture {
  const { orientation = "out, in" } = description;
  const blocks = foundBlocks(checkpoint, description, prefix);
  if (orientation !== "by shape") {
    return new Builder(checkpoint, description, orientation).build(blocks);
  }
  let first: unknown;
  for (const tried of ["in, out", "out, in"] as const) {
    try {
      return new Builder(checkpoint, description, tried).build(blocks);
    } catch (error) {
      first ??= error;
    }
  }
  throw first;
}

class Builder {
  readonly #checkpoint: Checkpoint;
  readonly #description: ArchitectureDescription;
  readonly #orientation: Orientation;
  readonly #layers: NeuronLayer[] = [];
  readonly #matrices: WeightMatrix[] = [];
  readonly #patterns: FixedPattern[] = [];
  readonly #draws: NeuronDraw[] = [];
  readonly #ignored: IgnoredTensor[] = [];
  /** The last layer or part of each name, for matrices that come from another section. */
  readonly #places = new Map<string, Place>();
  /** Where the neurons begin that each tensor of a stack leads to, and how many there are in all. */
  readonly #stacks = new Map<readonly string[], { starts: Map<string, number>; all: number }>();
  /** How many heads have matrices of their own. */
  #storedHeads: number | null = null;

  constructor(
    checkpoint: Checkpoint,
    description: ArchitectureDescription,
    orientation: Orientation,
  ) {
    this.#checkpoint = checkpoint;
    this.#description = description;
    this.#orientation = orientation;
  }

  build(blocks: readonly FoundBlock[]): Architecture {
    let incoming: Size | undefined, sizes: BlockSizes | undefined;
    this.#storedHeads = blocks.find(({ counts }) => counts.head)?.counts.head ?? null;
    for (const [number, block] of blocks.entries()) {
      const { section, starts } = block;
      if (starts) sizes = undefined;
      if (section.varied || sizes === undefined) {
        sizes = new BlockSizes(block, starts && !section.continues ? undefined : incoming);
        for (const matrix of block.matrices) this.#measure(matrix, block, sizes);
        sizes.settle(this.#checkpoint);
      }
      const outgoing = this.#add(block, number, sizes);
      incoming = outgoing;
      const next = blocks[number + 1];
      if (outgoing === undefined) {
        if (next === undefined) this.#endUnlearned();
      } else if (next === undefined || (section.ends && next.starts)) {
        this.#addOutput(block, number, outgoing.size, next === undefined);
      }
    }
    const { family, guess, choice } = this.#description;
    const heads = this.#checkConfig(blocks);
    const matrices = this.#matrices.sort((a, b) => a.from - b.from);
    const [layers, patterns, draws] = [this.#layers, this.#patterns, this.#draws];
    return {
      ...{ family, heads, layers, matrices, patterns, draws },
      ...this.#ignored.length > 0 && { ignored: this.#ignored },
      ...guess && { guess, ...choice !== undefined && { choice } },
    };
  }

  /** Let a matrix tell the sizes of what it joins. */
  #measure(matrix: FoundMatrix, block: FoundBlock, sizes: BlockSizes): void {
    const { from, to, tensor } = matrix;
    const [rows, columns] = this.#shape(matrix, sizes.of(from)?.size);
    if (block.own.has(from)) sizes.tell(from, { size: columns, tensor });
    sizes.tell(to, { size: this.#stacked(matrix).all ?? rows, tensor });
  }

  /** The first neuron that a matrix of a stack leads to, and how many the whole stack does. */
  #stacked({ tensor, stack, ...matrix }: FoundMatrix): { before: number; all?: number } {
    if (stack === undefined) return { before: 0 };
    let known = this.#stacks.get(stack);
    if (known === undefined) {
      let all = 0;
      const starts = new Map<string, number>();
      for (const tensor of stack) {
        starts.set(tensor, all);
        all += this.#shape({ tensor, ...matrix }, undefined)[0];
      }
      known = { starts, all };
      this.#stacks.set(stack, known);
    }
    return { before: known.starts.get(tensor)!, all: known.all };
  }

  /** The outputs, inputs and kernel positions of a stored matrix. */
  #shape(
    { tensor, axes, orientation = this.#orientation, flattened }: FoundMatrix,
    expected: number | undefined,
  ): [rows: number, columns: number, kernel: number] {
    const { shape } = floatMatrix(this.#checkpoint, tensor, axes);
    const [first, second] = shape as [number, number];
    const kernel = shape.slice(2).reduce((product, size) => product * size, 1);
    if (orientation === "in, out") return [second, first, kernel];
    // A matrix after convolutions sees every channel at each position.
    const positions = flattened && expected !== undefined ? second / expected : 1;
    if (Number.isInteger(positions) && positions > 1) return [first, expected!, positions];
    return [first, second, kernel];
  }

  /** Add the layers, matrices, patterns and draws of a block; the size of the layer that comes next, if one does. */
  #add(block: FoundBlock, number: number, sizes: BlockSizes): Size | undefined {
    const { layers, section, matrices } = block;
    const first = this.#layers.length;
    const indices = new Map(layers.map(({ role }, i) => [role, first + i]));
    const next: Place = { layer: first + layers.length, first: 0, size: 0 };
    for (const layer of layers) {
      const { role, parts = [] } = layer;
      const size = sizes.of(role)!.size, index = indices.get(role)!;
      this.#layers.push({
        ...this.#named(number, role),
        size,
        learned: layer.follows === undefined,
      });
      let start = 0;
      this.#places.set(role, { layer: index, first: 0, size });
      for (const part of parts) {
        const size = sizes.of(part)!.size;
        this.#places.set(part, { layer: index, first: start, size });
        start += size;
      }
    }
    for (const { tensor, from, to, factors } of block.missing) {
      const [size, into] = [sizes.of(from)?.size ?? 0, sizes.of(to)?.size ?? 0];
      if (!factors.some((factor) => into === factor * size)) throw lacks(this.#checkpoint, tensor);
    }
    let outgoing: Size | undefined;
    for (const matrix of matrices) {
      const isLast = matrix.to === section.next;
      const from = this.#places.get(matrix.from);
      if (from === undefined) {
        this.#ignored.push({ tensor: matrix.tensor, reason: `comes from ${matrix.from}, outside` });
        continue;
      }
      const to = isLast
        ? { ...next, size: sizes.of(matrix.to)!.size }
        : this.#places.get(matrix.to)!;
      if (isLast) outgoing ??= sizes.of(matrix.to);
      this.#matrices.push(this.#matrix(matrix, block, number, from, to, sizes));
    }
    this.#addPatterns(block, number, sizes, indices);
    return outgoing;
  }

  #matrix(
    matrix: FoundMatrix,
    { section }: FoundBlock,
    block: number,
    from: Place,
    to: Place,
    sizes: BlockSizes,
  ): WeightMatrix {
    const { tensor, role, orientation = this.#orientation, fused, flattened } = matrix;
    const [own, , kernel] = this.#shape(matrix, from.size);
    const info = this.#checkpoint.tensors.get(tensor)!;
    const { before, all = to.size } = this.#stacked(matrix);
    if (all !== to.size) {
      throw new Error(
        `${shownName(tensor)} of ${this.#checkpoint.source} and those that are stacked with it ` +
          `lead to ${all} neurons, but the first block's to ${to.size}`,
      );
    }
    const [rows, columns] = [matrix.stack ? own : to.size, from.size];
    const stored = flattened ? columns * kernel : columns;
    const expected = orientation === "out, in" ? [rows, stored] : [columns, rows];
    const because = this.#because(info, section, expected, sizes.of(matrix.from));
    checkShape(info, expected, this.#checkpoint.source, because);
    return {
      ...{ role, block, tensor, rows, columns, from: from.layer, to: to.layer },
      first: to.first + before,
      ...{ orientation, kernel, fused: fused === "per head" },
      ...fused === "per group" && { groups: this.#groups(sizes) },
    };
  }

  /** What asks for the shape of a tensor. */
  #because(
    { shape }: TensorInfo,
    { varied, repeats }: FoundBlock["section"],
    [rows]: readonly number[],
    from?: Size,
  ): string {
    if (repeats && !varied) return "the first block's sizes";
    if (this.#matrices.some(({ kernel }) => kernel > 1) || shape.length > 2) {
      return shape[0] === rows ? "the channels before it" : "the block's other outputs";
    }
    return `the ${from?.size} outputs of ${shownName(from?.tensor ?? "")}`;
  }

  #addPatterns(
    { layers }: FoundBlock,
    block: number,
    sizes: BlockSizes,
    indices: ReadonlyMap<string, number>,
  ): void {
    for (const { role, follows, by, paired = [] } of layers) {
      if (follows === undefined) continue;
      const [from, to] = [indices.get(role)!, indices.get(follows)!];
      const pairs = paired.reduce((sum, part) => sum + sizes.of(part)!.size, 0);
      this.#patterns.push({ role: by!, block, from, to, paired: pairs });
    }
    for (const leader of layers) {
      if (leader.follows !== undefined) continue;
      const { size } = sizes.of(leader.role)!;
      const followers = layers.filter(({ follows }) => follows === leader.role);
      this.#draw(size, leader.times, [
        ...followers.map((layer) => ({
          layer: indices.get(layer.role)!,
          parts: this.#drawnParts(layer, size),
        })),
        { layer: indices.get(leader.role)!, parts: [whole] },
      ]);
    }
  }

  /** The neurons of a layer that follow from those drawn of another. */
  #drawnParts({ role, parts = [role] }: LayerDescription, size: number): DrawnPart[] {
    return parts.map((part) => {
      const { first, size: own } = this.#places.get(part)!;
      const sharing = size / own;
      return { first, sharing, headSize: sharing === 1 ? 1 : this.#headSize(size, own) };
    });
  }

  #draw(size: number, times: 1 | 2 = 1, layers: NeuronDraw["layers"]): void {
    this.#draws.push({ size, times, allOfFew: this.#description.takesAllOfFew ?? false, layers });
  }

  #addOutput(
    { section: { next } }: FoundBlock,
    block: number,
    size: number,
    isLast: boolean,
  ): void {
    const layer = this.#layers.length;
    this.#places.set(next!, { layer, first: 0, size });
    this.#layers.push({ ...this.#named(block, next!), size, learned: !isLast });
    this.#draw(size, 1, [{ layer, parts: [whole] }]);
  }

  /** Nothing leaves the last layer, since the matrix that would is not there. */
  #endUnlearned(): void {
    this.#layers.push({ ...this.#layers.pop()!, learned: false });
  }

  #named(block: number, role: string): Pick<NeuronLayer, "name" | "block" | "role"> {
    const chains = this.#description.sections.every((section) => "chain" in section);
    const counted = chains ? `layer ${this.#layers.length}` : `block ${block}`;
    return { name: `${counted} ${role}`, block, role };
  }

  /** Check the config against the tensors; the number of heads, where it tells one. */
  #checkConfig(blocks: readonly FoundBlock[]): number | null {
    const { config = {} } = this.#description;
    checkConfiguredCounts(this.#checkpoint, config, blocks);
    for (const [entry, what] of Object.entries(config)) {
      if (what === "heads" || what === "key heads" || what === "head size") continue;
      const measured = this.#places.get(what)?.size;
      if (measured !== undefined) checkConfiguredSize(this.#checkpoint, entry, measured);
    }
    const attention = this.#places.get("attention output")?.size;
    return attention === undefined ? null : this.#heads(attention);
  }

  /** The groups of heads that share a key. */
  #groups(sizes: BlockSizes): HeadGroups {
    const [queries, keys] = [sizes.of("query")!.size, sizes.of("key")!.size];
    return { sharing: queries / keys, headSize: this.#headSize(queries, keys) };
  }

  #entry(what: string): string | undefined {
    const entries = Object.entries(this.#description.config ?? {})
      .flatMap(([entry, named]) => named === what ? [entry] : []);
    return entries.find((entry) => configured(this.#checkpoint, entry) != null) ?? entries[0];
  }

  /** The number of heads that a config tells, `null` where it tells none; it must divide the size. */
  #heads(size: number): number | null {
    const entry = this.#entry("heads");
    const stored = this.#storedHeads;
    if (stored !== null && entry !== undefined) {
      checkConfiguredSize(this.#checkpoint, entry, stored);
    }
    const heads = stored ??
      (entry === undefined ? null : configured(this.#checkpoint, entry) ?? null);
    if (heads === null) return null;
    if (typeof heads === "number" && heads > 0 && Number.isInteger(size / heads)) {
      if (Number.isInteger(heads)) return heads;
    }
    throw new Error(
      `config.json of ${this.#checkpoint.source} says ${entry} ${shown(heads)}, ` +
        `which does not divide its ${size} attention outputs`,
    );
  }

  /** Neurons of one head, which tells the queries that share a key and a value; the tensors alone do not. */
  #headSize(attention: number, keyValue: number): number {
    const { source } = this.#checkpoint;
    const [entry = "num_attention_heads"] = [this.#entry("heads")];
    const heads = this.#heads(attention);
    if (heads === null) {
      throw new Error(
        `${source} has ${attention} queries that share ${keyValue} keys, and no number of ` +
          `heads: put a config.json with ${entry} beside the weights`,
      );
    }
    const size = attention / heads;
    const groups = keyValue / size;
    if (!Number.isInteger(groups) || heads % groups !== 0) {
      throw new Error(
        `config.json of ${source} says ${entry} ${heads}, but heads of ` +
          `${attention} / ${heads} neurons can't share its ${keyValue} keys`,
      );
    }
    const [keyHeads, headSize] = [this.#entry("key heads"), this.#entry("head size")];
    if (keyHeads !== undefined) checkConfiguredSize(this.#checkpoint, keyHeads, groups);
    if (headSize !== undefined) checkConfiguredSize(this.#checkpoint, headSize, size);
    return size;
  }
}

/** Some neurons of a layer. */
interface Place {
  readonly layer: number;
  readonly first: number;
  readonly size: number;
}

/** The drawn neurons themselves. */
const whole: DrawnPart = { first: 0, sharing: 1, headSize: 1 };
