import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../../../lib/files/list_files.ts";
import { analysisOptions, type SampledOptions } from "../../../lib/runs/analysis_options.ts";
import { analyzeRun } from "../../../lib/runs/units/analyze_run.ts";
import { claimFile } from "../../../lib/files/claim.ts";
import { withFolder } from "../../helpers/with_folder.ts";
import { quick, STEPS, Training, watchScript } from "./training.ts";

/** The text of every table below a folder of results, by path. */
async function tables(out: string): Promise<Record<string, string>> {
  const files = (await listFiles(out)).filter((path) => /^(emergence|nfd)\//.test(path));
  return Object.fromEntries(
    await Promise.all(files.map(async (path) => {
      const text = await Deno.readTextFile(join(out, path));
      // The two trainings do not lie in the same folder.
      return [path, text.replace(/"name": ".*\/toy"/, "")] as const;
    })),
  );
}

/** A training, a place for its results, and the tables of all its steps measured together. */
function withTraining(
  test: (place: { training: Training; out: string; folder: string }) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const training = new Training(join(folder, "run", "toy"));
    await Deno.mkdir(training.folder, { recursive: true });
    await test({ training, out: join(folder, "out"), folder });
  });
}

/** The tables of some steps that are measured afterwards, all of them there. */
async function tablesAfterwards(folder: string, steps: readonly number[]) {
  const whole = new Training(join(folder, "whole", "toy")), out = join(folder, "afterwards");
  for (const step of steps) await whole.write(step);
  await analyzeRun(whole.folder, { options: quick }, { out, store: join(folder, "none") });
  return await tables(out);
}

Deno.test("a training that is watched, with checkpoints half written and deleted, gives the tables of measuring it afterwards", () =>
  withTraining(async ({ training, out, folder }) => {
    const first = await watchScript(training.folder, out, [
      () => training.write(0, 300),
      () => training.write(0, 5000),
      () => training.write(0),
      () => training.write(512, 5000, "tmp-checkpoint-512"),
      () => training.write(512),
      () => {},
      () => {},
      () => training.delete(512),
      () => training.write(1024, 400),
    ]);
    assert.deepEqual(first.measured, [0, 512]);
    const [empty, ...others] = first.lines;
    assert.match(empty!, /toy: no checkpoint is there yet; looked for names such as step1000/);
    assert.deepEqual(others.map((line) => line.split(":").slice(0, 2).join(":")), [
      "tmp-checkpoint-512: the trainer is still writing it",
      "measured 0; gone ",
      "measured 512; gone ",
      "step 1024: /step1024/model.safetensors is truncated or no safetensors file",
    ]);
    const second = await watchScript(training.folder, out, [
      () => training.write(1024),
      () => training.delete(0),
      () => training.write(4096),
    ]);
    assert.deepEqual(second.lines.filter((line) => line.startsWith("measured")), [
      "measured ; gone 512",
      "measured 1024; gone 0 512",
      "measured 4096; gone 0 512",
    ]);
    assert.deepEqual(second.measured, STEPS);
    const plans = (await listFiles(join(out, "units"))).filter((path) => /plan-/.test(path));
    assert.equal(plans.length, 1);
    assert.deepEqual(await tables(out), await tablesAfterwards(folder, STEPS));
  }));

Deno.test("each look tells what waits now, and no more what has become a checkpoint or is gone", () =>
  withTraining(async ({ training, out }) => {
    const looks: string[][] = [];
    await training.write(0);
    await watchScript(training.folder, out, [
      () => training.write(512, 5000, "tmp-checkpoint-512"),
      () => training.write(1024, 5000),
      () => {},
      () => Deno.remove(join(training.folder, "tmp-checkpoint-512"), { recursive: true }),
      () => training.delete(1024),
    ], { onLook: (waiting) => void looks.push([...waiting.keys()]) });
    const [staged, cut] = ["tmp-checkpoint-512", "step 1024"];
    assert.deepEqual(looks, [[], [staged], [staged], [staged, cut], [cut], [], [], []]);
  }));

Deno.test("a step waits for the one that E compares it with, if that has a place in the folder", () =>
  withTraining(async ({ training, out }) => {
    const { lines } = await watchScript(training.folder, out, [
      async () => {
        await training.write(512);
        await training.write(0, 300);
      },
      () => {},
      () => {},
      () => training.write(0),
    ]);
    assert.match(lines[1]!, /^step 0: \/step0\/.*/);
    assert.match(lines[2]!, /^step 512: E compares it with step 0, which is not complete$/);
    assert.deepEqual(lines.slice(3), ["measured 0 512; gone "]);
  }));

