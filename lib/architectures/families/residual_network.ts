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

/** What shortcuts are called. */
const SHORTCUTS = ["downsample", "shortcut"];

/**
 * A residual network as data. A neuron is a channel: image channels → stem → in each block its convolutions one after
 * another → features → classes. The convolution of a shortcut leads from a block's input to its output; a shortcut without
 * one has no weights and, like the residual stream of a transformer, makes no edges. Networks whose shortcuts pad with zeros
 * are those for CIFAR: a stem of 3 × 3, three stages, and from stage to stage twice the channels; where anything of these is
 * otherwise, or something of a shortcut is there, the convolutions of shortcuts are missing. The weight between two channels is the
 * Euclidean norm over the kernel.
 *
 * @param numbers What the convolutions of a block are numbered.
 * @param shortcuts Where a shortcut has a convolution: where it is resized, and then one must be met if that is how the
 * network is recognised; or nowhere, since the network pads with zeros.
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
  const staged = (stage: number) => names.replace("{stage}", `${stage}`);
  const optional = shortcuts === "padded" ? "doubled" : "resized";
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
        ...shortcuts === "padded" ? [staged(3) + tensor(numbers[0]!)] : [],
      ],
      ...shortcuts === "padded" && {
        absent: [staged(4) + "**", ...SHORTCUTS.map((shortcut) => `${names}${shortcut}.**`)],
        kernels: { [stem]: 9 },
      },
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
