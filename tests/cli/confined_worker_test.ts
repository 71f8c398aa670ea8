import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { withFolder } from "../helpers/with_folder.ts";

const probe = fileURLToPath(new URL("./confined_probe.ts", import.meta.url));
const root = new URL("../../", import.meta.url);

Deno.test("a confined worker writes in its folder alone, and connects, starts and imports nothing", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "kept"), "");
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--no-prompt", "--no-check", "--unstable-worker-options"],
        ...["--allow-read", "--allow-write", "--allow-net", "--allow-run", probe, folder],
      ],
      cwd: root,
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const text = new TextDecoder();
    assert.deepEqual(text.decode(stdout).trim().split("\n"), [
      ...["write beside", "remove beside", "connect", "fetch", "start a program", "import"],
    ], text.decode(stderr));
  }));
