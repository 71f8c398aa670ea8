/** What the cards of all models of the suite say in the same words. */
import type { ModelConfig } from "../model/config.ts";
import type { Schedule } from "./schedule.ts";
import type { ScoreRow, TrainingState } from "./training_state.ts";

/** What a model was made of and by, as words of its card. */
export interface Making {
  /** The command that trains it. */
  readonly command: string;
  /** Its architecture. */
  readonly architecture: string;
  /** Its weights before training. */
  readonly start: string;
  /** What it is trained on. */
  readonly data: string;
  /** What the digest is of. */
  readonly digestOf: string;
  /** SHA-256 of that. */
  readonly digest: string;
}

/** How the weights of a GPT-NeoX decoder start. */
export const DECODER_START =
  "small_init (embeddings, query_key_value, dense_h_to_4h), wang_init (attention.dense, dense_4h_to_h), biases 0";

/** The architecture of a GPT-NeoX decoder. */
export function decoderWords(config: ModelConfig): string {
  return `width ${config.hidden_size}, ${config.num_hidden_layers} layers, ${config.num_attention_heads} heads, rotary on ${
    100 * config.rotary_pct
  } % of each head, parallel residual, fused query, key and value interleaved per head, untied output`;
}

/** The section of a card that says how the model was made. */
export function makingSection(recipe: Schedule, state: TrainingState, making: Making): string {
  const { step, sessions } = state;
  const commits = new Set(sessions.map(({ commit }) => commit));
  return `## How it was made

\`\`\`sh
${making.command}
\`\`\`

| | |
| --- | --- |
| architecture | ${making.architecture} |
| start | ${making.start} |
| data | ${making.data} |
| optimizer | AdamW, learning rate ${recipe.learningRate} after ${recipe.warmupSteps} steps of warm-up, cosine to ${recipe.lastLearningRate}, betas ${
    recipe.betas.join(" / ")
  }, weight decay ${recipe.weightDecay}, gradient norm at most ${recipe.clipNorm} |
| steps | ${step} |
| seed | ${recipe.seed} |
| commit | ${[...commits].join(", ")} |
| ${making.digestOf} | ${making.digest} |
| wall time | ${wallTime(state)} |
| storage | F16 safetensors; scores are of the weights as stored |
`;
}

/** Wall time of all sessions of a training. */
function wallTime({ sessions }: TrainingState): string {
  const minutes = sessions.reduce((sum, { seconds }) => sum + seconds, 0) / 60;
  return `${minutes.toFixed(1)} min in ${sessions.length} session${
    sessions.length === 1 ? "" : "s"
  }`;
}

/** Number of a model's parameters, for reading. */
export function parameterCount({ parameters }: TrainingState): string {
  const count = [...parameters.values()].reduce((sum, { values }) => sum + values.length, 0);
  return count.toLocaleString("en-US");
}

/** The loss on what was held out, with its standard error. */
export function heldOutLoss({ held_out_loss, held_out_loss_stderr }: ScoreRow): string {
  return `${held_out_loss!.toFixed(4)} ± ${held_out_loss_stderr!.toFixed(4)}`;
}

/** The table of the skills' scores and their standard errors, in per cent. */
export function scoreTable(row: ScoreRow, skills: readonly { readonly name: string }[]): string {
  const line = (cell: (name: string) => string) =>
    `| ${skills.map(({ name }) => cell(name)).join(" | ")} |\n`;
  const percent = (skill: string) =>
    `${(100 * row[skill]!).toFixed(1)} ± ${(100 * row[`${skill}_stderr`]!).toFixed(1)}`;
  return line((name) => name) + line(() => "---") + line(percent);
}
