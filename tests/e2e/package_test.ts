/** The package imported by address from an empty folder, as those do who have no clone of the repository. */

import assert from "node:assert/strict";
import { join } from "node:path";
import project from "../../deno.json" with { type: "json" };
import { withPublishedPackage } from "./published_package.ts";
import { writeTinyPerceptrons } from "./tiny_perceptrons.ts";

Deno.test("an importer by address measures, shows, draws and saves, and runs the command with workers", async (t) => {
  await withPublishedPackage(async ({ folder, address, run }) => {
    await writeTinyPerceptrons(join(folder, "tiny"));
    const program = async (lines: string, ...flags: readonly string[]) => {
      await Deno.writeTextFile(join(folder, "program.ts"), lines);
      return await run("--allow-read", ...flags, "program.ts");
    };

    await t.step(
      "three lines measure and show a folder of checkpoints, and one more makes a frame",
      async () => {
        const { code, stdout, stderr } = await program(
          `import { measure, show } from "${address}/mod.ts";
        const result = await measure("tiny", { samples: 2, layerSample: 12 });
        await show(result);
        console.log((await result.toFrame()).columns.join());`,
          "--allow-env=NODE_NDEBUG", // for Danfo
        );
        assert.equal(code, 0, stderr);
        assert.match(
          stdout,
          /^step .* E .*\n.*\n.*\n *100 .* no interval: 2 samples kept .*\ntiny: threshold 150, 2 samples /,
        );
        assert.match(stdout, /^step,alpha_0,width,E,E_low,E_high,samples_kept,/m);
      },
    );

    await t.step("a figure is saved", async () => {
      const { code, stderr } = await program(
        `import { measure, saveFigure } from "${address}/mod.ts";
        import { emergenceOverTrainingFigure } from "${address}/lib/rooms/figures.ts";
        const { model, rows, samples } = await measure("tiny", { samples: 2, layerSample: 12 });
        await saveFigure(emergenceOverTrainingFigure(model, rows, samples), "figures/e");`,
        "--allow-write=.",
      );
      assert.equal(code, 0, stderr);
      const png = await Deno.readFile(join(folder, "figures", "e.png"));
      assert.equal(new TextDecoder().decode(png.subarray(1, 4)), "PNG");
      assert.match(await Deno.readTextFile(join(folder, "figures", "e.svg")), /^<svg .*DejaVu/s);
    });

    await t.step("the command measures with two workers and draws", async () => {
      const [, , ...flags] = project.tasks.neuromfa.command.split(" ");
      const { code, stdout, stderr } = await run(
        ...flags.slice(0, -1),
        `${address}/lib/cli/launch.ts`,
        ...[
          "--models",
          "tiny",
          "--samples",
          "2",
          "--layer_sample",
          "12",
          "--workers",
          "2",
          "--stage",
          "all",
        ],
      );
      assert.equal(code, 0, stderr);
      assert.match(stdout, /wrote/);
      const drawn = await Array.fromAsync(
        Deno.readDir(join(folder, "out", "nfd", "tiny", "figures")),
      );
      assert.ok(drawn.length > 0);
    });

    await t.step(
      "the published curves are there, and bundled models are said not to be",
      async () => {
        const { stdout, stderr } = await program(
          `import { measure } from "${address}/mod.ts";
        import { publishedEmergence } from "${address}/lib/rooms/runs.ts";
        console.log((await publishedEmergence("pythia-1.4b")).length);
        await measure("suite:nano-64").catch(({ message }) => console.log(message));`,
          "--allow-env",
        );
        assert.deepEqual(stdout.split("\n"), [
          "9",
          "the bundled models come with the repository and not with the published package: name a folder of " +
          "checkpoints or hf:owner/model, or clone the repository and name a folder of its data/suite",
          "",
        ], stderr);
      },
    );
  });
});
