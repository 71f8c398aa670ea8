import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { filesBelow, neuromfa, spawnHeardNeuromfa } from "../e2e/neuromfa_command.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { STEPS, Training } from "../runs/watch/training.ts";

const quick = ["--samples", "2", "--layer_sample", "4", "--q=-1:1:0.5", "--workers", "1"];

/** Wait until a file is there that a watcher writes when it has measured; others come and go meanwhile. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const look = () =>
    isSo().catch((error) => {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    });
  while (!await look()) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** The tables below a folder of results, without where the training lies. */
async function tables(out: string): Promise<Map<string, string>> {
  const files = [...await filesBelow(out)].filter(([path]) =>
    /^(emergence|nfd)\/.*(csv|json)$/.test(path)
  );
  return new Map(
    files.map(([path, bytes]) =>
      [path, new TextDecoder().decode(bytes).replace(/"name": ".*\/toy"/, "")] as const
    ),
  );
}

Deno.test("a training that writes in pieces and deletes, watched with a stop in between, gives the tables of measuring it afterwards", () =>
  withFolder(async (folder) => {
    const training = new Training(join(folder, "run", "toy")), out = join(folder, "out");
    await Deno.mkdir(training.folder, { recursive: true });
    const args = [training.folder, ...quick, "--every", "0.3", "--out", out];
    const isMeasured = (step: number) => async () => {
      const table = await Deno.readTextFile(join(out, "emergence", "E_toy.csv")).catch(() => "");
      return table.includes(`\n${step},`);
    };
    // The table is there a moment before the memory of it.
    const isKept = (step: number) => async () =>
      [...await filesBelow(out)].some(([path, bytes]) =>
        /watched-/.test(path) && new TextDecoder().decode(bytes).includes(`{"step":${step},`)
      );

    const first = spawnHeardNeuromfa("watch", ...args);
    for (const step of [0, 512] as const) {
      for (const bytes of [0, 300, 5000, 30_000, Infinity]) await training.write(step, bytes);
      await until(isMeasured(step));
      await until(isKept(step));
    }
    await training.delete(512);
    await training.write(1024, 20_000);
    first.kill("SIGINT");
    const stopped = await first.output();
    assert.equal(stopped.code, 130);
    const said = new TextDecoder().decode(stopped.stderr);
    assert.match(said, /stopped; what was measured of toy is in .*, and the same command goes on/);

    const second = spawnHeardNeuromfa("watch", ...args, "--until_step", "4096");
    await training.write(1024);
    await until(isKept(1024));
    await training.write(4096);
    const { code, stdout, stderr } = await second.output();
    assert.equal(code, 0, new TextDecoder().decode(stderr));
    const lines = new TextDecoder().decode(stdout);
    assert.match(
      lines,
      /^2 steps are measured already, up to 512; the files of 1 of them are gone$/m,
    );
    assert.match(lines, /^step 1024: alpha_0 /m);
    assert.match(lines, /^the watch ends; 4 steps are measured in /m);

    const whole = new Training(join(folder, "whole", "toy")), after = join(folder, "after");
    for (const step of STEPS) await whole.write(step);
    const networks = ["--networks", join(folder, "none")];
    const { code: other } = await neuromfa(
      "--models",
      whole.folder,
      ...quick,
      "--out",
      after,
      ...networks,
    );
    assert.equal(other, 0);
    assert.deepEqual(await tables(out), await tables(after));
  }));

