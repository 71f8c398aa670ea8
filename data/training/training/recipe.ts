import type { ModelConfig } from "../model/config.ts";
import type { TrainingText } from "../training_text.ts";
import { VOCABULARY } from "../vocabulary.ts";
import type { Schedule } from "./schedule.ts";

/** Everything that decides the training of a language model: the same recipe gives the same checkpoints. */
export interface Recipe extends Schedule {
  /** Sizes of the model. */
  readonly config: ModelConfig;
  /** What the model reads in training. */
  readonly text: TrainingText;
}

/** Dense where skills emerge in powers of two, as Pythia's are, and then evenly. */
const CHECKPOINT_STEPS = [
  ...[0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  ...[768, 1024, 1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096],
];

/** Fewer of them, for the largest size: one of its checkpoints is as large as three of the next. */
const LARGE_CHECKPOINT_STEPS = [0, 64, 128, 256, 512, 768, 1024, 1536, 2048, 3072, 4096];

/** Every second of them, for the twins that show what weight decay does. */
const TWIN_CHECKPOINT_STEPS = [0, 8, 64, 256, 512, 1024, 1536, 2048, 3072, 4096];

/** For twins of a larger size. */
const LARGE_TWIN_CHECKPOINT_STEPS = [0, 256, 512, 1024, 2048, 4096];

/** For twins of a larger size that were started from another seed: enough to see how far seeds lie apart. */
const SEED_CHECKPOINT_STEPS = [0, 1024, 4096];

/** The recipe shared by all sizes of the suite. */
function recipe(model: string, width: number, layers: number, more: Partial<Recipe> = {}): Recipe {
  return {
    model,
    seed: 1,
    config: {
      hidden_size: width,
      num_hidden_layers: layers,
      num_attention_heads: 4,
      intermediate_size: 4 * width,
      vocab_size: VOCABULARY.length,
      max_position_embeddings: 128,
      rotary_pct: 0.5,
      rotary_emb_base: 10000,
      layer_norm_eps: 1e-5,
    },
    text: "language",
    steps: 4096,
    batchSize: 32,
    checkpointSteps: CHECKPOINT_STEPS,
    learningRate: 1e-3,
    lastLearningRate: 1e-4,
    warmupSteps: 128,
    betas: [0.9, 0.95],
    epsilon: 1e-8,
    weightDecay: 0.1,
    clipNorm: 1,
    ...more,
  };
}

/** A size again, with another weight decay or seed and nothing else changed. */
function twin(model: string, width: number, layers: number, changes: Partial<Recipe>): Recipe {
  return recipe(model, width, layers, { checkpointSteps: TWIN_CHECKPOINT_STEPS, ...changes });
}

/** Twins of nano-64 of one seed. */
function largeTwin(model: string, changes: Partial<Recipe>): Recipe {
  const checkpointSteps = changes.seed === undefined
    ? LARGE_TWIN_CHECKPOINT_STEPS
    : SEED_CHECKPOINT_STEPS;
  return twin(model, 64, 4, { checkpointSteps, ...changes });
}

/**
 * The sizes, their twins of other seeds, of the deduplicated corpus and of other weight decays, and two controls that
 * don't learn the language.
 */
const ALL: readonly Recipe[] = [
  recipe("nano-32", 32, 2),
  recipe("nano-48", 48, 3),
  recipe("nano-48-seed2", 48, 3, { seed: 2 }),
  recipe("nano-48-seed3", 48, 3, { seed: 3 }),
  recipe("nano-48-deduped", 48, 3, { text: "deduplicated" }),
  recipe("nano-64", 64, 4),
  recipe("nano-96", 96, 6, { checkpointSteps: LARGE_CHECKPOINT_STEPS }),
  recipe("nano-32-random", 32, 2, { text: "random tokens" }),
  recipe("nano-64-shuffled", 64, 4, {
    text: "shuffled answers",
    start: { model: "nano-64", step: 4096 },
    steps: 4096 + 1024,
    checkpointSteps: [0, ...[0, 8, 16, 32, 64, 128, 256, 512, 1024].map((more) => 4096 + more)],
    warmupSteps: 32,
  }),
  twin("nano-32-nodecay", 32, 2, { weightDecay: 0 }),
  twin("nano-32-decay03", 32, 2, { weightDecay: 0.3 }),
  largeTwin("nano-64-nodecay", { weightDecay: 0 }),
  largeTwin("nano-64-decay03", { weightDecay: 0.3 }),
  largeTwin("nano-64-seed2", { seed: 2 }),
  largeTwin("nano-64-nodecay-seed2", { weightDecay: 0, seed: 2 }),
  largeTwin("nano-64-decay03-seed2", { weightDecay: 0.3, seed: 2 }),
];

/** The recipes of the bundled suite by model name. */
export const RECIPES: ReadonlyMap<string, Recipe> = new Map(ALL.map((one) => [one.model, one]));
