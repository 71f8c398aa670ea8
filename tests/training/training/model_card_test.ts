import assert from "node:assert/strict";
import { SKILLS } from "../../../data/training/skills.ts";
import type { Recipe } from "../../../data/training/training/recipe.ts";
import type { TrainingText } from "../../../data/training/training_text.ts";
import { modelCard } from "../../../data/training/training/model_card.ts";
import { scoreRow } from "../../../data/training/training/train.ts";
import {
  initialState,
  type TrainingSession,
} from "../../../data/training/training/training_state.ts";
import { tinyRecipe, tinyTrainee } from "./tiny_recipe.ts";

const rows = [0, 8].map((step) =>
  scoreRow(step, {
    heldOutLoss: { value: 2 - step / 16, stderr: 0.01234 },
    skills: new Map(
      SKILLS.map(({ name }, i) => [name, { value: step * i / 100, stderr: 0.0213 }]),
    ),
  })
);

const start = await initialState(tinyTrainee, "");

function card(...sessions: TrainingSession[]): string {
  const state = { ...start, step: 8, scores: rows, sessions };
  return modelCard(tinyRecipe, state, "c0ffee", "deno task train --model tiny");
}

const whole = card({ commit: "abc123", from: 0, seconds: 90 });

/** The cell beside a name in the card's table. */
function cell(text: string, name: string): string | undefined {
  return text.split("\n").find((line) => line.startsWith(`| ${name}`))?.split(" | ").slice(1)
    .join(" | ").replace(/ \|$/, "");
}

Deno.test("the card says how the model was made: command, recipe, seed, commit, corpus, time", () => {
  assert.match(whole, /```sh\ndeno task train --model tiny\n```/);
  assert.equal(
    cell(whole, "architecture"),
    "width 16, 1 layers, 2 heads, rotary on 50 % of each head, parallel residual, " +
      "fused query, key and value interleaved per head, untied output",
  );
  assert.equal(
    cell(whole, "data"),
    "2 sequences × 24 tokens a step, one symbol a token, 80 symbols",
  );
  assert.equal(
    cell(whole, "optimizer"),
    "AdamW, learning rate 0.02 after 2 steps of warm-up, cosine to 0.002, betas 0.9 / 0.95, " +
      "weight decay 0.1, gradient norm at most 1",
  );
  assert.equal(cell(whole, "steps"), "8");
  assert.equal(cell(whole, "seed"), "7");
  assert.equal(cell(whole, "commit"), "abc123");
  assert.equal(cell(whole, "corpus digest"), "c0ffee");
  assert.equal(cell(whole, "wall time"), "1.5 min in 1 session");
  assert.match(whole, /^# tiny\n/m);
});

Deno.test("the card counts parameters and checkpoints", () => {
  // Two embeddings, three norms, and attention and feed-forward matrices with their biases.
  const parameters = 2 * 80 * 16 + 3 * 2 * 16 + (48 * 16 + 48) + (16 * 16 + 16) +
    (24 * 16 + 24) + (16 * 24 + 16);
  assert.equal(parameters, 4552);
  assert.match(whole, /decoder with 4,552 parameters,/);
  assert.match(whole, /kept at 2 steps of its training/);
});

Deno.test("the card names every session's commit once and adds up the time", () => {
  const text = card(
    { commit: "abc123", from: 0, seconds: 60 },
    { commit: "def456", from: 4, seconds: 30 },
    { commit: "abc123", from: 6, seconds: 12 },
  );
  assert.equal(cell(text, "commit"), "abc123, def456");
  assert.equal(cell(text, "wall time"), "1.7 min in 3 sessions");
});

Deno.test("the card describes every skill and gives the last scores with their errors", () => {
  for (const { name, marker, description } of SKILLS) {
    assert.equal(cell(whole, name), `${marker} | ${description}`);
  }
  assert.match(whole, /^## What it can do after 8 steps$/m);
  assert.match(whole, /Exact match on 256 held-out items a skill/);
  assert.match(whole, /on 64\nheld-out sequences: 1\.5000 ± 0\.0123 nats a token\./);
  assert.ok(whole.endsWith(
    "\n| brackets | copying | sorting | recall | addition | agreement |\n" +
      "| --- | --- | --- | --- | --- | --- |\n" +
      "| 0.0 ± 2.1 | 8.0 ± 2.1 | 16.0 ± 2.1 | 24.0 ± 2.1 | 32.0 ± 2.1 | 40.0 ± 2.1 |\n",
  ));
});

Deno.test("the card begins with the metadata that Hugging Face reads", () => {
  assert.ok(whole.startsWith(
    "---\nlicense: mit\nlibrary_name: transformers\n" +
      "tags: [gpt_neox, synthetic, training-dynamics]\n---\n",
  ));
  assert.doesNotMatch(whole, /undefined|NaN|null/);
});

Deno.test("the card says what a model read that didn't read the language, and what it went on from", () => {
  const state = { ...start, step: 8, scores: rows, sessions: [] };
  const read = (text: TrainingText, more: Partial<Recipe> = {}) =>
    modelCard({ ...tinyRecipe, text, ...more }, state, "c0ffee", "deno task train");
  assert.match(
    cell(read("deduplicated"), "data")!,
    /80 symbols, every line of the language only once/,
  );
  assert.match(read("random tokens"), /trained from scratch on random tokens, and\nkept/);
  const on = read("shuffled answers", { start: { model: "tiny", step: 8 } });
  assert.match(on, /trained on from tiny on a synthetic language with six skills, and\nkept/);
  assert.equal(cell(on, "start"), "the weights of tiny at step 8");
  assert.match(cell(on, "data")!, /every answer replaced by that of another line of its skill$/);
});
