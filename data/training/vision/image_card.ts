import { heldOutLoss, makingSection, parameterCount, scoreTable } from "../training/model_card.ts";
import type { TrainingState } from "../training/training_state.ts";
import { IMAGE_SIDE } from "./canvas.ts";
import type { ImageNetwork } from "./image_network.ts";
import type { ImageRecipe } from "./image_recipe.ts";
import { HELD_OUT_IMAGES, NOISE } from "./image_set.ts";
import { CLASSES, IMAGE_SKILLS } from "./image_skills.ts";

/** The model card of an image model in Markdown: what was trained, on what, how, by which command, and what came out. */
export function imageCard(
  recipe: ImageRecipe,
  network: ImageNetwork,
  state: TrainingState,
  dataDigest: string,
  command: string,
): string {
  const last = state.scores.at(-1)!;
  return `---
license: mit
tags: [image-classification, synthetic, training-dynamics]
---

# ${recipe.model}

An image classifier with ${
    parameterCount(state)
  } parameters, trained from scratch on synthetic pictures that ask for ${IMAGE_SKILLS.length}
skills, and kept at ${state.scores.length} steps of its training. It exists to be analysed, not to be used.

${
    makingSection(recipe, state, {
      command,
      architecture: network.description,
      start: network.start,
      data:
        `${recipe.batchSize} images of ${IMAGE_SIDE} × ${IMAGE_SIDE} grey pixels a step, ${CLASSES} classes equally often`,
      digestOf: "data digest (SHA-256 of all training and held-out images and labels)",
      digest: dataDigest,
    })
  }
## The images

Every picture is of one skill and has one of its four answers; which of the ${CLASSES} it is, skill included, the model has to
say. Drawings have a strength between 0.6 and 1.2, and every pixel has normal noise with a standard deviation of ${NOISE}. Images
are drawn anew for each step, so none is seen twice, and none of those held out is trained on.

| skill | the model has to |
| --- | --- |
${IMAGE_SKILLS.map(({ name, description }) => `| ${name} | ${description} |`).join("\n")}

## What it can do after ${last.step} steps

Right answers among ${CLASSES} to ${HELD_OUT_IMAGES} held-out images a skill, in per cent with standard error (guessing: ${
    100 / CLASSES
  }), and
cross entropy on all of them: ${
    heldOutLoss(last)
  } nats an image. \`scores.csv\` has every checkpoint.

${scoreTable(last, IMAGE_SKILLS)}`;
}
