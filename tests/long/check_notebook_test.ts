/** Type errors of notebooks' cells, which take seconds to find. */

import assert from "node:assert/strict";
import { notebookFaults } from "../../notebooks/reproduce/check_notebook.ts";
import { run } from "../e2e/jupyter.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { writeNotebook } from "../notebooks/write_notebook.ts";

const { signal } = new AbortController();

Deno.test("every type error of a notebook is named by its cell and line; a notebook that is right has none", () =>
  withFolder(async (folder) => {
    const wrong = await writeNotebook(
      folder,
      "wrong",
      "Text is no code cell.",
      'import { measure } from "neuromfa";\nconst steps: string = "a".length;\n',
      "const right = 1;\n",
      '\nawait measure("suite:nano-64", { treshold: 150 });\n',
    );
    const right = await writeNotebook(folder, "right", "", "const step = 1;\n", "step + 1");
    const [faults, none] = await notebookFaults([wrong, right], signal);
    assert.equal(none, null);
    assert.equal(
      faults!.split(`${wrong}, code cell `).slice(1).map((fault) => fault.split(": ")[0]).join(
        "; ",
      ),
      "1, line 2; 3, line 2",
    );
    assert.match(faults!, /Type 'number' is not assignable to type 'string'\.\n {4}const steps: /);
    assert.match(faults!, /'treshold' does not exist in type 'MeasureOptions'/);
    // Its cells alone, without a neighbour that is wrong.
    assert.deepEqual(await notebookFaults([right, right], signal), [null, null]);
  }));

Deno.test("the task names cell and line, where its user stands, and ends with 1", () =>
  withFolder(async (folder) => {
    await writeNotebook(folder, "wrong", "", "1;\n", 'const step: string = "a".length;\n');
    const { success, printed } = await run(Deno.execPath(), [
      ...["task", "--quiet", "--config", new URL("../../deno.json", import.meta.url).pathname],
      ...["check-notebook", "wrong.ipynb"],
    ], { cwd: folder, env: { NO_COLOR: "1", INIT_CWD: folder } });
    assert.equal(success, false);
    assert.match(printed, /^wrong\.ipynb, code cell 2, line 1: Type 'number' is not assignable/m);
  }));
