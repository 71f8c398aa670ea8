/** Drawing a model with many scores: progress, signals, and what is refused. */
import assert from "node:assert/strict";
import { scoredModel } from "../helpers/scored_model.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { filesBelow, neuromfa, spawnHeardNeuromfa } from "./neuromfa_command.ts";

/** The command line that draws a model of so many metrics at so many steps. */
async function drawScored(folder: string, metrics: number, steps: number): Promise<string[]> {
  const { source, out } = await scoredModel(folder, metrics, steps);
  return ["--stage", "visualize", "--models", source, "--out", out];
}

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} ends the drawing of many scores at once, with code 130`, () =>
    withFolder(async (folder) => {
      const process = spawnHeardNeuromfa(...await drawScored(folder, 100, 300));
      const reader = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
      let said = "";
      // It tells of itself before long work begins.
      while (!said.includes("drawing toy")) {
        said += (await reader.read()).value ?? assert.fail(said);
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
      const sent = performance.now();
      process.kill(signal);
      const { code } = await process.status;
      const took = performance.now() - sent;
      for (let { value } = await reader.read(); value; { value } = await reader.read()) {
        said += value;
      }
      await process.stdout.cancel();
      assert.equal(code, 130, said);
      assert.match(said, /\nstopped\n$/);
      // A third of a second where nothing else is to be done.
      assert.ok(took < 2000, `${took} ms`);
      assert.ok(![...(await filesBelow(folder)).keys()].some((path) => path.endsWith(".partial")));
    }));
}

Deno.test("more metrics than figures can show are refused by their number, before anything is drawn", () =>
  withFolder(async (folder) => {
    const { code, stderr } = await neuromfa(...await drawScored(folder, 301, 2));
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^toy has scores of 301 metrics, and at most 300 are drawn; .* --metrics$/m,
    );
    assert.ok(![...(await filesBelow(folder)).keys()].some((path) => /figures|correl/.test(path)));
  }));
