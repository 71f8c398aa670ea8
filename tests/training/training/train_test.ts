import assert from "node:assert/strict";
import { createHash } from "node:crypto";
// @ts-types="@types/d3-array"
import { range } from "d3-array";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { parseCsv } from "../../../lib/files/csv.ts";
import { Corpus } from "../../../data/training/corpus.ts";
import { evaluate } from "../../../data/training/training/evaluate.ts";
import { languageTrainee } from "../../../data/training/training/language_trainee.ts";
import {
  inHalfPrecision,
  saveCheckpoint,
  scoreRow,
  scoreTable,
  train,
  type TrainOptions,
} from "../../../data/training/training/train.ts";
import { initialState, saveState } from "../../../data/training/training/training_state.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import type { Recipe } from "../../../data/training/training/recipe.ts";
import { tinyRecipe, tinyTrainee } from "./tiny_recipe.ts";
import { SKILLS } from "../../../data/training/skills.ts";
import { openLocalFile } from "../../../lib/checkpoints/local_file.ts";
import { openSafetensors } from "../../../lib/checkpoints/safetensors_file.ts";
import { huggingFaceConfig } from "../../../data/training/model/config.ts";
import { initialParameters } from "../../../data/training/model/parameters.ts";

const temporary = Deno.makeTempDirSync({ prefix: "neuromfa-train-" });
addEventListener("unload", () => Deno.removeSync(temporary, { recursive: true }));

function options(out: string, more: Partial<TrainOptions> = {}): TrainOptions {
  return { out: join(temporary, out), commit: "abc123", command: "deno task train", ...more };
}

