/** A chain of matrices that parts at its end, takes in new inputs, or has a latent layer of means and variances. */

import type { TensorInfo } from "../checkpoints/checkpoint.ts";
import { type BranchedChain, describedBranches } from "./described_branches.ts";
import {
  type ChainLink,
  fits,
  isFlattened,
  longestChain,
  mayBeTransposed,
  type Orientation,
  withSquaresTurned,
} from "./longest_chain.ts";
import { areOfRivals } from "./rival_networks.ts";

/** What the means and the variances of a latent layer are called. */
const MEANS = /(^|[._])(fc_?|z_?)?(mu|means?)(\d*|_?layer|_?head)([._]|$)/i;
const VARIANCES =
  /(^|[._])(fc_?|z_?)?(log_?var(iance)?|log_?std|log_?sigma2?|sigma|var|std)(\d*|_?layer|_?head)([._]|$)/i;

/** What matrices are called that lead around others, or change them. */
const BESIDE = /gate|lora|adapter|skip|short_?cut|resid|down_?sample|attn|attention|router/i;

/**
 * The places of all matrices of an order, each of which has one: a chain of which one matrix may take in a few new inputs, and
 * whose last hidden layer may lead to several heads or branches; or an encoder and a decoder with means and variances between
 * them. `null` where shapes and order leave a matrix over, or more than one place for it that would be another network.
 *
 * @param isProgram Whether the order is that of a program, and not of the alphabet, which may put embeddings last.
 */
export function branchedChain(
  order: readonly TensorInfo[],
  orientation: Orientation,
  isProgram: boolean,
): BranchedChain | null {
  const chain = withSquaresTurned(longestChain(order, orientation, true)) ?? [];
  const joined = chain.find((link) => link.joined > 0);
  // A chain does not end with what joins, and what joins again is no new input.
  if (chain.length < 2 || chain.at(-1) === joined) return null;
  if (joined?.joined === chain[0]!.inputs) return null;
  const chained = new Set(chain.map(({ place }) => place));
  const rest = order.flatMap((tensor, place) =>
    chained.has(place) ? [] : [usualLink(tensor, place, orientation)]
  );
  if (crossesRivals(chain)) return null;
  if (rest.length === 0) return joined === undefined ? null : describedBranches(chain, []);
  // What is left over is a matrix of another kind where its name ends otherwise, or says so.
  const [ending, another] = new Set(
    order.map(({ name }) => /[^.\d]*\d*$/.exec(name)![0].replace(/\d+$/, "")),
  );
  if (ending === undefined || another !== undefined) return null;
  if (order.some(({ name }) => BESIDE.test(name))) return null;
  if (rest.some(({ inputs, outputs }) => inputs === outputs)) return null;
  const latent = withLatent(chain, rest);
  // Means and variances are no heads, and what widens again comes from a layer that is not found.
  const isDecoder =
    order.some(({ name }) => VARIANCES.test(name)) && order.some(({ name }) => MEANS.test(name)) ||
    [...chain, ...rest].some(({ tensor }) => mayBeTransposed(tensor));
  return latent ?? (isDecoder ? null : withBranches(chain, rest, isProgram));
}

function usualLink(tensor: TensorInfo, place: number, orientation: Orientation): ChainLink {
  const [first, second] = tensor.shape as [number, number];
  const [outputs, inputs] = orientation === "out, in" ? [first, second] : [second, first];
  return { tensor, place, orientation, inputs, outputs, joined: 0 };
}

/** An encoder that leads to means and variances of one layer, which a decoder comes from. */
function withLatent(
  chain: readonly ChainLink[],
  rest: readonly ChainLink[],
): BranchedChain | null {
  const [other, another] = rest;
  if (other === undefined || another !== undefined) return null;
  const is = (a: ChainLink, b: ChainLink) =>
    MEANS.test(a.tensor.name) && VARIANCES.test(b.tensor.name);
  const at = chain.findIndex((link) =>
    Math.abs(link.place - other.place) === 1 && (is(link, other) || is(other, link)) &&
    link.inputs === other.inputs && link.outputs === other.outputs
  );
  const one = chain[at], next = chain[at + 1];
  if (one === undefined || next?.inputs !== one.outputs || next.joined > 0) return null;
  const [means, variances] = is(one, other) ? [one, other] : [other, one];
  return describedBranches(chain.toSpliced(at, 1, means), [], { at, variances });
}

