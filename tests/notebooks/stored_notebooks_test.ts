import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { notebookModule } from "../../notebooks/reproduce/notebook_module.ts";
import { parseNotebook } from "../../notebooks/reproduce/parse_notebook.ts";
import { storedNotebooks } from "./stored_notebooks.ts";

/** Most lines of a code cell that a reader takes in at once. */
const mostLines = 15;

const ignored = (await Deno.readTextFile(new URL("../../.gitignore", import.meta.url))).split("\n");

for (const { path, name } of await storedNotebooks()) {
  const notebook = parseNotebook(await Deno.readTextFile(path), name);

  Deno.test(`${name} is stored without outputs, in short cells that become one module`, () => {
    notebookModule(notebook);
    let code = 0;
    for (const { kind, source, storedOutputs } of notebook.cells) {
      // deno fmt --check counts a cell without one as unformatted, though deno fmt then changes nothing.
      assert.ok(source.endsWith("\n"), `this cell needs a line end: …${source.slice(-40)}`);
      if (kind !== "code") continue;
      code++;
      assert.equal(storedOutputs, 0, `code cell ${code} is stored with outputs: clear them`);
      const lines = source.trimEnd().split("\n").length;
      assert.ok(lines <= mostLines, `code cell ${code} has ${lines} lines, more than ${mostLines}`);
    }
    assert.ok(code > 0, "it has no code cell");
  });

  Deno.test(`${name} imports the front and at most two rooms, once each`, () => {
    const code = notebook.cells.filter(({ kind }) => kind === "code").map(({ source }) => source);
    const imported = code.flatMap((source) =>
      [...source.matchAll(/^import\b[^"]*"([^"]+)";$/gm)].map(([, from]) => from!)
    );
    // The fixture tries what no notebook does.
    if (path.includes("/reproduce/fixtures/")) return;
    assert.deepEqual(imported, [...new Set(imported)]);
    assert.equal(imported[0], "neuromfa");
    const rooms = imported.slice(1);
    assert.ok(rooms.length <= 2, `${rooms.length} rooms: ${rooms.join(", ")}`);
    for (const room of rooms) assert.match(room, /^neuromfa\/[a-z]+$/);
  });

  Deno.test(`${name} writes where git looks not, unless it is told where`, () => {
    const code = notebook.cells.filter(({ kind }) => kind === "code").map(({ source }) => source);
    const folder = /Deno\.env\.get\("NEUROMFA_RESULTS"\) \?\? "(.*)";/.exec(code.join(""))?.[1];
    // What is made for tests writes to a temporary folder.
    if (path.includes("/reproduce/fixtures/")) return;
    assert.equal(folder, "../out");
    assert.ok(ignored.includes("/out/"));
  });

  Deno.test(`${name} is formatted`, async () => {
    const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["fmt", "--check", "--config", config, path],
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    assert.ok(success, `run deno fmt: ${new TextDecoder().decode(stderr)}`);
  });
}
