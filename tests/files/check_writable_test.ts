import assert from "node:assert/strict";
import { join } from "node:path";
import { checkWritable } from "../../lib/files/check_writable.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("checkWritable() passes a folder that is there or can be made, and leaves nothing", () =>
  withFolder(async (folder) => {
    await checkWritable(folder);
    await checkWritable(join(folder, "new", "deep"));
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  }));

Deno.test("checkWritable() refuses a file and what would lie under it", () =>
  withFolder(async (folder) => {
    const file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    for (const path of [file, join(file, "results")]) {
      await throwsError(
        () => checkWritable(path),
        /nothing can be written to .*file is a file; choose/,
      );
    }
  }));

Deno.test("checkWritable() passes a new folder that Deno was told to allow, though nothing above it is", () =>
  withFolder(async (folder) => {
    const module = new URL("../../lib/files/check_writable.ts", import.meta.url);
    const program = join(folder, "program.ts");
    await Deno.writeTextFile(
      program,
      `import { checkWritable } from "${module}";
      for (const name of ["new", "other"]) {
        console.log(await checkWritable(name).then(() => "passes", ({ message }) => message));
      }`,
    );
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--no-check", "--no-prompt", "--no-config"],
        ...["--allow-read", "--allow-write=new", program],
      ],
      ...{ cwd: folder, env: { NO_COLOR: "1" }, stdin: "null" },
    }).output();
    assert.match(new TextDecoder().decode(stdout), /^passes\nnothing can be written to other: /);
  }));
