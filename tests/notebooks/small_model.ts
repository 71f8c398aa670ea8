/** A model that notebooks measure in a moment: nano-32 at some of its steps, with scores. */

import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const suite = fileURLToPath(new URL("../../data/suite/nano-32", import.meta.url));
const STEPS = [0, 128, 512, 768, 4096];

/** Makes the model in a folder; `change` may change the lines of its `scores.csv`. */
export async function makeSmallModel(
  folder: string,
  change: (line: string) => string[] = (line) => [line],
): Promise<string> {
  const model = join(folder, "small");
  for (const step of STEPS) {
    await cp(join(suite, `step${step}`), join(model, `step${step}`), { recursive: true });
  }
  const lines = (await Deno.readTextFile(join(suite, "scores.csv"))).split("\n");
  const kept = lines.filter((line, i) => i === 0 || STEPS.includes(parseInt(line)));
  await Deno.writeTextFile(join(model, "scores.csv"), kept.flatMap(change).join("\n") + "\n");
  return model;
}