/** The SHA-256 of all files of a trained model by path, without the state kept for resuming. */
function filesOf(out: string): Map<string, string> {
  const folder = join(temporary, out, "tiny");
  const files = new Map<string, string>();
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (name === ".resume") continue;
    const inside = isDirectory
      ? [...Deno.readDirSync(join(folder, name))].map((entry) => join(name, entry.name))
      : [name];
    for (const path of inside) {
      const digest = createHash("sha256").update(Deno.readFileSync(join(folder, path)));
      files.set(path, digest.digest("hex"));
    }
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function textOf(out: string, path: string): string {
  return Deno.readTextFileSync(join(temporary, out, "tiny", path));
}

/** A run that nothing disturbed, and what it reported. */
const losses: number[] = [];
const reported: number[] = [];
await train(
  tinyTrainee,
  options("undisturbed", {
    onStep: (step, loss) => losses[step] = loss,
    onCheckpoint: ({ step }) => reported.push(step!),
  }),
);

Deno.test("a run leaves its checkpoints, scores and card, and no half-written file", () => {
  assert.deepEqual([...filesOf("undisturbed").keys()], [
    "README.md",
    "scores.csv",
    ...[0, 1, 2, 4, 8].flatMap((step) => [
      `step${step}/config.json`,
      `step${step}/model.safetensors`,
    ]),
  ]);
});

Deno.test("every step reports its loss, every checkpoint its row, and the loss falls", () => {
  assert.deepEqual(Object.keys(losses), ["1", "2", "3", "4", "5", "6", "7", "8"]);
  assert.deepEqual(reported, [0, 1, 2, 4, 8]);
  assert.ok(losses.every((loss) => loss > 0 && loss < 6));
  const fourFrom = (step: number) => losses.slice(step, step + 4).reduce((sum, loss) => sum + loss);
  assert.ok(fourFrom(5) < fourFrom(1) - 1, `${losses}`);
});

Deno.test("the checkpoints open as a run of the model, each with other weights", async () => {
  const run = await openRun(join(temporary, "undisturbed", "tiny"));
  assert.equal(run.model, "tiny");
  assert.deepEqual(run.steps, [0, 1, 2, 4, 8]);
  const digests = new Set<string>();
  for (const step of run.steps) digests.add(await (await run.checkpoint(step)).digest());
  assert.equal(digests.size, 5);
});

Deno.test("scores.csv has a row a checkpoint, with binomial standard errors beside every skill", () => {
  const rows = parseCsv(textOf("undisturbed", "scores.csv"), "scores.csv");
  assert.deepEqual(rows.map(({ step }) => step), ["0", "1", "2", "4", "8"]);
  const skills = ["brackets", "copying", "sorting", "recall", "addition", "agreement"];
  const scored = ["held_out_loss", ...skills].flatMap((name) => [name, `${name}_stderr`]);
  assert.deepEqual(Object.keys(rows[0]!), ["step", ...scored]);
  for (const row of rows) {
    for (const skill of skills) {
      const value = Number(row[skill]);
      assert.equal(value * 256 % 1, 0, `${skill} ${value}`);
      const stderr = Math.sqrt(value * (1 - value) / 255);
      assert.ok(Math.abs(Number(row[`${skill}_stderr`]) - stderr) < 1e-12);
    }
    assert.ok(Number(row.held_out_loss_stderr) > 0);
  }
  // An untrained model knows nothing: about as many nats as 80 equal symbols have.
  assert.ok(Math.abs(Number(rows[0]!.held_out_loss) - Math.log(80)) < 0.5);
  assert.ok(Number(rows[4]!.held_out_loss) < Number(rows[0]!.held_out_loss) - 0.3);
});

Deno.test("scores are of the weights as stored", async () => {
  const run = await openRun(join(temporary, "undisturbed", "tiny"));
  const checkpoint = await run.checkpoint(8);
  const parameters = new Map();
  for (const [name, { shape }] of checkpoint.tensors) {
    const values = Float32Array.from(decodeValues(await checkpoint.read(name)));
    parameters.set(name, { shape, values });
  }
  const corpus = new Corpus({ seed: 7, contextLength: 24 });
  const row = scoreRow(8, evaluate(tinyRecipe, parameters, corpus));
  const last = parseCsv(textOf("undisturbed", "scores.csv"), "scores.csv").at(-1)!;
  assert.deepEqual(Object.values(row).map(String), Object.values(last));
});

Deno.test("the card tells the digest of all that was trained on, the commit and the command", () => {
  const card = textOf("undisturbed", "README.md");
  const corpus = new Corpus({ seed: 7, contextLength: 24 });
  const digest = corpus.digest(range(8 * 2).map((i) => corpus.trainingSequence(i)));
  assert.match(card, new RegExp(`\\| corpus digest .* \\| ${digest} \\|`));
  assert.match(card, /\| commit \| abc123 \|/);
  assert.match(card, /in 1 session \|/);
  assert.match(card, /deno task train\n/);
});

Deno.test("a run stopped at a checkpoint, killed and stopped again ends with the same bytes", async (t) => {
  const stop = () => {
    throw new Error("stopped");
  };
  await t.step("stopped when its first checkpoint is scored", async () => {
    const stopped = train(tinyTrainee, options("disturbed", { onCheckpoint: stop }));
    await assert.rejects(stopped, { message: "stopped" });
  });
  await t.step("killed by the system in step 5, between two saved states", async () => {
    const script = fileURLToPath(new URL("./killed_training.ts", import.meta.url));
    const { signal, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-check", script, join(temporary, "disturbed"), "5"],
      stdout: "null",
    }).output();
    assert.equal(signal, "SIGKILL", new TextDecoder().decode(stderr));
    assert.equal(parseCsv(textOf("disturbed", "scores.csv"), "scores.csv").length, 4);
  });
  await t.step("stopped in step 6", async () => {
    const steps: number[] = [];
    const onStep = (step: number, loss: number) => {
      steps.push(step);
      assert.equal(loss, losses[step]);
      if (step === 6) stop();
    };
    await assert.rejects(train(tinyTrainee, options("disturbed", { onStep })), {
      message: "stopped",
    });
    assert.deepEqual(steps, [5, 6]);
    assert.equal(filesOf("disturbed").has("README.md"), false);
  });
  await t.step("finished", async () => {
    await train(tinyTrainee, options("disturbed"));
    const [disturbed, undisturbed] = ["disturbed", "undisturbed"].map(filesOf);
    const card = textOf("disturbed", "README.md");
    // A session whose state was never saved left nothing behind and isn't counted.
    assert.match(card, /in 3 sessions \|/);
    assert.match(card, /\| commit \| commit of the killed session, abc123 \|/);
    for (const files of [disturbed!, undisturbed!]) files.delete("README.md");
    assert.deepEqual(disturbed, undisturbed);
  });
});

Deno.test("a finished model is not trained over, with the state for resuming beside it or without", async () => {
  const before = filesOf("undisturbed");
  const again = () => train(tinyTrainee, options("undisturbed", { commit: "later" }));
  const message = /tiny already holds a trained model; give another --out, or remove it to train/;
  const resume = join(temporary, "undisturbed", "tiny", ".resume");
  const state = await Deno.readTextFile(join(resume, "state.json"));
  await throwsError(again, message);
  assert.equal(await Deno.readTextFile(join(resume, "state.json")), state);
  await Deno.remove(resume, { recursive: true });
  await throwsError(again, message);
  assert.deepEqual(filesOf("undisturbed"), before);
});

Deno.test("a state of another recipe is refused and left as it is", async () => {
  const resume = join(temporary, "other", "tiny", ".resume");
  const other = { ...tinyRecipe, learningRate: 0.03 };
  await saveState(resume, other, await initialState(languageTrainee(other), ""));
  const state = await Deno.readTextFile(join(resume, "state.json"));
  await throwsError(
    () => train(tinyTrainee, options("other")),
    /belongs to another recipe for tiny/,
  );
  assert.equal(await Deno.readTextFile(join(resume, "state.json")), state);
  assert.deepEqual([...filesOf("other").keys()], []);
});