Deno.test("a step that is written again is measured again, and later ones that are gone are left out", () =>
  withTraining(async ({ training, out, folder }) => {
    await training.write(0);
    await training.write(512);
    await training.write(1024);
    await watchScript(training.folder, out, []);
    await training.delete(1024);
    // Step 512 is that of another training: here, the weights of a later step.
    await training.write(4096, Infinity, "step512");
    const { lines, measured } = await watchScript(training.folder, out, [() => {}]);
    assert.deepEqual(lines, [
      "measured ; gone 1024",
      "warning: step 512 was written again with other weights and is measured again; steps 1024, " +
      "which are gone, were of the training before and are left out",
      "measured 512; gone ",
    ]);
    assert.deepEqual(measured, [0, 512]);
    assert.ok(folder);
  }));

Deno.test("a file that was touched is not measured again", () =>
  withTraining(async ({ training, out }) => {
    await training.write(0);
    const { lines } = await watchScript(training.folder, out, [
      () => {},
      () => {},
      () => Deno.utime(join(training.folder, "step0", "model.safetensors"), 1, 1),
    ]);
    assert.deepEqual(lines, ["measured 0; gone "]);
  }));

Deno.test("a folder that disappears, and one that is not there, end the watch with a sentence", () =>
  withTraining(async ({ training, out, folder }) => {
    await training.write(0);
    const away = () => Deno.rename(training.folder, join(folder, "away"));
    await assert.rejects(
      watchScript(training.folder, out, [() => {}, () => {}, away]),
      /toy does not exist; what was measured of it is in .*out, and the same command goes on/,
    );
    await assert.rejects(
      watchScript(training.folder, out, []),
      /toy does not exist; check the path/,
    );
    // Away for one look only, as a shared disk may be.
    await Deno.rename(join(folder, "away"), training.folder);
    const back = () => Deno.rename(join(folder, "away"), training.folder);
    const { measured } = await watchScript(training.folder, out, [away, back]);
    assert.deepEqual(measured, [0]);
  }));

Deno.test("two watchers on one folder of results are refused", () =>
  withTraining(async ({ training, out }) => {
    using _held = await claimFile(join(out, "units", "watch.lock"), { isPassing: true });
    await assert.rejects(
      watchScript(training.folder, out, []),
      /another watcher works in .*out; stop it, or choose another folder by out \(--out\)/,
    );
  }));

Deno.test("what was watched in another folder is not mixed with this one's", () =>
  withTraining(async ({ training, out, folder }) => {
    await training.write(0);
    await watchScript(training.folder, out, []);
    const other = new Training(join(folder, "other", "toy"));
    await other.write(0);
    await assert.rejects(watchScript(other.folder, out, []), /remembers what was watched in .*run/);
  }));

Deno.test("a usual run in the same folder of results takes no row from a watch, though checkpoints are deleted after it", () =>
  withTraining(async ({ training, out, folder }) => {
    await training.write(0);
    await training.write(512);
    await watchScript(training.folder, out, []);
    await analyzeRun(training.folder, { options: quick }, { out, store: join(folder, "none") });
    await training.delete(512);
    const { measured } = await watchScript(training.folder, out, [() => training.write(1024)]);
    assert.deepEqual(measured, [0, 512, 1024]);
    assert.deepEqual(await tables(out), await tablesAfterwards(folder, measured));
  }));

Deno.test("the watch ends at a step, and scores of the Trainer come along", () =>
  withTraining(async ({ training, out }) => {
    await training.write(0);
    await training.write(512);
    const log = { log_history: [{ step: 512, eval_loss: 2.5 }, { step: 512, loss: 2 }] };
    await Deno.writeTextFile(
      join(training.folder, "step512", "trainer_state.json"),
      JSON.stringify(log),
    );
    const more = [() => {}, () => {}, () => assert.fail("it looked again")];
    const { scores, measured } = await watchScript(training.folder, out, more, { untilStep: 512 });
    assert.deepEqual(measured, [0, 512]);
    assert.deepEqual(scores.map(({ step, metric, value }) => [step, metric, value]), [
      [512, "eval_loss", 2.5],
    ]);
  }));

Deno.test("a checkpoint that is deleted while it is measured stops nothing", () =>
  withTraining(async ({ training, out }) => {
    await training.write(0);
    await training.write(512);
    let isDeleted = false;
    const { lines, measured } = await watchScript(training.folder, out, [], {
      async onNetwork(done) {
        if (done !== 0 || isDeleted) return;
        isDeleted = true;
        Deno.removeSync(join(training.folder, "step512"), { recursive: true });
        await Promise.resolve();
      },
    });
    assert.match(lines[0]!, /^step 512: it changed while it was measured: /);
    assert.deepEqual(measured, [0]);
  }));

