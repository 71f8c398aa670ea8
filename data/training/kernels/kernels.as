/** All kernels of the training: `deno task kernels` makes kernels_wasm.ts of them. */

export { attend, attendGradient } from "./attention";
export { columnSums } from "./column_sums";
export { gelu, geluGradient } from "./gelu";
export { layerNormalization, layerNormalizationGradient } from "./layer_normalization";
export { panelBytes, product } from "./product";