/** A chain whose last matrices are one of several branches of a layer, which the order lists one after another. */
function withBranches(
  chain: readonly ChainLink[],
  rest: readonly ChainLink[],
  isProgram: boolean,
): BranchedChain | null {
  if (rest[0]!.place < chain[0]!.place) return withHeadsBefore(chain, rest);
  const branches: ChainLink[][] = [];
  let parting: number | undefined;
  for (const link of rest) {
    const before = branches.at(-1)?.at(-1);
    const at = partingOf(link, chain);
    if (before?.place === link.place - 1 && fits(link, before)) {
      // It goes on, unless it could come from the chain as well.
      if (at !== null) return null;
      branches.at(-1)!.push(link);
      continue;
    }
    if (at === null || (parting ??= at) !== at) return null;
    branches.push([link]);
  }
  if (branches.map((branch) => [chain[parting!]!, ...branch]).some(crossesRivals)) {
    return null;
  }
  const own = chain.slice(parting! + 1), shared = chain.slice(0, parting! + 1);
  if (own.length === 0) return null;
  const all = [own, ...branches].sort(([a], [b]) => a!.place - b!.place);
  if (!isProgram && all.some(([first]) => first!.outputs > first!.inputs)) return null;
  const places = [...shared, ...all.flat()].map(({ place }) => place);
  // What is left over in the middle of the order could as well be a shortcut.
  if (places.some((place, i) => i > 0 && place <= places[i - 1]!)) return null;
  // What ends as wide as another branch goes on could as well be added to that, or gate it.
  const goesOn = (size: number, own: readonly ChainLink[]) =>
    all.some((other) =>
      other !== own && other.slice(0, -1).some(({ outputs }) => outputs === size)
    );
  if (all.some((branch) => goesOn(branch.at(-1)!.outputs, branch))) return null;
  // Of layers that are as wide the last is taken, where it can be the last of its name and a branch is one matrix.
  const fitting = chain.filter((link) => link.outputs === all[0]![0]!.inputs);
  if (fitting.length > 1) {
    const stem = (link: ChainLink) => link.tensor.name.replace(/\d+/g, "#");
    const isInName = all.some(([first]) => stem(first!) === stem(shared.at(-1)!));
    if (isInName || all.some(({ length }) => length > 1)) return null;
  }
  return describedBranches(shared, all);
}

/**
 * Heads that the order lists before the chain, as by the alphabet: only where no other layer is as wide as the last, and they
 * are narrower, as embeddings are not.
 */
function withHeadsBefore(
  chain: readonly ChainLink[],
  rest: readonly ChainLink[],
): BranchedChain | null {
  const last = chain.at(-1)!;
  const isLast = (link: ChainLink) =>
    link.place < chain[0]!.place && link.inputs === last.outputs && link.outputs < link.inputs &&
    chain.every((other) => other === last || other.outputs !== link.inputs);
  return rest.length > 1 && rest.every(isLast)
    ? describedBranches(chain, rest.map((link) => [link]))
    : null;
}

/** The number of the last matrix of a chain that another can come from, of those before it; `null` of none. */
function partingOf(link: ChainLink, chain: readonly ChainLink[]): number | null {
  const before = chain.filter(({ place }) => place < link.place);
  const exact = before.findLastIndex(({ outputs }) => outputs === link.inputs);
  if (exact >= 0) return exact;
  // Behind convolutions it is the last of them that is flattened.
  const last = before.findLastIndex(({ tensor }) => tensor.shape.length > 2);
  return last >= 0 && isFlattened(link, chain[last]!) ? last : null;
}

/** Whether a matrix would come from another network's. */
export function crossesRivals(chain: readonly ChainLink[]): boolean {
  return chain.some(({ tensor }, i) =>
    i > 0 && areOfRivals(chain[i - 1]!.tensor.name, tensor.name)
  );
}
