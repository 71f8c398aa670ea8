/** Tensors without a generator. */

import type { TinyTensors } from "./tiny_models.ts";

/** Tensors of these shapes with weights from a sine, so that lengths differ. */
export function waves(shapes: Record<string, readonly number[]>, scale = 1): TinyTensors {
  let k = 0;
  const fill = ([size = 0, ...rest]: readonly number[]): unknown =>
    Array.from(
      { length: size },
      () => rest.length === 0 ? scale * Math.sin(++k) / 4 : fill(rest),
    );
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, fill(shape)]),
  ) as TinyTensors;
}
