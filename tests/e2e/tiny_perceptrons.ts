/** A tiny run on disk that has an E. */

import { join } from "node:path";
import { writeTiny } from "../architectures/tiny_models.ts";

/** Write the steps 0 and 100 of a multi-layer perceptron, 16 → 24 → 24 → 12, into a folder. */
export async function writeTinyPerceptrons(folder: string): Promise<void> {
  for (const step of [0, 100]) {
    await writeTiny(join(folder, `step${step}`), {
      "layers.0.weight": rows(24, 16, step),
      "layers.1.weight": rows(24, 24, step),
      "layers.2.weight": rows(12, 24, step),
    });
  }
}

function rows(height: number, width: number, step: number): number[][] {
  const columns = Array.from({ length: width }, (_, j) => j * 7);
  return Array.from(
    { length: height },
    (_, i) => columns.map((column) => Math.sin(1 + i * 3 + column + step * (i + 1))),
  );
}
