/** All kernels of the training: compile.ts makes kernels_wasm.ts of them. */

export { attend, attendGradient } from "./attention";
export { panelBytes, product } from "./product";
export { columnSums } from "./column_sums";
export { layerNormalization, layerNormalizationGradient } from "./layer_normalization";
export { gelu, geluGradient } from "./gelu";
