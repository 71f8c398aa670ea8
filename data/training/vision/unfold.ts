import * as tf from "@tensorflow/tfjs";

/** Square images lying one after the other as `[images × side × side, channels]`. */
export interface Images {
  /** Their values. */
  readonly values: tf.Tensor2D;
  /** Pixels a side. */
  readonly side: number;
}

/** Pixels a side after a convolution whose kernel reaches over the border by half of itself. */
export function sideAfter(side: number, stride: number): number {
  return Math.ceil(side / stride);
}

/** Which value of an image each place of its unfolded matrix takes; -1 beyond the border. */
function makeSources(side: number, channels: number, kernel: number, stride: number): Int32Array {
  const after = sideAfter(side, stride);
  const reach = (kernel - 1) / 2;
  const sources = new Int32Array(after ** 2 * channels * kernel ** 2);
  let filled = 0;
  for (let place = 0; place < after ** 2; place++) {
    const [top, left] = [
      Math.floor(place / after) * stride - reach,
      place % after * stride - reach,
    ];
    for (let channel = 0; channel < channels; channel++) {
      for (let position = 0; position < kernel ** 2; position++) {
        const [y, x] = [top + Math.floor(position / kernel), left + position % kernel];
        const inside = y >= 0 && y < side && x >= 0 && x < side;
        sources[filled++] = inside ? (y * side + x) * channels + channel : -1;
      }
    }
  }
  return sources;
}

const made = new Map<string, Int32Array>();

/** {@linkcode makeSources}, once for every combination of sizes. */
function sourcesOf(...sizes: Parameters<typeof makeSources>): Int32Array {
  const key = sizes.join();
  const sources = made.get(key) ?? makeSources(...sizes);
  made.set(key, sources);
  return sources;
}

/**
 * What a square kernel sees at each of its places, `[images × places, channels × kernel × kernel]`, zeros beyond the
 * border; a product with weights stored `[out, channels, kernel, kernel]` is then the convolution. tfjs on WebAssembly
 * has no gradient of a convolution by its weights.
 */
export function unfold({ values, side }: Images, kernel: number, stride: number): tf.Tensor2D {
  const [pixels, channels] = values.shape;
  const images = pixels / side ** 2;
  const columns = channels * kernel ** 2;
  const sources = sourcesOf(side, channels, kernel, stride);
  const size = side ** 2 * channels;
  const operation = tf.customGrad((...inputs: (tf.Tensor | tf.GradSaveFunc)[]) => {
    const from = (inputs[0] as tf.Tensor).dataSync();
    const to = new Float32Array(images * sources.length);
    for (let image = 0, i = 0; image < images; image++) {
      for (const source of sources) to[i++] = source < 0 ? 0 : from[image * size + source]!;
    }
    return {
      value: tf.tensor2d(to, [to.length / columns, columns]),
      gradFunc: (dy: tf.Tensor) => {
        const gradient = dy.dataSync();
        const folded = new Float32Array(images * size);
        for (let image = 0, i = 0; image < images; image++) {
          for (const source of sources) {
            if (source >= 0) folded[image * size + source]! += gradient[i]!;
            i++;
          }
        }
        return tf.tensor2d(folded, [pixels, channels]);
      },
    };
  });
  return operation(values) as tf.Tensor2D;
}
