import { HELD_OUT_ITEMS } from "../corpus.ts";
import { SKILLS } from "../skills.ts";
import type { TrainingText } from "../training_text.ts";
import { HELD_OUT_SEQUENCES } from "./evaluate.ts";
import type { Recipe } from "./recipe.ts";
import type { ScoreRow, TrainingState } from "./training_state.ts";
import type { ModelConfig } from "../model/config.ts";
import type { Schedule } from "./schedule.ts";

/** What the training text is, after the sizes of a batch. */
const TEXTS: Readonly<Record<TrainingText, string>> = {
  "language": "",
  "deduplicated": ", every line of the language only once and then over again from the first",
  "shuffled answers": ", every answer replaced by that of another line of its skill",
  "random tokens": ", drawn at random: there is nothing to learn",
};

/** The model card of a training run in Markdown: what was trained, on what, how, by which command, and what came out. */
export function modelCard(
  recipe: Recipe,
  state: TrainingState,
  corpusDigest: string,
  command: string,
): string {
  const { config } = recipe;
  const last = state.scores.at(-1)!;
  return `---
license: mit
library_name: transformers
tags: [gpt_neox, synthetic, training-dynamics]
---

# ${recipe.model}

A GPT-NeoX decoder with ${parameterCount(state)} parameters, trained ${
    recipe.start ? `on from ${recipe.start.model}` : "from scratch"
  } on ${
    recipe.text === "random tokens" ? "random tokens" : "a synthetic language with six skills"
  }, and
kept at ${state.scores.length} steps of its training. It exists to be analysed, not to be used.

${
    makingSection(recipe, state, {
      command,
      architecture: decoderWords(config),
      start: recipe.start
        ? `the weights of ${recipe.start.model} at step ${recipe.start.step}`
        : DECODER_START,
      data:
        `${recipe.batchSize} sequences × ${config.max_position_embeddings} tokens a step, one symbol a token, ${config.vocab_size} symbols${
          TEXTS[recipe.text]
        }`,
      digestOf: "corpus digest (SHA-256 of all training tokens and held-out items)",
      digest: corpusDigest,
    })
  }
## The language

Lines of six kinds, mixed at random; the first symbol names the skill. No prompt of a held-out item was trained on.

| skill | marker | the model has to |
| --- | --- | --- |
${
    SKILLS.map(({ name, marker, description }) => `| ${name} | ${marker} | ${description} |`).join(
      "\n",
    )
  }

## What it can do after ${last.step} steps

Exact match on ${HELD_OUT_ITEMS} held-out items a skill, in per cent with its standard error, and cross entropy on ${HELD_OUT_SEQUENCES}
held-out sequences: ${heldOutLoss(last)} nats a token. \`scores.csv\` has every checkpoint.

${scoreTable(last, SKILLS)}`;
}

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