Deno.test("a recipe that goes on from a model keeps the untrained one, that one and its own", async () => {
  const on: Recipe = {
    ...tinyRecipe,
    model: "tiny-on",
    text: "shuffled answers",
    start: { model: "tiny", step: 8 },
    steps: 11,
    checkpointSteps: [0, 8, 9, 11],
  };
  const steps: number[] = [];
  await train(languageTrainee(on), options("undisturbed", { onStep: (step) => steps.push(step) }));
  assert.deepEqual(steps, [9, 10, 11]);
  const out = join(temporary, "undisturbed");
  for (const step of [0, 8]) {
    const weights = (model: string) =>
      Deno.readFile(join(out, model, `step${step}`, "model.safetensors"));
    assert.deepEqual(await weights("tiny-on"), await weights("tiny"));
  }
  assert.deepEqual((await openRun(join(out, "tiny-on"))).steps, [0, 8, 9, 11]);
  const csv = await Deno.readTextFile(join(out, "tiny-on", "scores.csv"));
  assert.deepEqual(parseCsv(csv, "scores.csv").map(({ step }) => step), ["0", "8", "9", "11"]);
  await assert.rejects(
    train(
      languageTrainee({ ...on, model: "tiny-nowhere", start: { model: "gone", step: 8 } }),
      options("undisturbed"),
    ),
    /gone/,
  );
});

const scores = {
  heldOutLoss: { value: 1.5, stderr: 0.25 },
  skills: new Map(SKILLS.map(({ name }, i) => [name, { value: i / 8, stderr: i / 64 }])),
};

Deno.test("a row has the step, the loss and every skill, each followed by its standard error", () => {
  assert.deepEqual(Object.entries(scoreRow(64, scores)), [
    ["step", 64],
    ["held_out_loss", 1.5],
    ["held_out_loss_stderr", 0.25],
    ["brackets", 0],
    ["brackets_stderr", 0],
    ["copying", 0.125],
    ["copying_stderr", 0.015625],
    ["sorting", 0.25],
    ["sorting_stderr", 0.03125],
    ["recall", 0.375],
    ["recall_stderr", 0.046875],
    ["addition", 0.5],
    ["addition_stderr", 0.0625],
    ["agreement", 0.625],
    ["agreement_stderr", 0.078125],
  ]);
});

Deno.test("the table is a header and a line a row, in the order given", () => {
  const rows = [0, 1].map((step) =>
    scoreRow(step, { ...scores, skills: new Map([["recall", { value: 1 / 3, stderr: 0 }]]) })
  );
  assert.equal(
    scoreTable(rows),
    "step,held_out_loss,held_out_loss_stderr,recall,recall_stderr\n" +
      "0,1.5,0.25,0.3333333333333333,0\n" +
      "1,1.5,0.25,0.3333333333333333,0\n",
  );
});

Deno.test("half precision rounds to the nearest of its numbers and leaves the original alone", () => {
  const parameters = new Map([["w", {
    shape: [5],
    values: Float32Array.of(0.5, 0.1, 1 + 2 ** -11, 1 + 3 * 2 ** -11, 1e-9),
  }]]);
  const { shape, values } = inHalfPrecision(parameters).get("w")!;
  assert.deepEqual(shape, [5]);
  // Ties go to the even neighbour; what is too small vanishes.
  assert.deepEqual(values, Float32Array.of(0.5, 0.0999755859375, 1, 1 + 2 ** -9, 0));
  assert.equal(parameters.get("w")!.values[1], Math.fround(0.1));
});

Deno.test("a checkpoint holds config.json and every parameter in half precision, and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const parameters = initialParameters(tinyRecipe.config, 3);
    await saveCheckpoint(folder, huggingFaceConfig(tinyRecipe.config), 12, parameters);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name), ["step12"]);
    const step = join(folder, "step12");
    assert.deepEqual(
      [...Deno.readDirSync(step)].map(({ name }) => name).sort(),
      ["config.json", "model.safetensors"],
    );
    const config = await Deno.readTextFile(join(step, "config.json"));
    assert.deepEqual(JSON.parse(config), huggingFaceConfig(tinyRecipe.config));
    assert.ok(config.endsWith("}\n"));
    const file = await openSafetensors(openLocalFile(join(step, "model.safetensors")));
    assert.deepEqual([...file.tensors.keys()].sort(), [...parameters.keys()].sort());
    for (const [name, { shape, values }] of inHalfPrecision(parameters)) {
      const stored = await file.read(name);
      assert.equal(stored.dtype, "F16");
      assert.deepEqual(stored.shape, shape);
      assert.deepEqual(Float32Array.from(decodeValues(stored)), values);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
