import assert from "node:assert/strict";
import { formatResultFiles, readResultFiles } from "../../notebooks/reproduce/result_files.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("the list of results is read as it was written, and is empty where there is none", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await readResultFiles(folder), {});
    const text = formatResultFiles({ b: ["t/2.csv", "t/1.csv"], a: ["index.svg"] });
    await Deno.writeTextFile(`${folder}/files.json`, text);
    const read = await readResultFiles(folder);
    assert.deepEqual(read, { a: ["index.svg"], b: ["t/1.csv", "t/2.csv"] });
    assert.equal(formatResultFiles(read), text);
  }));

Deno.test("a list that leads out of the folder, or is none, is refused", () =>
  withFolder(async (folder) => {
    const outside = ["../x", "/etc/passwd", "a/../../x", "..\\\\x", "C:\\\\x", "", "a//b", "./a"];
    const texts = outside.map((path) => `{"a": ["${path}"]}`);
    for (const text of [...texts, "[]", "null", "{", '{"a": "b"}', '{"a": [1]}']) {
      await Deno.writeTextFile(`${folder}/files.json`, text);
      await assert.rejects(readResultFiles(folder), /files\.json does not say which/, text);
    }
  }));
