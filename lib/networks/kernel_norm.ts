/** One weight for the kernel between two channels. */

/**
 * The Euclidean norm of each run of `kernel` values: the weight between an input and an output channel of a
 * convolution, which joins them at every position of its kernel. If the input's values there were independent and of equal
 * variance, the norm times their standard deviation would be what the channel adds to the output's: the same as |w| means
 * for a plain matrix, which a kernel of one position gives. The sum of squares of all weights stays what it was. The
 * sum of absolute values would grow with the kernel's area instead of its root, and make a 3 × 3 kernel of the same gain
 * look up to three times as strong; the plain sum would lose every kernel that detects edges.
 */
export function normsOfKernels(values: Float64Array, kernel: number): Float64Array {
  const norms = new Float64Array(values.length / kernel);
  for (let i = 0, k = 0; i < norms.length; i++) {
    let sum = 0;
    for (const end = k + kernel; k < end; k++) sum += values[k]! * values[k]!;
    norms[i] = Math.sqrt(sum);
  }
  return norms;
}
