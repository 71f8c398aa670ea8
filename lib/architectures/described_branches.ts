/** A chain that parts, takes in new inputs, or has a latent layer, as data. */

import type { TensorInfo } from "../checkpoints/checkpoint.ts";
import { shownName, someNames } from "../messages/shown.ts";
import type {
  ArchitectureDescription,
  BlocksDescription,
  LayerDescription,
  MatrixDescription,
} from "../schemas/architecture_description.ts";
import { type ChainLink, isFlattened, type Orientation } from "./longest_chain.ts";

/** What a network that is more than a chain is described by. */
export interface BranchedChain extends Pick<ArchitectureDescription, "family"> {
  /** What was taken where shapes alone do not tell. */
  readonly choice: string;
  /** How the first matrix is stored; others say so where they differ. */
  readonly orientation: Orientation;
  readonly section: BlocksDescription;
  /** All of its matrices. */
  readonly links: readonly ChainLink[];
}

/**
 * A chain and what it parts into as data.
 *
 * @param shared The chain up to where it parts, or all of it.
 * @param branches The chains that come from its last matrix, all of which end in one layer, or none.
 * @param latent The number of the matrix that leads to means, and the one beside it that leads to variances.
 */
export function describedBranches(
  shared: readonly ChainLink[],
  branches: readonly (readonly ChainLink[])[],
  latent?: { readonly at: number; readonly variances: ChainLink },
): BranchedChain {
  const layers: LayerDescription[] = [{ role: "input" }], matrices: MatrixDescription[] = [];
  const choices: string[] = [];
  let hidden = 0;
  const add = (link: ChainLink, from: string, to: string, before?: ChainLink) => {
    const { tensor: { name, shape }, orientation } = link;
    const isOther = orientation !== shared[0]!.orientation;
    matrices.push({
      ...{ tensor: name, from, to },
      ...isOther && { orientation },
      ...shape.length > 2 && { axes: shape.length as 3 | 4 | 5 },
      ...before && isFlattened(link, before) && { flattened: true },
    });
  };
  let from = "input";
  for (const [i, link] of shared.entries()) {
    const next = shared[i + 1], before = shared[i - 1];
    const isEnd = next === undefined && branches.length === 0;
    if (isEnd) {
      add(link, from, "output", before);
    } else if (latent?.at === i) {
      const parts = [link, latent.variances].map(({ tensor }) => partName(tensor));
      const role = "means, variances";
      layers.push({ role, parts, follows: "latent", by: "sampling", paired: parts });
      layers.push({ role: "latent" });
      add(link, from, parts[0]!, before);
      add(latent.variances, from, parts[1]!, before);
      const names = [link, latent.variances].map(({ tensor }) => tensor.name);
      choices.push(`${someNames(names)} are the means and variances of one layer`);
      from = "latent";
    } else if (next !== undefined && next.joined > 0) {
      const part = partName(link.tensor), role = `hidden ${++hidden} and new input`;
      layers.push({ role, parts: [part, "new input"] });
      add(link, from, part, before);
      choices.push(
        `${shownName(next.tensor.name)} comes from the ${link.outputs} outputs of ` +
          `${shownName(link.tensor.name)} and then ${next.joined} new ${
            next.joined === 1 ? "input" : "inputs"
          }`,
      );
      from = role;
    } else {
      const role = `hidden ${++hidden}`;
      layers.push({ role });
      add(link, from, role, before);
      from = role;
    }
  }
  if (branches.length === 0) return finished("output");
  const parting = shared.at(-1)!;
  const names = branches.map(([first]) => first!.tensor.name);
  choices.push(
    `${someNames(names)} all come from the ${parting.outputs} outputs of ${
      shownName(parting.tensor.name)
    }`,
  );
  const outputs = branches.map((branch) => partName(branch.at(-1)!.tensor));
  for (const [i, branch] of branches.entries()) {
    let source = from;
    for (const [j, link] of branch.entries()) {
      const isLast = j === branch.length - 1, role = isLast ? outputs[i]! : `hidden ${++hidden}`;
      if (!isLast) layers.push({ role });
      add(link, source, role, j === 0 ? parting : branch[j - 1]);
      source = role;
    }
  }
  layers.push({ role: "outputs", parts: outputs });
  return finished();

  function finished(next?: string): BranchedChain {
    return {
      family: branches.length > 0 ? "chain with branches" : "chain",
      choice: choices.join("; "),
      orientation: shared[0]!.orientation,
      links: [...shared, ...latent ? [latent.variances] : [], ...branches.flat()],
      section: { layers, matrices, ...next !== undefined && { next } },
    };
  }
}

/** What the neurons that a matrix leads to are called as a part of a layer. */
function partName({ name }: TensorInfo): string {
  return `of ${name.replace(/\.(weight|kernel)$/, "")}`;
}
