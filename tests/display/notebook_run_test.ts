import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { notebookRun, notebookRuns } from "../../lib/display/notebook_run.ts";
import { RECORDER_KEY } from "../../lib/display/kernel.ts";
import { serveModels } from "../helpers/hub_server.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { PYTHIA_STEPS, tinyPythia } from "../helpers/tiny_hub/pythia.ts";
import { withEnvironment } from "../helpers/with_environment.ts";
import { withFolder } from "../helpers/with_folder.ts";

/** What is printed, and the models whose numbers are left out, while something runs with these variables set. */
async function told<T>(
  variables: Readonly<Record<string, string>>,
  run: () => Promise<T>,
): Promise<{ value: T; lines: string[]; about: string[] }> {
  const lines: string[] = [], about: string[] = [];
  const { log } = console;
  console.log = (line: string) => void lines.push(line);
  const recorder = { leaveOutNotices: (models: string) => void about.push(models) };
  Object.assign(globalThis, { [Symbol.for(RECORDER_KEY)]: recorder });
  const set = { NEUROMFA_MODEL: undefined, NEUROMFA_STEPS: undefined, ...variables };
  try {
    return { value: await withEnvironment(set, run), lines, about };
  } finally {
    console.log = log;
    Reflect.deleteProperty(globalThis, Symbol.for(RECORDER_KEY));
  }
}

Deno.test("notebookRun() opens the notebook's own model with all its steps, without a word", async () => {
  const { value, lines, about } = await told({}, () => notebookRun("suite:nano-32"));
  assert.deepEqual([value.run.model, value.run.steps.length, value.isOwn], ["nano-32", 21, true]);
  assert.deepEqual([lines, about], [[], []]);
});

Deno.test("notebookRun() reads the first model that is named, with the steps that are named", async () => {
  const named = { NEUROMFA_MODEL: "suite:nano-{32,48}", NEUROMFA_STEPS: "log:4" };
  const { value, lines, about } = await told(named, () => notebookRun("suite:nano-64"));
  const { run, isOwn, pickSteps } = value;
  assert.deepEqual([run.model, run.steps, isOwn], ["nano-32", [0, 16, 256, 4096], false]);
  assert.deepEqual(pickSteps([16, 4096]), [16, 4096]);
  assert.deepEqual(pickSteps([0, 512, 4096]), [0, 16, 4096]);
  assert.deepEqual(pickSteps([0, 512, 4096], [0, 256, 1024]), [0, 256]);
  assert.deepEqual(about, ["suite:nano-64"]);
  assert.deepEqual(lines, [
    "This notebook is about one model, so it reads the first of those named, suite:nano-32",
    'Paragraphs that begin with "Notice" are about suite:nano-64, not about suite:nano-32',
  ]);
});

Deno.test("notebookRun() says that other steps of its own model are not what its texts are about", async () => {
  const named = { NEUROMFA_STEPS: "0,512" };
  const { value, lines } = await told(named, () => notebookRun("suite:nano-32"));
  assert.equal(value.isOwn, false);
  assert.deepEqual(lines, [
    'Paragraphs that begin with "Notice" are about suite:nano-32, not about the steps chosen here',
  ]);
});

Deno.test("notebookRun() refuses steps that cannot be read, and those that are not there", async () => {
  const open = () => notebookRun("suite:nano-32");
  await assert.rejects(told({ NEUROMFA_STEPS: "often" }, open), {
    name: "RangeError",
    message: /^NEUROMFA_STEPS must be whole numbers .*, but it is "often"$/,
  });
  await throwsError(
    () => told({ NEUROMFA_STEPS: "0,1000" }, open),
    /^checkpoint step 1000 of nano-32 is not there; steps: 0, 1, 2, /,
  );
  await throwsError(
    () => told({ NEUROMFA_STEPS: "512" }, open),
    /^nano-32 cannot be measured without step 0: /,
  );
});

Deno.test("notebookRuns() picks steps that all its models have", async () => {
  const named = { NEUROMFA_MODEL: "suite:nano-cnn,suite:nano-32" };
  const { value } = await told(named, () => notebookRuns(["suite:nano-64"]));
  assert.deepEqual(value.runs.map(({ model }) => model), ["nano-cnn", "nano-32"]);
  assert.deepEqual(value.pickSteps([0, 512, 4096]), [0, 32, 2048]);
  assert.deepEqual(value.pickSteps([0, 512, 2048]), [0, 512, 2048]);
});

Deno.test("notebookRun() takes a folder whose name has a comma for one model", () =>
  withFolder(async (folder) => {
    const path = join(folder, "mine, new");
    await Deno.mkdir(path);
    const suite = fileURLToPath(new URL("../../data/suite/nano-32/", import.meta.url));
    for (const step of ["step0", "step512"]) {
      await cp(join(suite, step), join(path, step), { recursive: true });
    }
    const { value } = await told({ NEUROMFA_MODEL: path }, () => notebookRun("suite:nano-64"));
    assert.deepEqual([value.run.model, value.run.steps], ["mine, new", [0, 512]]);
  }));

Deno.test("notebookRun() says what a Pythia on the hub moves, and refuses wrong revisions not asked for", () =>
  withFolder(async (folder) => {
    const read = [0, 512, 143_000];
    const unread = PYTHIA_STEPS.filter((step) => !read.includes(step));
    const good = await tinyPythia(read, { unread });
    const bad = { ...good, step0: good.step99000! };
    await using hub = serveModels({
      "EleutherAI/pythia-1.4b-deduped": good,
      "EleutherAI/pythia-2.8b": bad,
    }, { pageSize: 100 });
    const at = {
      HF_ENDPOINT: hub.url,
      HF_HOME: join(folder, "hf"),
      NEUROMFA_STEPS: "0,512,143000",
    };
    const open = () => notebookRun("suite:nano-64");
    const deduped = { ...at, NEUROMFA_MODEL: "hf:EleutherAI/pythia-1.4b-deduped" };
    const { value, lines } = await told(deduped, open);
    assert.deepEqual([value.run.steps, value.run.setAside?.length], [[0, 512, 143_000], 151]);
    assert.match(
      lines[0]!,
      /^Ten samples of 3 steps of pythia-1\.4b-deduped: \d+ kB of .*; cells that read full networks or all weights move more$/,
    );
    await throwsError(
      () => told({ ...at, NEUROMFA_MODEL: "hf:EleutherAI/pythia-2.8b" }, open),
      /^steps 0 and 99000 of pythia-2\.8b hold the same weights in hf:EleutherAI\/pythia-2\.8b, .*; leave them out of NEUROMFA_STEPS \(--steps of/,
    );
  }));
