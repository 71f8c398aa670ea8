/** The part of the options that decides networks. */
import type { QueryKeyValueLayout } from "../architectures/fused_query_key_value.ts";
import type { SampledEdges } from "../networks/linked_neurons.ts";

/** What decides the sampled networks. */
export interface NetworkOptions {
  /** Samples of each checkpoint. */
  readonly samples: number;
  /** Neurons drawn from each layer. */
  readonly layerSample: number;
  /** Which stored rows are a neuron's query, key and value. */
  readonly qkv: QueryKeyValueLayout;
  /** Which out-edges of sampled neurons are kept. */
  readonly edges: SampledEdges;
}

/** Only what decides networks, in a fixed order, so that two can be compared as text. */
export function networkOptions(
  { samples, layerSample, qkv, edges }: NetworkOptions,
): NetworkOptions {
  return { samples, layerSample, qkv, edges };
}

/** Name the first choice in which two differ, with both values; `null` where none does. */
export function firstDifference(stored: NetworkOptions, asked: NetworkOptions): string | null {
  for (const name of ["samples", "layerSample", "qkv", "edges"] as const) {
    if (stored[name] !== asked[name]) return `${name} ${stored[name]}, not ${asked[name]}`;
  }
  return null;
}
