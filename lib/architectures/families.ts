/** Every family that is known, a line each. */

export { gptNeoX } from "./families/gpt_neox.ts";
export { gpt2 } from "./families/gpt2.ts";
export { llama } from "./families/llama.ts";
export { bert } from "./families/bert.ts";
export { vit } from "./families/vit.ts";
export { resnet } from "./families/resnet.ts";
export { mlp } from "./families/mlp.ts";
