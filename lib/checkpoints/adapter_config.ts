/** What `adapter_config.json` says of adapters, as PEFT writes it. */

import { shown } from "../messages/shown.ts";
import { isObject } from "./read_config.ts";

/** The file with the ranks and scales of adapters. */
export const ADAPTER_CONFIG = "adapter_config.json";

/** The files that PEFT saves an adapter in. */
export const ADAPTER_FILES = ["adapter_model.safetensors", "adapter_model.bin"] as const;

/** What is known of the adapters of a model. */
export interface AdapterConfig {
  /** What the product of a module's two matrices is multiplied by. */
  scaleOf(module: string, rank: number): number;
  /** Whether the adapted matrices are stored [in, out]. */
  readonly transposed: boolean;
  /**
   * Which parts of fused matrices, such as q, k and v, are adapted; `null` where it is not said.
   */
  readonly enabled: readonly boolean[] | null;
}

/** Ways to begin that change the weights of the base model too, so that those of its own file do not belong to it. */
const CHANGES_BASE = /^(pissa|olora|corda|loftq|lora_ga)/;

/**
 * Read what an adapter's config says of LoRA: scale lora_alpha / r, or lora_alpha / √r with `use_rslora`, for each module by
 * `alpha_pattern` and `rank_pattern` where they name it.
 *
 * @throws {Error} If it is of other adapters, or what it says does not fit together.
 */
export function adapterConfig(
  config: Readonly<Record<string, unknown>>,
  source: string,
): AdapterConfig {
  const refuse = (what: string) =>
    new Error(
      `${source} says ${what}; such an adapter cannot be merged here, so merge it into the model and save that`,
    );
  const { peft_type: type = "LORA", init_lora_weights: start } = config;
  if (type !== "LORA") throw refuse(`peft_type ${shown(type)}, which is no low-rank adapter`);
  for (const entry of ["use_dora", "layer_replication", "use_qalora", "alora_invocation_tokens"]) {
    if (config[entry]) throw refuse(`${entry} ${shown(config[entry])}`);
  }
  if (typeof start === "string" && CHANGES_BASE.test(start)) {
    throw refuse(`init_lora_weights ${shown(start)}, which changes the weights of the base model`);
  }
  const numberOf = (entry: string, pattern: string, module: string): number => {
    const value = namedIn(config[pattern], module, `${pattern} of ${source}`) ?? config[entry];
    if (typeof value === "number" && Number.isFinite(value) && value > 0) return value;
    throw new Error(`${source} says ${entry} ${shown(value)}, which must be a number above 0`);
  };
  return {
    transposed: config.fan_in_fan_out === true,
    enabled: enabledParts(config.enable_lora ?? null, source),
    scaleOf(module, rank) {
      const configured = numberOf("r", "rank_pattern", module);
      if (configured !== rank) {
        const own = `the adapter of ${shown(module)} has rank ${rank}`;
        throw new Error(
          `${source} says r ${configured} but ${own}; one of the two is of another model`,
        );
      }
      const alpha = numberOf("lora_alpha", "alpha_pattern", module);
      return alpha / (config.use_rslora ? Math.sqrt(rank) : rank);
    },
  };
}

/** More parts than any fused matrix has. */
const MOST_PARTS = 16;

function enabledParts(value: unknown, source: string): readonly boolean[] | null {
  if (value === null) return null;
  const isList = Array.isArray(value) && value.length <= MOST_PARTS &&
    value.every((part) => typeof part === "boolean");
  if (isList && value.includes(true)) return value;
  throw new Error(
    `${source} says enable_lora ${shown(value)}, which must be a list such as [true, false, true]`,
  );
}

/**
 * What a pattern says of a module: its keys are the ends of modules' names. PEFT takes them as regular expressions; one
 * from a file would be run as a program, so that only plain names are read.
 */
function namedIn(pattern: unknown, module: string, label: string): unknown {
  if (!isObject(pattern)) return undefined;
  for (const [key, value] of Object.entries(pattern)) {
    const name = key.replace(/^\^/, "").replaceAll("\\.", ".");
    if (!/^[\w.-]+$/.test(name)) {
      throw new Error(
        `${label} has the key ${shown(key)}, which is no module's name; write the names out`,
      );
    }
    if (module === name || (!key.startsWith("^") && module.endsWith(`.${name}`))) return value;
  }
  return undefined;
}
