import assert from "node:assert/strict";
import { join } from "node:path";
import { notebookFaults } from "../../notebooks/reproduce/check_notebook.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { writeNotebook } from "../notebooks/write_notebook.ts";

const { signal } = new AbortController();

Deno.test("what is no notebook, or does not parse, is a fault of its own and hides no other", () =>
  withFolder(async (folder) => {
    const broken = join(folder, "broken.ipynb"), missing = join(folder, "missing.ipynb");
    await Deno.writeTextFile(broken, "{");
    const unparsed = await writeNotebook(folder, "unparsed", "", "1;\nconst = 2;\n");
    const faults = await notebookFaults([broken, missing, unparsed], signal);
    assert.match(faults[0]!, /broken\.ipynb is not a notebook that can be run: it is not JSON/);
    assert.match(faults[1]!, /missing\.ipynb does not exist; check the path$/);
    assert.match(faults[2]!, /unparsed\.ipynb, code cell 1, line 2: Variable declaration expected/);
  }));
