/** Notebooks on a Pythia in Jupyter with Deno's own kernel, as whoever sets `NEUROMFA_MODEL` runs them. */

import assert from "node:assert/strict";
import { join } from "node:path";
import {
  comparesModels,
  IS_ABOUT_ANOTHER,
  KEEPS_ITS_OWN,
  ONE_PYTHIA,
  PYTHIA_FAMILY,
  withPythias,
} from "../helpers/tiny_hub/pythia_family.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { storedNotebooks } from "../notebooks/stored_notebooks.ts";
import { executeInJupyter, inCi, pictures, whyNoJupyter } from "../e2e/jupyter.ts";

/** One that compares models, with their scores; all run headless in another test, and here if `NEUROMFA_ALL_NOTEBOOKS` asks. */
const chosen = Deno.env.get("NEUROMFA_ALL_NOTEBOOKS") ? /^\d/ : /^10_/;

/** The texts that an executed notebook printed. */
function printed(executed: string): string {
  const { cells } = JSON.parse(executed) as {
    cells: { outputs?: { output_type: string; text?: string | string[] }[] }[];
  };
  const streams = cells.flatMap(({ outputs = [] }) => outputs)
    .filter(({ output_type }) => output_type === "stream");
  return streams.flatMap(({ text = [] }) => text).join("");
}

const reason = await whyNoJupyter();

Deno.test({
  name: "notebooks run through in Jupyter on a Pythia, and those that compare models on a family",
  ignore: reason !== undefined && !inCi,
  fn: (t) =>
    withFolder((folder) =>
      withPythias(folder, async (places) => {
        assert.equal(reason, undefined, "where CI is set, Jupyter must be there");
        const notebooks = (await storedNotebooks()).filter(({ name }) => chosen.test(name));
        assert.ok(notebooks.length >= 1);
        for (const { path, name } of notebooks) {
          await t.step(name, async () => {
            const home = join(folder, name);
            await Deno.mkdir(home);
            const executed = await executeInJupyter(path, home, home, {
              ...places,
              NEUROMFA_MODEL: comparesModels(name) ? PYTHIA_FAMILY : ONE_PYTHIA,
              NEUROMFA_STEPS: "0,1000,143000",
            });
            const words = name.startsWith("17_") ? KEEPS_ITS_OWN : IS_ABOUT_ANOTHER;
            assert.match(printed(executed), words);
            assert.ok(pictures(executed).flat().length > 0);
          });
        }
      })
    ),
});
