/**
 * Trains the tiny model and kills its own process, as the system would, after the step given:
 * `deno run -A killed_training.ts <out> <step>`.
 */

import { train } from "../../../data/training/training/train.ts";
import { tinyTrainee } from "./tiny_recipe.ts";

const [out, last] = Deno.args as [string, string];

await train(tinyTrainee, {
  out,
  commit: "commit of the killed session",
  command: "killed",
  onStep: (step) => {
    if (step === Number(last)) Deno.kill(Deno.pid, "SIGKILL");
  },
});
