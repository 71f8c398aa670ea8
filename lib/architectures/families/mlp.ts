/** Plain multilayer perceptrons: numbered matrices, each as wide as the one before is high. */

import type { ArchitectureDescription } from "../../schemas/architecture_description.ts";

/** `0.weight`, `layers.2.weight`, `fc1.weight`, `net.0.linear.weight`: what comes before the number is the same for all. */
export const mlp: readonly ArchitectureDescription[] = [
  "*{number}.weight",
  "*{number}.linear.weight",
].map((tensor) => ({
  family: "mlp",
  recognised: { tensors: [tensor], whole: true },
  sections: [{ chain: [tensor] }],
  takesAllOfFew: true,
  complete: true,
}));
