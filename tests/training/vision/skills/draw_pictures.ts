import { RandomStream } from "../../../../data/training/random_stream.ts";
import type { Canvas } from "../../../../data/training/vision/canvas.ts";
import type { ImageSkill } from "../../../../data/training/vision/skills/image_skill.ts";

/** A pixel with ink: its centre and how much. */
export interface InkedPixel {
  readonly x: number;
  readonly y: number;
  readonly ink: number;
}

/** Many pictures of each answer of a skill. */
export function drawPictures(skill: ImageSkill): { answer: number; canvas: Canvas }[] {
  const random = new RandomStream(11, "test of", skill.name);
  return Array.from({ length: 400 }, (_, i) => {
    const answer = i % 4;
    const canvas = skill.draw(random, answer);
    if (canvas.length !== 256 || !canvas.every((ink) => ink >= 0 && ink <= 1)) {
      throw new Error(`${skill.name} draws ${canvas.length} pixels, or ink outside 0 to 1`);
    }
    return { answer, canvas };
  });
}

/** Pixels with more than half of the ink. */
export function inked(canvas: Canvas): InkedPixel[] {
  return [...canvas].map((ink, i) => ({ x: i % 16 + 0.5, y: Math.floor(i / 16) + 0.5, ink }))
    .filter(({ ink }) => ink > 0.5);
}

/** The middle of the smallest box around some pixels, its width and its height. */
export function boxOf(pixels: readonly InkedPixel[]) {
  const range = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
  const [left, right] = range(pixels.map(({ x }) => x));
  const [top, bottom] = range(pixels.map(({ y }) => y));
  return { ...{ left, right, top, bottom }, x: (left + right) / 2, y: (top + bottom) / 2 };
}

/** The mean place of some pixels. */
export function middleOf(pixels: readonly InkedPixel[]): { x: number; y: number } {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return { x: mean(pixels.map(({ x }) => x)), y: mean(pixels.map(({ y }) => y)) };
}
