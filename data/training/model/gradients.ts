import * as tf from "@tensorflow/tfjs";
import type { ParameterTensors } from "./forward.ts";
import type { Parameters } from "./parameters.ts";

/** Upload parameters; the caller disposes of the tensors. */
export function toTensors(parameters: Parameters): Record<string, tf.Tensor> {
  const tensors: Record<string, tf.Tensor> = {};
  for (const [name, { shape, values }] of parameters) tensors[name] = tf.tensor(values, [...shape]);
  return tensors;
}

/** A loss and its gradient by every parameter by name. */
export function gradientsOf(
  parameters: Parameters,
  lossOf: (tensors: ParameterTensors) => tf.Scalar,
): { loss: number; gradients: Record<string, Float32Array> } {
  const names = [...parameters.keys()];
  let loss = NaN;
  const gradients: Record<string, Float32Array> = {};
  // Typed arrays leave by assignment: tidy walks through every element of what it returns.
  tf.tidy(() => {
    const tensors = Object.values(toTensors(parameters));
    const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) =>
      lossOf(Object.fromEntries(names.map((name, i) => [name, values[i] as tf.Tensor])))
    )(tensors);
    loss = value.dataSync()[0] as number;
    names.forEach((name, i) => gradients[name] = grads[i]!.dataSync() as Float32Array);
  });
  return { loss, gradients };
}
