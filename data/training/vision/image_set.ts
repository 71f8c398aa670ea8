import { createHash } from "node:crypto";
import { RandomStream } from "../random_stream.ts";
import { type Canvas, IMAGE_SIDE } from "./canvas.ts";
import { CLASSES, IMAGE_SKILLS } from "./image_skills.ts";

/** Held-out images a skill, as many of each answer. */
export const HELD_OUT_IMAGES = 256;
/** Standard deviation of the noise on every pixel. */
export const NOISE = 0.3;

/** An image and what it shows. */
export interface LabelledImage {
  /** Grey values, row by row from the top. */
  readonly pixels: Canvas;
  /** Its class: four times the place of its skill among the skills, plus the answer. */
  readonly label: number;
}

/** The synthetic images of a seed, without end: each class as often, at random places and sizes, faint or strong, and noisy. */
export class ImageSet {
  readonly #seed: number;

  /** Decide every image, trained on and held out. */
  constructor(seed: number) {
    this.#seed = seed;
  }

  /** Image `index` of the training stream. */
  trainingImage(index: number): LabelledImage {
    const random = new RandomStream(this.#seed, "training image", index);
    return draw(random, random.integer(0, CLASSES - 1));
  }

  /** Held-out image `index` of a skill, from a stream of its own: none is among those trained on, since no two have the same noise. */
  heldOutImage(skill: number, index: number): LabelledImage {
    const random = new RandomStream(this.#seed, "held-out image", skill, index);
    return draw(random, 4 * skill + index % 4);
  }

  /** SHA-256, lower-case hex, over the first `count` training images and then every held-out one, pixels and labels. */
  digest(count: number): string {
    const hash = createHash("sha256");
    const add = ({ pixels, label }: LabelledImage) =>
      hash.update(new Uint8Array(pixels.buffer)).update(Uint8Array.of(label));
    for (let index = 0; index < count; index++) add(this.trainingImage(index));
    for (const skill of IMAGE_SKILLS.keys()) {
      for (let index = 0; index < HELD_OUT_IMAGES; index++) add(this.heldOutImage(skill, index));
    }
    return hash.digest("hex");
  }
}

function draw(random: RandomStream, label: number): LabelledImage {
  const canvas = IMAGE_SKILLS[Math.floor(label / 4)]!.draw(random, label % 4);
  const strength = random.uniform(0.6, 1.2);
  const noise = random.normal(IMAGE_SIDE ** 2, NOISE);
  return { pixels: canvas.map((ink, i) => strength * ink + noise[i]!), label };
}
