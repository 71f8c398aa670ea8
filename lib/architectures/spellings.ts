/** Names that a family spells in several ways, `{attn|sa}.proj.weight`, as a checkpoint spells them. */

import type { Checkpoint } from "../checkpoints/checkpoint.ts";
import type { ArchitectureDescription } from "../schemas/architecture_description.ts";
import { nameReader, spellings } from "./tensor_names.ts";

/**
 * A description with every name of a matrix spelled as a checkpoint has it: the first spelling that any matrix has. Where one
 * is there under none of them, the description is returned as it is, and not recognised.
 */
export function spelledAs(
  checkpoint: Checkpoint,
  description: ArchitectureDescription,
): ArchitectureDescription {
  const { recognised, sections } = description;
  const patterns = sections.flatMap((section) =>
    "chain" in section
      ? []
      : section.matrices.map(({ tensor }) => `${section.names ?? ""}${tensor}`)
  );
  if (!patterns.some((pattern) => pattern.includes("|"))) return description;
  const names = [...checkpoint.tensors.values()].filter(({ shape }) => shape.length > 1)
    .map(({ name }) => name);
  const spelled = new Map<string, string>();
  for (const pattern of patterns) {
    const spelling = spelledName(pattern, names);
    if (spelling === undefined) return description;
    spelled.set(pattern, spelling);
  }
  return {
    ...description,
    ...recognised?.tensors && {
      recognised: {
        ...recognised,
        tensors: recognised.tensors.map((pattern) => spelled.get(pattern) ?? pattern),
      },
    },
    sections: sections.map((section) => {
      if ("chain" in section) return section;
      const { names = "", matrices } = section;
      return {
        ...section,
        matrices: matrices.map((matrix) => (
          { ...matrix, tensor: spelled.get(names + matrix.tensor)!.slice(names.length) }
        )),
      };
    }),
  };
}

/** The first spelling of a pattern that a name has. */
function spelledName(pattern: string, names: readonly string[]): string | undefined {
  const read = nameReader(pattern);
  const own = names.filter((name) => read(name) !== undefined);
  return spellings(pattern).find((spelling) => {
    const read = nameReader(spelling);
    return own.some((name) => read(name) !== undefined);
  });
}
