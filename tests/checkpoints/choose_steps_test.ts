import assert from "node:assert/strict";
import {
  announceUsualSteps,
  chooseSteps,
  publishedStepsOf,
} from "../../lib/checkpoints/choose_steps.ts";
import { NAMED_STEPS } from "../../lib/options/step_words.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { PYTHIA_STEPS } from "../helpers/tiny_hub/pythia.ts";

const toy = { model: "toy", steps: [1, 8, 64], source: "/runs/toy" };
const pythia = { model: "pythia-1b", steps: PYTHIA_STEPS, source: "hf:EleutherAI/pythia-1b" };

Deno.test("chooseSteps() takes steps that are named ascending, each once, and all where none are", () => {
  assert.deepEqual(chooseSteps(toy), [1, 8, 64]);
  assert.deepEqual(chooseSteps(toy, "all"), [1, 8, 64]);
  assert.deepEqual(chooseSteps(toy, [64, 1, 64]), [1, 64]);
  assert.deepEqual(chooseSteps(toy, "64, 1,64"), [1, 64]);
});

Deno.test("chooseSteps() takes the usual steps of a run that has some, unless others are asked for", () => {
  const run = { ...toy, usualSteps: [1, 64] };
  assert.deepEqual(chooseSteps(run), [1, 64]);
  assert.deepEqual(chooseSteps(run, "all"), [1, 8, 64]);
});

Deno.test("announceUsualSteps() says once for each run that only some steps are taken, unless steps are asked for", () => {
  const lines: string[] = [];
  const tell = (line: string) => void lines.push(line);
  const run = { ...toy, usualSteps: [1, 64] };
  announceUsualSteps(run, "all", tell);
  announceUsualSteps(toy, undefined, tell);
  assert.deepEqual(lines, []);
  announceUsualSteps(run, undefined, tell);
  announceUsualSteps(run, undefined, tell);
  assert.equal(lines.length, 1);
  assert.match(
    lines[0]!,
    /^2 of 3 steps of toy are taken, those with published scores; --steps all /,
  );
});

Deno.test("chooseSteps() refuses a step that is not there, and takes of a range what is there", async () => {
  await throwsError(
    () => chooseSteps(toy, [8, 9]),
    /^checkpoint step 9 of toy is not there; steps: 1, 8/,
  );
  await throwsError(
    () => chooseSteps(toy, "1,9"),
    /^checkpoint step 9 of toy is not there; steps: 1, 8/,
  );
  await throwsError(() => chooseSteps(toy, []), /^no step of toy was asked for; .* 1, 8, 64$/);
  assert.deepEqual(chooseSteps(toy, "2-64"), [8, 64]);
  assert.deepEqual(chooseSteps(pythia, "0,512,1000-143000:71000"), [0, 512, 1000, 72_000, 143_000]);
  await throwsError(
    () => chooseSteps(toy, "1,100-200"),
    /^no step of toy is in the range 100-200; steps: 1, 8, 64$/,
  );
});

Deno.test("chooseSteps() knows the steps of published scores and those of the paper's scripts", async () => {
  assert.equal(PYTHIA_STEPS.length, 154);
  assert.equal(chooseSteps(pythia, "published").length, 27);
  const paper = chooseSteps(pythia, "paper");
  assert.equal(paper.length, 32);
  for (const step of [5000, 10_000, 35_000, 71_000, 107_000]) assert.ok(paper.includes(step));
  assert.deepEqual(chooseSteps(pythia, "published,5000").length, 28);
  // Powers of two are steps of many models.
  await throwsError(
    () => chooseSteps({ ...toy, steps: [0, 1, 512, 1024] }, "published"),
    /^toy has no step that "published" means: .* beyond step 512 it has none of them; steps in \/runs\/toy: 0, 1, 512, 1024$/,
  );
});

Deno.test("publishedStepsOf() finds those of a run with all of Pythia's steps and no other's", () => {
  assert.deepEqual(publishedStepsOf(PYTHIA_STEPS), NAMED_STEPS.published);
  const upTo140000 = PYTHIA_STEPS.filter((step) => step <= 140_000);
  assert.deepEqual(publishedStepsOf(upTo140000), NAMED_STEPS.published.slice(0, -1));
  assert.equal(publishedStepsOf(NAMED_STEPS.published), undefined);
  assert.equal(publishedStepsOf([0, 1, 2, 4, 1000, 3000]), undefined);
});
