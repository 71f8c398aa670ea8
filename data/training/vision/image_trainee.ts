import { type Parameters, startParameters } from "../model/parameters.ts";
import type { Trainee } from "../training/training_state.ts";
import { imageCard } from "./image_card.ts";
import { imageLossAndGradients, pixelsOf } from "./image_loss.ts";
import type { ImageRecipe } from "./image_recipe.ts";
import { HELD_OUT_IMAGES, ImageSet } from "./image_set.ts";
import { perceptron } from "./perceptron.ts";
import { residualNetwork } from "./residual_network.ts";
import * as tf from "@tensorflow/tfjs";
import { toTensors } from "../model/gradients.ts";
import { meanScore, type Score, type Scores } from "../training/scores.ts";
import type { ImageNetwork } from "./image_network.ts";
import { CLASSES, IMAGE_SKILLS } from "./image_skills.ts";

/** An image model to be trained on the synthetic images. */
export function imageTrainee(recipe: ImageRecipe): Trainee {
  const { seed, widths, batchSize, steps } = recipe;
  const network = recipe.network === "residual" ? residualNetwork(widths) : perceptron(widths);
  const set = new ImageSet(seed);
  return {
    recipe,
    config: network.config,
    initialParameters: () => startParameters(network.layout, seed),
    lossAndGradients(parameters, step) {
      const images = Array.from(
        { length: batchSize },
        (_, i) => set.trainingImage(step * batchSize + i),
      );
      return imageLossAndGradients(network, parameters, images);
    },
    score: (parameters) => scoreImages(network, parameters, set),
    card: (state, command) =>
      imageCard(recipe, network, state, set.digest(steps * batchSize), command),
  };
}

/**
 * Score a model on held-out images: for each skill the share of its images whose class, out of the classes of all
 * skills, is the likeliest, and over all images the mean cross entropy in nats.
 */
export function scoreImages(
  network: ImageNetwork,
  parameters: Parameters,
  set: ImageSet,
): Scores {
  const tensors = toTensors(parameters);
  const losses: number[] = [];
  const skills = new Map<string, Score>();
  for (const [skill, { name }] of IMAGE_SKILLS.entries()) {
    const images = Array.from({ length: HELD_OUT_IMAGES }, (_, i) => set.heldOutImage(skill, i));
    const likelihoods = tf.tidy(() =>
      tf.logSoftmax(network.forward(tensors, pixelsOf(images))).dataSync()
    );
    const matches = images.map(({ label }, i) => {
      const own = likelihoods.subarray(i * CLASSES, (i + 1) * CLASSES);
      losses.push(-own[label]!);
      return own.indexOf(Math.max(...own)) === label ? 1 : 0;
    });
    skills.set(name, meanScore(matches));
  }
  tf.dispose(tensors);
  return { heldOutLoss: meanScore(losses), skills };
}
