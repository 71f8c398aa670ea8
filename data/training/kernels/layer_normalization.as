/**
 * Layer normalization and its gradient. layer_normalization_plain.ts has the same in TypeScript.
 */

/** Mean of `columns` numbers, summed in their order. */
@inline
function mean(row: usize, columns: i32): f32 {
  let sum: f32 = 0;
  for (let i = 0; i < columns; i++) sum += load<f32>(row + (<usize> i << 2));
  return sum / <f32> columns;
}

/**
 * Every row of `x`, `[rows, columns]`, centred and divided by the root of its variance plus
 * epsilon, `normal`; that times gain plus bias, `result`; and one over the root, `inverse`, a
 * number a row.
 */
export function layerNormalization(
  x: usize,
  gain: usize,
  bias: usize,
  epsilon: f32,
  normal: usize,
  inverse: usize,
  result: usize,
  rows: i32,
  columns: i32,
): void {
  const bytes = <usize> columns << 2;
  for (let row = 0; row < rows; row++) {
    const centre = mean(x, columns);
    let squares: f32 = 0;
    for (let at: usize = 0; at < bytes; at += 4) {
      const centred = load<f32>(x + at) - centre;
      store<f32>(normal + at, centred);
      squares += centred * centred;
    }
    const root: f32 = 1 / sqrt<f32>(squares / <f32> columns + epsilon);
    store<f32>(inverse, root);
    for (let at: usize = 0; at < bytes; at += 4) {
      const scaled = load<f32>(normal + at) * root;
      store<f32>(normal + at, scaled);
      store<f32>(result + at, scaled * load<f32>(gain + at) + load<f32>(bias + at));
    }
    x += bytes, normal += bytes, result += bytes, inverse += 4;
  }
}

/**
 * Gradient by `x` of {@link layerNormalization}, and that by gain of every row, `dGain`; that by
 * bias is `dy` itself.
 */
export function layerNormalizationGradient(
  dy: usize,
  normal: usize,
  inverse: usize,
  gain: usize,
  dx: usize,
  dGain: usize,
  rows: i32,
  columns: i32,
): void {
  const bytes = <usize> columns << 2;
  for (let row = 0; row < rows; row++) {
    let sum: f32 = 0;
    let dot: f32 = 0;
    for (let at: usize = 0; at < bytes; at += 4) {
      const slope = load<f32>(dy + at);
      const normalized = load<f32>(normal + at);
      const scaled = slope * load<f32>(gain + at);
      store<f32>(dx + at, scaled);
      store<f32>(dGain + at, slope * normalized);
      sum += scaled;
      dot += scaled * normalized;
    }
    const shift = sum / <f32> columns;
    const along = dot / <f32> columns;
    const root = load<f32>(inverse);
    for (let at: usize = 0; at < bytes; at += 4) {
      const centred = load<f32>(dx + at) - shift;
      store<f32>(dx + at, root * (centred - load<f32>(normal + at) * along));
    }
    dy += bytes, normal += bytes, dx += bytes, dGain += bytes, inverse += 4;
  }
}
