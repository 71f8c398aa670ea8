/** A residual network of any naming as data. */

import type {
  ArchitectureDescription,
  MatrixDescription,
} from "../../schemas/architecture_description.ts";

/** The stem, a block's convolutions, its shortcut and the classifier; and what the names of a block begin with. */
export type ResNetNames = readonly [
  stem: string,
  names: string,
  convolution: string,
  shortcut: string,
  ...classifiers: string[],
];

/**
 * A residual network as data. A neuron is a channel: image channels → stem → in each block its convolutions one after
 * another → features → classes. The convolution of a shortcut leads from a block's input to its output; a shortcut without
 * one has no weights and, like the residual stream of a transformer, makes no edges. The weight between two channels is the
 * Euclidean norm over the kernel.
 *
 * @param numbers What the convolutions of a block are numbered.
 * @param shortcuts Where a shortcut has a convolution: where it is resized, where it is and one is met at all, or nowhere.
 */
export function residualNetwork(
  [stem, names, convolution, shortcut, ...classifiers]: ResNetNames,
  numbers: readonly number[],
  shortcuts: "resized" | "met" | "padded" = "resized",
): ArchitectureDescription {
  const place = (i: number) =>
    i === 0 ? "block input" : i === numbers.length ? "block output" : `block hidden ${i}`;
  const tensor = (number: number) => convolution.replace("#", `${number}`);
  const matrices = numbers.map((number, i): MatrixDescription => ({
    ...{ tensor: tensor(number), role: `convolution ${i + 1}`, axes: 4 },
    ...{ from: place(i), to: place(i + 1) },
  }));
  const optional = shortcuts === "padded" ? "padded" : "resized";
  const block = { axes: 4, from: "block input", to: "block output", optional } as const;
  const head = { role: "classifier", from: "features", to: "classes", optional: "padded" } as const;
  const first = { axes: 4, role: "stem", from: "image channels", to: "stem" } as const;
  return {
    family: "resnet",
    recognised: {
      tensors: [
        stem,
        ...numbers.map((number) => names + tensor(number)),
        ...shortcuts === "met" ? [names + shortcut] : [],
      ],
    },
    config: { depths: "{stage}" },
    sections: [
      {
        layers: [{ role: "image channels" }],
        matrices: [{ tensor: stem, ...first }],
        next: "stem",
      },
      {
        names,
        varied: true,
        layers: numbers.map((_, i) => ({ role: place(i) })),
        matrices: [...matrices, { tensor: shortcut, role: "shortcut", ...block }],
        next: "block output",
      },
      {
        layers: [{ role: "features" }],
        matrices: classifiers.map((tensor) => ({ tensor, ...head })),
        next: "classes",
      },
    ],
    takesAllOfFew: true,
    complete: true,
  };
}
