/** The longest chain of matrices of which each comes from what the one before leads to. */

import type { TensorInfo } from "../checkpoints/checkpoint.ts";

/** How matrices are stored. */
export type Orientation = "out, in" | "in, out";

/** A matrix as one of a chain. */
export interface ChainLink {
  readonly tensor: TensorInfo;
  /** Its number in the order that the chain was looked for in. */
  readonly place: number;
  readonly orientation: Orientation;
  readonly inputs: number;
  readonly outputs: number;
  /** How many inputs come from nowhere before it. */
  readonly joined: number;
}

/** A network goes wider than this many times a new input before one can join it. */
const LEAST_RATIO = 4;

/** Names of what makes images or sounds out of little, where convolutions may be transposed: `[in, out, …]`. */
const WIDENS = /(^|[._])(dec|gen|up|transp|(t|de)_?conv)/i;

/** Whether a matrix is a convolution that may be transposed. */
export function mayBeTransposed({ name, shape }: TensorInfo): boolean {
  return shape.length > 2 && WIDENS.test(name);
}

/** How a matrix may be read: as all are, and a convolution of a decoder also the other way round. */
export function readingsOf(
  tensor: TensorInfo,
  place: number,
  orientation: Orientation,
): readonly ChainLink[] {
  const [first, second] = tensor.shape as [number, number];
  const usual = orientation === "out, in";
  const [outputs, inputs] = usual ? [first, second] : [second, first];
  const link = { tensor, place, orientation, inputs, outputs, joined: 0 };
  if (!usual || !mayBeTransposed(tensor) || inputs === outputs) return [link];
  return [link, { ...link, orientation: "in, out", inputs: outputs, outputs: inputs }];
}

/** Whether a matrix can come from what another leads to; behind convolutions each channel is seen at several positions. */
export function fits(link: ChainLink, before: ChainLink): boolean {
  return link.inputs === before.outputs || isFlattened(link, before);
}

/** Whether a matrix sees the channels of a convolution at each position. */
export function isFlattened(link: ChainLink, before: ChainLink): boolean {
  return link.orientation === "out, in" && link.tensor.shape.length === 2 &&
    before.tensor.shape.length > 2 && link.inputs % before.outputs === 0 &&
    link.inputs !== before.outputs;
}

/** The end of a chain. */
interface End {
  readonly link: ChainLink;
  readonly before: End | undefined;
  readonly length: number;
  readonly joins: number;
}

/**
 * The longest list in an order of which each matrix fits the one before.
 *
 * @param joins Whether one matrix may come from the one just before it and a few new inputs, where no other fits.
 */
export function longestChain(
  order: readonly TensorInfo[],
  orientation: Orientation,
  joins = false,
): ChainLink[] {
  // The longest chain to each number of outputs, and to each number of channels; of those as long, the nearest.
  const ends = new Map<number, End>(), channels = new Map<number, End>();
  let previous: End[] = [], longest: End | undefined;
  for (const [place, tensor] of order.entries()) {
    const own = readingsOf(tensor, place, orientation).map((link): End => {
      const fitting = [ends.get(link.inputs), ...channels.values()]
        .filter((end): end is End => end !== undefined && fits(link, end.link));
      const before = fitting.reduce<End | undefined>(
        (best, end) =>
          best === undefined || end.length > best.length ||
            end.length === best.length && end.link.place > best.link.place
            ? end
            : best,
        undefined,
      );
      if (before === undefined && joins) {
        const joined = previous.find((end) => end.joins === 0 && joinsNew(link, end.link));
        if (joined !== undefined) return added(joined, link, link.inputs - joined.link.outputs);
      }
      return added(before, link);
    });
    for (const end of own) {
      const tables = tensor.shape.length > 2 ? [ends, channels] : [ends];
      for (const table of tables) {
        const known = table.get(end.link.outputs);
        if (known === undefined || end.length >= known.length) table.set(end.link.outputs, end);
      }
      if (longest === undefined || end.length > longest.length) longest = end;
    }
    previous = own;
  }
  const chain: ChainLink[] = [];
  for (let end = longest; end !== undefined; end = end.before) chain.unshift(end.link);
  return chain;
}

function added(before: End | undefined, link: ChainLink, joined = 0): End {
  return {
    link: { ...link, joined },
    before,
    length: (before?.length ?? 0) + 1,
    joins: (before?.joins ?? 0) + Number(joined > 0),
  };
}

/** Whether a matrix comes from what another leads to and a few inputs more. */
function joinsNew({ tensor, inputs }: ChainLink, before: ChainLink): boolean {
  const more = inputs - before.outputs;
  return tensor.shape.length === 2 && before.tensor.shape.length === 2 && more > 0 &&
    more * LEAST_RATIO <= before.outputs;
}

/**
 * A chain whose square convolutions are read as those of the same name with other numbers are; `null` where these are read in
 * both ways, or no other tells while some of the chain are transposed.
 */
export function withSquaresTurned(chain: readonly ChainLink[]): ChainLink[] | null {
  const isTransposed = ({ tensor, orientation }: ChainLink) =>
    tensor.shape.length > 2 && orientation === "in, out";
  const open = (link: ChainLink) => mayBeTransposed(link.tensor) && link.inputs === link.outputs;
  if (!chain.some(isTransposed) || chain.every(isTransposed)) return [...chain];
  const stem = ({ tensor }: ChainLink) => tensor.name.replace(/\d+/g, "#");
  const turned: ChainLink[] = [];
  for (const link of chain) {
    const alike = chain.filter((other) => stem(other) === stem(link) && !open(other));
    const [one, another] = new Set(alike.map(({ orientation }) => orientation));
    if (open(link) && (one === undefined || another !== undefined)) return null;
    turned.push(open(link) ? { ...link, orientation: one! } : link);
  }
  return turned;
}
