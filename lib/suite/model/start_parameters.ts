import { RandomStream } from "../random_stream.ts";
import type { Parameter, Parameters } from "./parameters.ts";

/** How a parameter starts: all one value, or normal with a standard deviation. */
export type Start = { readonly deviation: number } | { readonly value: number };

/** Name, shape and starting rule of a parameter: matrices as `[out, in]`, kernels as `[out, in, height, width]`. */
export type ParameterLayout = readonly [name: string, shape: readonly number[], start: Start];

/** The untrained parameters of a seed, each from a random stream of its own. */
export function startParameters(layout: Iterable<ParameterLayout>, seed: number): Parameters {
  const parameters = new Map<string, Parameter>();
  for (const [name, shape, start] of layout) {
    const count = shape.reduce((product, size) => product * size, 1);
    const values = "value" in start
      ? new Float32Array(count).fill(start.value)
      : new RandomStream(seed, "start", name).normal(count, start.deviation);
    parameters.set(name, { shape, values });
  }
  return parameters;
}