Deno.test("steps with the same weights are refused, by all values and not by a row of each matrix", () =>
  withTraining(async ({ training, out }) => {
    await training.write(0);
    await training.write(512);
    await training.write(512, Infinity, "step513");
    const same = await watchScript(training.folder, out, [() => {}, () => {}]);
    assert.deepEqual(same.measured, [0, 512]);
    assert.deepEqual(same.lines.slice(0, 2), ["measured 0; gone ", "measured 512; gone "]);
    assert.match(same.lines[2]!, /^refused 513: steps 512 and 513 of toy hold the same weights/);
    assert.equal(same.lines.length, 3);
    const path = join(training.folder, "step513", "model.safetensors");
    const bytes = await Deno.readFile(path);
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
    // The last value of a matrix, in the last of its rows.
    bytes[8 + length + header["embed_out.weight"].data_offsets[1] - 2]! ^= 1;
    await Deno.writeFile(path, bytes);
    const { measured } = await watchScript(training.folder, join(out, "other"), []);
    assert.deepEqual(measured, [0, 512, 513]);
  }));

Deno.test("a threshold in medians and a null model need no baseline that was deleted since", () =>
  withTraining(async ({ training, out, folder }) => {
    const analysis = analysisOptions({
      ...{ samples: 2, layerSample: 4, q: { min: -1, max: 1, step: 0.5 } },
      ...{ threshold: { medians: 2 }, null: "permute", nullDraws: 2 },
    }) as SampledOptions;
    await training.write(0);
    await watchScript(training.folder, out, [], { analysis });
    await training.delete(0);
    const { measured } = await watchScript(training.folder, out, [() => training.write(512)], {
      analysis,
    });
    assert.deepEqual(measured, [0, 512]);
    const whole = new Training(join(folder, "whole", "toy")), after = join(folder, "after");
    for (const step of [0, 512]) await whole.write(step);
    await analyzeRun(whole.folder, { options: analysis }, { out: after, store: folder });
    assert.deepEqual(await tables(out), await tables(after));
  }));

/** Make all weights of a step no numbers, as those of a training that has diverged. */
async function diverge(training: Training, step: number): Promise<void> {
  const path = join(training.folder, `step${step}`, "model.safetensors");
  const bytes = await Deno.readFile(path);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  await Deno.writeFile(path, bytes.fill(255, 8 + length));
}

Deno.test("a step that cannot be measured stops none of the others, and is measured when it is written again", () =>
  withTraining(async ({ training, out, folder }) => {
    await training.write(0);
    await training.write(512);
    await diverge(training, 512);
    await training.write(1024);
    const { lines, measured } = await watchScript(training.folder, out, [
      ...[() => {}, () => {}, () => {}],
      () => training.write(512),
      () => training.write(4096).then(() => diverge(training, 4096)),
    ], { untilStep: 4096 });
    assert.deepEqual(measured, [0, 512, 1024]);
    const [first, refused, second, third, last, ...others] = lines;
    assert.deepEqual([first, second, third, others], [
      ...["measured 0; gone ", "measured 1024; gone ", "measured 512; gone "],
      [],
    ]);
    assert.match(refused!, /^refused 512: .* not finite; such a checkpoint cannot be measured$/);
    assert.match(last!, /^refused 4096: /);
    assert.deepEqual(await tables(out), await tablesAfterwards(folder, measured));
  }));

Deno.test("where no step can be measured, or the one that E compares with, the watch ends with the reason", () =>
  withTraining(async ({ training, out }) => {
    await training.write(0);
    await training.write(512);
    const analysis = { ...quick, layers: ["no such layer"] };
    await assert.rejects(
      watchScript(training.folder, out, [], { analysis }),
      /^RangeError: No layer .* has the name or role "no such layer"/,
    );
    await diverge(training, 0);
    await assert.rejects(watchScript(training.folder, out, []), /not finite/);
  }));

Deno.test("a row says of which weights it is where a step is half written again", () =>
  withTraining(async ({ training, out }) => {
    await training.write(0);
    await training.write(512);
    await watchScript(training.folder, out, []);
    await training.write(512, 5000);
    const { lines, measured } = await watchScript(training.folder, out, []);
    assert.deepEqual(measured, [0, 512]);
    assert.match(
      lines.at(-1)!,
      /^step 512: .* is truncated.*; its row is of the weights that were there before$/,
    );
  }));

Deno.test("a link to nothing in the folder stops no watch of what is measured", () =>
  withTraining(async ({ training, out }) => {
    await training.write(0);
    await watchScript(training.folder, out, []);
    await Deno.symlink("nowhere", join(training.folder, "step700"));
    const { lines, measured } = await watchScript(training.folder, out, []);
    assert.deepEqual(measured, [0]);
    assert.deepEqual(lines.slice(0, 2), [
      "measured ; gone ",
      "step 700: /step700 is a link to nothing",
    ]);
  }));
