import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { detectArchitecture } from "../../../lib/architectures/detect.ts";
import { suiteScores } from "../../../lib/scores/suite_scores.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { train } from "../../../data/training/training/train.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { tinyEnglishTrainee as trainee } from "./tiny_english.ts";

const made = { commit: "abc123", command: "deno task train" };

async function digests(out: string): Promise<string[]> {
  const folder = join(out, "tiny-english");
  const files = [0, 2, 4].map((step) => join(folder, `step${step}`, "model.safetensors"));
  return await Promise.all(
    [...files, join(folder, "scores.csv")].map(async (path) =>
      createHash("sha256").update(await Deno.readFile(path)).digest("hex")
    ),
  );
}

Deno.test("a stopped training on English ends with the bytes of one that was not, and opens as a run", () =>
  withFolder(async (folder) => {
    const [whole, parted] = [join(folder, "whole"), join(folder, "parted")];
    const losses: number[] = [];
    await train(trainee, { out: whole, ...made, onStep: (step, loss) => losses[step] = loss });
    assert.ok(losses[1]! < 6 && losses[4]! < losses[1]! - 1, `${losses}`);
    const onCheckpoint = ({ step }: Readonly<Record<string, number>>) => {
      if (step === 2) throw new Error("stopped");
    };
    const stopped = train(trainee, { out: parted, ...made, onCheckpoint });
    await assert.rejects(stopped, { message: "stopped" });
    await train(trainee, { out: parted, ...made });
    assert.deepEqual(await digests(parted), await digests(whole));

    const run = await openRun(join(whole, "tiny-english"));
    assert.deepEqual(run.steps, [0, 2, 4]);
    assert.equal(detectArchitecture(await run.checkpoint(4)).family, "gpt_neox");
    const scores = await suiteScores(run);
    assert.deepEqual([...new Set(scores.map(({ metric }) => metric))], [
      ...["held_out_loss", "spelling", "capitals", "articles", "quotations", "parentheses"],
    ]);
    for (const { metric, value, stderr } of scores) {
      assert.ok(value >= 0 && stderr! >= 0 && (value <= 1 || metric === "held_out_loss"));
    }
    const card = await Deno.readTextFile(join(whole, "tiny-english", "README.md"));
    assert.match(card, /^# tiny-english$/m);
    assert.match(card, /^- a tale of the sea\n- a speech$/m);
    assert.doesNotMatch(card, /undefined|NaN|null/);
  }));