Deno.test("the guide's watch prints what the guide says", () =>
  withFolder(async (folder) => {
    const guide = await Deno.readTextFile(new URL("../../lib/cli/watching.md", import.meta.url));
    const [measured, waiting, again] = [...guide.matchAll(/^```text\n([^]*?)^```/gm)]
      .map(([, text]) => text!.replaceAll("/tmp/", `${folder}/`));
    const [, words] = /^deno task neuromfa (watch .*)$/m.exec(guide)!;
    const run = join(folder, "runs", "my-model"), steps = [0, 256, 1024, 4096];
    const losses = steps.slice(1).map((step, i) => ({ step, eval_loss: [2.61, 2.12, 1.93][i] }));
    const suite = fileURLToPath(new URL("../../data/suite/nano-64/", import.meta.url));
    const place = (step: number, name = `checkpoint-${step}`) => join(run, name);
    for (const step of steps) {
      await Deno.mkdir(place(step), { recursive: true });
      for (const file of ["config.json", "model.safetensors"]) {
        await Deno.copyFile(join(suite, `step${step}`, file), join(place(step), file));
      }
      const log_history = losses.filter((loss) => loss.step <= step);
      await Deno.writeTextFile(
        join(place(step), "trainer_state.json"),
        JSON.stringify({ log_history }),
      );
    }
    await Deno.mkdir(place(8192, "tmp-checkpoint-8192"));
    await Deno.mkdir(place(6144));
    const bytes = await Deno.readFile(join(suite, "step4096", "model.safetensors"));
    await Deno.writeFile(join(place(6144), "model.safetensors"), bytes.subarray(0, 100_000));
    const watch = async (...until: string[]) => {
      const args = words!.replace("/tmp/", `${folder}/`).replace("runs/", `${folder}/runs/`)
        .replace("--every 30", "--every 0.3").split(" ");
      const { code, stdout, stderr } = await neuromfa(...args, ...until);
      assert.equal(code, 0, stderr);
      return stdout.replace(/^the watch ends; .*\n/m, "");
    };
    assert.equal(await watch("--until_step", "4096"), waiting! + measured!);
    await Deno.remove(place(256), { recursive: true });
    assert.equal(await watch("--until_step", "4096"), `${waiting!.split("\n")[0]}\n${again}`);
  }));

Deno.test("two watchers on one --out, a folder that is not there and a port that is taken are a sentence and code 1", () =>
  withFolder(async (folder) => {
    const training = new Training(join(folder, "toy")), out = ["--out", join(folder, "out")];
    await training.write(0);
    const first = spawnHeardNeuromfa("watch", training.folder, ...quick, "--every", "0.3", ...out);
    await until(async () => (await filesBelow(join(folder, "out"))).has("units/watch.lock"));
    const second = await neuromfa("watch", training.folder, ...quick, ...out);
    assert.equal(second.code, 1);
    assert.match(
      second.stderr,
      /^another watcher works in .*out; stop it, or choose another .*--out\)\n$/,
    );
    first.kill("SIGTERM");
    assert.equal((await first.output()).code, 143);
    const absent = await neuromfa("watch", join(folder, "no"), ...out);
    assert.deepEqual([absent.code, /no does not exist; check the path/.test(absent.stderr)], [
      1,
      true,
    ]);
    using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const port = `${(taken.addr as Deno.NetAddr).port}`;
    const page = await neuromfa("watch", training.folder, "--serve", port, ...out);
    assert.equal(page.code, 1);
    assert.match(page.stderr, /^port \d+ of 127\.0\.0\.1 is taken; choose another by --serve/);
  }));

Deno.test("rerun repeats a run, names a table that differs with code 1, and leaves no temporary folder", () =>
  withFolder(async (folder) => {
    const training = new Training(join(folder, "toy")), out = join(folder, "out");
    await training.write(0);
    await training.write(512);
    const networks = ["--networks", join(folder, "none")];
    await neuromfa("--models", training.folder, ...quick, "--out", out, ...networks);
    const record = join(out, "emergence", "toy", "run.json");
    const same = await neuromfa("rerun", record);
    assert.deepEqual([same.code, same.stdout], [0, "all 9 tables of toy are the same bytes\n"]);
    const text = await Deno.readTextFile(record);
    await Deno.writeTextFile(record, text.replace(/"samples": "[0-9a-f]{4}/, '"samples": "0000'));
    const other = await neuromfa("rerun", record, "--out", join(folder, "again"));
    assert.equal(other.code, 1);
    assert.match(other.stderr, /^1 of 9 tables of toy are not the same bytes: samples\.csv$/m);
  }));
