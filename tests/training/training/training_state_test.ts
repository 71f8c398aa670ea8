import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { RandomStream } from "../../../data/training/random_stream.ts";
import { languageTrainee } from "../../../data/training/training/language_trainee.ts";
import {
  initialState,
  loadState,
  saveState,
  type TrainingState,
} from "../../../data/training/training/training_state.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { tinyRecipe, tinyTrainee } from "./tiny_recipe.ts";

/** A state with no two arrays alike, as after some steps. */
async function stateAt(step: number): Promise<TrainingState> {
  const state = await initialState(tinyTrainee, "");
  for (const [kind, arrays] of Object.entries(state.moments)) {
    for (const [name, array] of arrays as ReadonlyMap<string, Float32Array>) {
      array.set(new RandomStream(step, kind, name).normal(array.length, 1));
    }
  }
  const scores = [{ step: 0, recall: 1 / 3 }];
  return { ...state, step, scores, sessions: [{ commit: "abc", from: 0, seconds: 1.25 }] };
}

/** A state with a digest in place of each array: where two differ, the message stays short. */
function summary(state: TrainingState | null) {
  const { parameters, moments, ...rest } = state ?? assert.fail("no state");
  const digest = (array: Float32Array) =>
    createHash("sha256").update(new Uint8Array(array.buffer)).digest("hex");
  const digests = [...parameters].map(([name, { shape, values }]) => {
    const arrays = [values, moments.first.get(name)!, moments.second.get(name)!];
    return [name, shape, ...arrays.map(digest)];
  });
  return { ...rest, digests };
}

async function inFolder(check: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await check(join(folder, ".resume"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}

Deno.test("before the first step nothing is made but the starting weights", async () => {
  const { step, scores, sessions, parameters, moments } = await initialState(tinyTrainee, "");
  assert.deepEqual([step, scores, sessions], [0, [], []]);
  assert.deepEqual([...moments.first.keys()], [...parameters.keys()]);
  assert.ok([...moments.second.values()].every((array) => array.every((value) => value === 0)));
});

Deno.test("a state that was saved is loaded to the last bit", () =>
  inFolder(async (folder) => {
    await saveState(folder, tinyRecipe, await stateAt(5));
    assert.deepEqual(summary(await loadState(folder, tinyTrainee)), summary(await stateAt(5)));
  }));

Deno.test("where no state was saved there is none", () =>
  inFolder(async (folder) => {
    assert.equal(await loadState(folder, tinyTrainee), null);
  }));

Deno.test("a later state takes the place of the earlier one and of what a kill left behind", () =>
  inFolder(async (folder) => {
    await saveState(folder, tinyRecipe, await stateAt(5));
    await Deno.writeTextFile(join(folder, "step6.safetensors.123.partial"), "half");
    await saveState(folder, tinyRecipe, await stateAt(7));
    assert.deepEqual(names(folder), ["state.json", "step7.safetensors"]);
    assert.deepEqual(summary(await loadState(folder, tinyTrainee)), summary(await stateAt(7)));
  }));

Deno.test("a kill between the two files of a state leaves the state before it", () =>
  inFolder(async (folder) => {
    await saveState(folder, tinyRecipe, await stateAt(5));
    const before = await Deno.readTextFile(join(folder, "state.json"));
    const arrays = await Deno.readFile(join(folder, "step5.safetensors"));
    await saveState(folder, tinyRecipe, await stateAt(7));
    // As if the process had ended after the arrays of step 7 were written.
    await Deno.writeTextFile(join(folder, "state.json"), before);
    await Deno.writeFile(join(folder, "step5.safetensors"), arrays);
    assert.deepEqual(summary(await loadState(folder, tinyTrainee)), summary(await stateAt(5)));
  }));

Deno.test("a state of another recipe is refused with the way out", () =>
  inFolder(async (folder) => {
    await saveState(folder, tinyRecipe, await stateAt(5));
    const config = { ...tinyRecipe.config, rotary_pct: 1 };
    for (const other of [{ ...tinyRecipe, seed: 8 }, { ...tinyRecipe, config }]) {
      await throwsError(
        () => loadState(folder, languageTrainee(other)),
        /state\.json belongs to another recipe for tiny; remove .*\.resume to start again, or restore/,
      );
    }
  }));
