/** How a network's weights were drawn before training, as its config says, or as torch starts networks without one. */

import type { Architecture, WeightMatrix } from "../../architectures/architecture.ts";
import type { Checkpoint } from "../../checkpoints/checkpoint.ts";
import { shown } from "../../messages/shown.ts";

/** What the weights of one matrix are drawn from: normal with this deviation, or uniform up to this bound either way. */
export interface InitialLaw {
  readonly kind: "normal" | "uniform";
  readonly scale: number;
}

/** The law of each matrix, and all of them in words. */
export interface InitialWeights {
  readonly lawOf: (matrix: WeightMatrix) => InitialLaw;
  readonly words: string;
}

/** What of a config says how wide weights were drawn. */
const DEVIATION_KEYS = ["initializer_range", "init_std", "init_method_std"] as const;

/** The matrices of a block whose outputs are added to the residual stream, by the ends of their names. */
const OUTPUT = /(?:attention\.dense|dense_4h_to_h|c_proj)\.weight$/;

/**
 * How a checkpoint's network was initialised: GPT-NeoX's small and Wang's initialisation where the config names them, normal
 * weights of `initializer_range` or `init_std` (GPT-2's projections divided by √(2 · blocks)), and without a config as torch
 * and torchvision start linear layers and ResNets (He et al., 2015).
 *
 * @throws {Error} If nothing says it.
 */
export function initialWeights(
  { config, source }: Checkpoint,
  { family, matrices, layers }: Architecture,
): InitialWeights {
  const blocks = 1 + Math.max(0, ...matrices.map(({ block }) => block));
  const { init_method: method, output_layer_init_method: outputs } = config ?? {};
  const width = config?.hidden_size;
  const key = DEVIATION_KEYS.find((key) => isDeviation(config?.[key]));
  if (method === "small_init" && isDeviation(width)) {
    const small = Math.sqrt(2 / (5 * width));
    const wang = outputs === "wang_init" ? 2 / (blocks * Math.sqrt(width)) : small;
    const words = outputs === "wang_init" ? "small_init and wang_init" : "small_init";
    return { lawOf: normal(({ tensor }) => OUTPUT.test(tensor) ? wang : small), words };
  }
  if (key !== undefined) {
    const deviation = config![key] as number, words = `${key} ${deviation}`;
    if (family !== "gpt2") return { lawOf: normal(() => deviation), words };
    const projected = deviation / Math.sqrt(2 * blocks);
    const lawOf = normal(({ tensor }) => OUTPUT.test(tensor) ? projected : deviation);
    return { lawOf, words: `${words}, projections divided by √${2 * blocks}` };
  }
  const linear = (matrix: WeightMatrix): InitialLaw => (
    { kind: "uniform", scale: 1 / Math.sqrt(matrix.columns * matrix.kernel) }
  );
  if (family === "mlp" || family === "convolutions") {
    return { lawOf: linear, words: "torch's Kaiming uniform weights" };
  }
  if (family === "resnet") {
    const isClassifier = ({ to }: WeightMatrix) => to === layers.length - 1;
    const fanOut = normal(({ rows, kernel }) => Math.sqrt(2 / (rows * kernel)));
    return {
      lawOf: (matrix) => isClassifier(matrix) ? linear(matrix) : fanOut(matrix),
      words: "torchvision's Kaiming normal weights",
    };
  }
  const keys = DEVIATION_KEYS.map((key) => shown(key)).join(", ");
  throw new Error(
    `nothing says how ${source} was initialised: its config.json has none of ${keys}, nor the init_method ` +
      '"small_init"; add one of them, or compare with one of its steps by baseline (--baseline)',
  );
}

function normal(deviation: (matrix: WeightMatrix) => number): InitialWeights["lawOf"] {
  return (matrix) => ({ kind: "normal", scale: deviation(matrix) });
}

function isDeviation(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value) && value > 0;
}
