/** Every family that is known, a line each. */

export { bert } from "./families/bert.ts";
export { convolutions } from "./families/convolutions.ts";
export { distilBert } from "./families/distilbert.ts";
export { falcon } from "./families/falcon.ts";
export { gguf } from "./families/gguf.ts";
export { gpt2 } from "./families/gpt2.ts";
export { gptJ } from "./families/gptj.ts";
export { gptNeoX } from "./families/gpt_neox.ts";
export { llama } from "./families/llama.ts";
export { mixtral } from "./families/mixtral.ts";
export { mlp } from "./families/mlp.ts";
export { modernBert } from "./families/modernbert.ts";
export { opt } from "./families/opt.ts";
export { phi3 } from "./families/phi3.ts";
export { resnet } from "./families/resnet.ts";
export { shortNames } from "./families/short_names.ts";
export { t5 } from "./families/t5.ts";
export { transformerLens } from "./families/transformer_lens.ts";
export { vit } from "./families/vit.ts";
