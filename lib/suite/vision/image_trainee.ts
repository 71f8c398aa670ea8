import { startParameters } from "../model/start_parameters.ts";
import type { Trainee } from "../training/trainee.ts";
import { imageCard } from "./image_card.ts";
import { imageLossAndGradients } from "./image_loss.ts";
import type { ImageRecipe } from "./image_recipe.ts";
import { ImageSet } from "./image_set.ts";
import { perceptron } from "./perceptron.ts";
import { residualNetwork } from "./residual_network.ts";
import { scoreImages } from "./score_images.ts";

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
