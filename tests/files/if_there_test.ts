import assert from "node:assert/strict";
import { join } from "node:path";
import { ifThere } from "../../lib/files/if_there.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("ifThere() gives what is there, and null where nothing is", () =>
  withFolder(async (folder) => {
    const path = join(folder, "text");
    assert.equal(await ifThere(Deno.readTextFile(path)), null);
    await Deno.writeTextFile(path, "");
    assert.equal(await ifThere(Deno.readTextFile(path)), "");
    await ifThere(Deno.remove(path));
    await ifThere(Deno.remove(path));
    assert.equal(await ifThere(Deno.stat(path)), null);
  }));

Deno.test("ifThere() rejects with whatever else goes wrong", () =>
  withFolder(async (folder) => {
    await assert.rejects(ifThere(Deno.readTextFile(folder)), /directory/i);
  }));
