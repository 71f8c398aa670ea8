import assert from "node:assert/strict";
import { join } from "node:path";
import { exists, listFiles } from "../../lib/files/list_files.ts";
import { claimFile, removeFreeClaims } from "../../lib/files/claim.ts";
import { withFolder } from "../helpers/with_folder.ts";

Deno.test("claimFile() gives one claim at a time, and another when that ends", () =>
  withFolder(async (folder) => {
    const path = join(folder, "below", "unit.lock");
    const first = (await claimFile(path))!;
    assert.equal(await claimFile(path), null);
    first[Symbol.dispose]();
    first[Symbol.dispose]();
    using second = await claimFile(path);
    assert.notEqual(second, null);
  }));

Deno.test("claimFile() gives several shared claims, which keep out one that is not shared", () =>
  withFolder(async (folder) => {
    const path = join(folder, "in-use.lock");
    const one = (await claimFile(path, { isShared: true }))!;
    const other = (await claimFile(path, { isShared: true }))!;
    one[Symbol.dispose]();
    assert.equal(await claimFile(path), null);
    other[Symbol.dispose]();
    using alone = await claimFile(path);
    assert.notEqual(alone, null);
  }));

Deno.test("claimFile() waits for a claim to end if asked to", () =>
  withFolder(async (folder) => {
    const path = join(folder, "tables.lock");
    const first = (await claimFile(path))!;
    let isOver = false;
    const waiting = claimFile(path, { wait: true }).then((claim) => {
      assert.ok(isOver);
      claim![Symbol.dispose]();
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    isOver = true;
    first[Symbol.dispose]();
    await waiting;
  }));

Deno.test("claimFile() removes a passing file at the end, and leaves another", () =>
  withFolder(async (folder) => {
    for (const isPassing of [true, false]) {
      const path = join(folder, `${isPassing}.lock`);
      (await claimFile(path, { isPassing }))![Symbol.dispose]();
      assert.equal(await exists(path), !isPassing);
    }
  }));

Deno.test("a passing file that is shared goes with the last claim on it", () =>
  withFolder(async (folder) => {
    const path = join(folder, "in-use.lock");
    const options = { isShared: true, isPassing: true };
    const one = (await claimFile(path, options))!;
    const other = (await claimFile(path, options))!;
    one[Symbol.dispose]();
    assert.equal(await exists(path), true);
    other[Symbol.dispose]();
    assert.equal(await exists(path), false);
  }));

Deno.test("a claim that waited for a file that was removed is on the file made anew", () =>
  withFolder(async (folder) => {
    const path = join(folder, "in-use.lock");
    const first = (await claimFile(path, { isPassing: true }))!;
    const waiting = claimFile(path, { wait: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    first[Symbol.dispose]();
    using _second = await waiting;
    assert.equal(await exists(path), true);
    assert.equal(await claimFile(path), null);
  }));

Deno.test("passing files go when the process exits, whatever it was at", () =>
  withFolder(async (folder) => {
    const module = new URL("../../lib/files/claim.ts", import.meta.url);
    const source = `const { claimFile } = await import(${JSON.stringify(module.href)});
      await claimFile("in-use.lock", { isShared: true, isPassing: true });
      await claimFile("unit.lock", { isPassing: true });
      for await (const { name } of Deno.readDir(".")) console.log(name);
      Deno.exit(130);`;
    const { code, stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", source],
      cwd: folder,
    }).output();
    assert.equal(code, 130);
    const held = new TextDecoder().decode(stdout).trim().split("\n").sort();
    assert.deepEqual(held, ["in-use.lock", "unit.lock"]);
    assert.deepEqual(await Array.fromAsync(Deno.readDir(folder)), []);
  }));

Deno.test("a claim ends with the process that holds it", () =>
  withFolder(async (folder) => {
    const path = join(folder, "unit.lock");
    const source = `const file = await Deno.open(${
      JSON.stringify(path)
    }, { create: true, write: true });
      await file.lock(true); console.log("held"); setInterval(() => {}, 1000);`;
    const holder = new Deno.Command(Deno.execPath(), {
      args: ["eval", source],
      stdout: "piped",
    }).spawn();
    const reader = holder.stdout.getReader();
    await reader.read();
    assert.equal(await claimFile(path), null);
    holder.kill("SIGKILL");
    await holder.status;
    await reader.cancel();
    using claim = await claimFile(path);
    assert.notEqual(claim, null);
  }));

Deno.test("whoever waits for a claim on a file that is removed meanwhile claims the next one, as all others do", () =>
  withFolder(async (folder) => {
    const path = join(folder, "in-use.lock");
    const first = (await claimFile(path, { isPassing: true }))!;
    const waiting = claimFile(path, { wait: true });
    await new Promise((resolve) => setTimeout(resolve, 50));
    first[Symbol.dispose]();
    using second = await waiting;
    assert.notEqual(second, null);
    assert.equal(await exists(path), true);
    assert.equal(await claimFile(path), null);
  }));

Deno.test("removeFreeClaims() removes what nobody holds, below the folder too, and leaves the rest", () =>
  withFolder(async (folder) => {
    const [held, free, other] = ["held.lock", "step0/free.lock", "step0/unit.safetensors"]
      .map((name) => join(folder, name));
    using _claim = await claimFile(held!);
    await Deno.mkdir(join(folder, "step0"));
    for (const path of [free!, other!]) await Deno.writeTextFile(path, "");
    assert.equal(removeFreeClaims(folder), 1);
    assert.equal(removeFreeClaims(join(folder, "nothing")), 0);
    assert.deepEqual(await listFiles(folder), ["held.lock", "step0/unit.safetensors"]);
  }));
