/** Drawing a model with many scores: progress, signals, and what is refused. */

import assert from "node:assert/strict";
import { scoredModel } from "../helpers/scored_model.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { serveHub } from "../helpers/hub_server.ts";
import { MEASURE, MERGE } from "../../lib/cli/commands.ts";
import { run } from "./jupyter.ts";
import { filesBelow, neuromfa, neuromfaWith, spawnHeardNeuromfa } from "./neuromfa_command.ts";
import { denoDir } from "../helpers/deno_dir.ts";

/** The command line that draws a model of so many metrics at so many steps. */
async function drawScored(folder: string, metrics: number, steps: number): Promise<string[]> {
  const { source, out } = await scoredModel(folder, metrics, steps);
  return ["--stage", "visualize", "--models", source, "--out", out];
}

for (const [signal, ended] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test(`${signal} ends the drawing of many scores at once, with code ${ended}`, () =>
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
      assert.equal(code, ended, said);
      assert.match(said, /\nstopped\n$/);
      // A third of a second where nothing else is to be done; other tests run beside this one.
      assert.ok(took < 10_000, `${took} ms`);
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

Deno.test("where networks are stored under a model's name on the hub, drawing them asks no server", () =>
  withFolder(async (folder) => {
    await using hub = serveHub("EleutherAI/pythia-14m", { main: {} });
    const { out } = await scoredModel(folder, 1, 2);
    const networks = `${folder}/networks`;
    await Deno.mkdir(`${networks}/pythia-14m/step0`, { recursive: true });
    await Deno.writeTextFile(`${networks}/pythia-14m/step0/networks.json`, "{}");
    const { code, stderr } = await neuromfaWith(
      { HF_ENDPOINT: hub.url, HF_HOME: `${folder}/hf` },
      ...["--stage", "visualize", "--models", "pythia-14m", "--networks", networks, "--out", out],
    );
    assert.equal(code, 1);
    assert.match(stderr, /run --stage analyze for pythia-14m first$/m);
    assert.equal(hub.requests.length, 0);
  }));

Deno.test("scores are asked for at the host that is named alone, wherever that redirects", () =>
  withFolder(async (folder) => {
    let asked = 0;
    const serve = (answer: () => Response) =>
      Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, answer);
    await using other = serve(() => {
      asked++;
      return new Response("{}");
    });
    await using named = serve(() =>
      Response.redirect(`http://127.0.0.1:${other.addr.port}/scores.json`)
    );
    const args = await drawScored(folder, 1, 2);
    const { code, stderr } = await neuromfaWith(
      // Deno's own cache stays where it is.
      { XDG_CACHE_HOME: `${folder}/cache`, DENO_DIR: await denoDir() },
      ...[...args, "--evals", `http://127.0.0.1:${named.addr.port}/pythia`],
    );
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^this run may not connect to 127\.0\.0\.1:\d+, because no flag .* names that host/m,
    );
    assert.equal(asked, 0);
  }));

Deno.test("what is tried on the command line is written where git looks not", async () => {
  const ignored = await Deno.readTextFile(new URL("../../.gitignore", import.meta.url));
  const folders = [MEASURE.options.out, MEASURE.options.networks, MERGE.options.out];
  assert.deepEqual(folders.map((option) => option.default), ["out", "out/networks", "out"]);
  assert.match(ignored, /^\/out\/$/m);
});
