import assert from "node:assert/strict";
import { join } from "node:path";
import { KERNEL_ARGUMENTS } from "../../notebooks/setup/kernel_spec.ts";
import { kernelLines, planKernel, writeKernel } from "../../notebooks/setup/write_kernel.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { someMachine, writeSpec } from "./some_machine.ts";

/** A program in npx's folder, and the machine that it runs on. */
async function runThroughNpx(home: string) {
  const folder = join(home, ".npm/_npx/7a40/node_modules/deno");
  await Deno.mkdir(folder, { recursive: true });
  const denoPath = join(folder, "deno");
  await Deno.writeTextFile(denoPath, "#!/bin/sh\n");
  return { denoPath, machine: someMachine(home, { denoPath }) };
}

Deno.test("a Deno that npx may remove is copied beside the specification, which starts the copy", () =>
  withFolder(async (folder) => {
    const home = await Deno.realPath(folder);
    const { denoPath, machine } = await runThroughNpx(home);
    const kernel = join(home, ".local/share/jupyter/kernels/deno");
    const plan = await planKernel(machine);
    assert.deepEqual([plan.path, plan.program], [
      join(kernel, "kernel.json"),
      join(kernel, "deno"),
    ]);
    assert.deepEqual(plan.copied, { from: denoPath, clearedBy: "npx" });
    const lines = `: ${kernel}/deno\n  from ${denoPath}, which npx may remove\n`;
    const rest = `: ${kernel}/kernel.json\nit starts ${kernel}/deno`;
    assert.equal(kernelLines(plan, true), `would be copied${lines}would be written${rest}`);
    await assert.rejects(Deno.stat(kernel), Deno.errors.NotFound, "a plan writes nothing");

    await writeKernel(plan);
    assert.equal(kernelLines(plan, false), `copied${lines}written${rest}`);
    assert.deepEqual(JSON.parse(await Deno.readTextFile(plan.path)), {
      argv: [join(kernel, "deno"), ...KERNEL_ARGUMENTS],
      display_name: "Deno",
      language: "typescript",
    });
    await Deno.remove(join(home, ".npm"), { recursive: true });
    assert.equal(await Deno.readTextFile(plan.program), "#!/bin/sh\n");
    const names = (await Array.fromAsync(Deno.readDir(kernel))).map(({ name }) => name);
    assert.deepEqual(names.sort(), ["deno", "kernel.json"], "nothing half-written is left");
    if (Deno.build.os !== "windows") {
      assert.equal((await Deno.stat(plan.program)).mode! & 0o777, 0o755);
    }
  }));

Deno.test("what is there is not written again; another version is", () =>
  withFolder(async (home) => {
    const { denoPath, machine } = await runThroughNpx(home);
    await writeKernel(await planKernel(machine));
    const again = await planKernel(machine);
    assert.ok(again.isThere);
    assert.match(kernelLines(again, false), /^the kernel is there: .*\nit starts /);
    await writeKernel(again);
    await Deno.writeTextFile(denoPath, "#!/bin/ls\n");
    const newer = await planKernel(machine);
    assert.equal(newer.isThere, false, "the same size, but other bytes");
    await writeKernel(newer);
    assert.equal(await Deno.readTextFile(newer.program), "#!/bin/ls\n");
    assert.ok((await planKernel(machine)).isThere);
  }));

Deno.test("the copy finds itself in its place", () =>
  withFolder(async (home) => {
    const { machine } = await runThroughNpx(home);
    const { program } = await planKernel(machine);
    await writeKernel(await planKernel(machine));
    const itself = await planKernel({ ...machine, denoPath: program });
    assert.ok(itself.isThere);
    assert.equal(itself.copied, null);
  }));

Deno.test("a Deno that lies where it stays is started there", () =>
  withFolder(async (folder) => {
    const home = await Deno.realPath(folder), denoPath = join(home, "bin-deno");
    await Deno.writeTextFile(denoPath, "");
    const machine = someMachine(home, { denoPath });
    const plan = await planKernel(machine);
    assert.deepEqual([plan.program, plan.copied], [denoPath, null]);
    assert.doesNotMatch(kernelLines(plan, true), /copied/);
    await writeKernel(plan);
    assert.ok((await planKernel(machine)).isThere);
  }));

Deno.test("a kernel of the same name that is another is left as it is", () =>
  withFolder(async (home) => {
    const { machine } = await runThroughNpx(home);
    const data = join(home, ".local/share/jupyter");
    for (const spec of [{ argv: ["python3", "-m", "ipykernel"] }, "{"]) {
      const path = await writeSpec(data, spec);
      const before = await Deno.readTextFile(path);
      await assert.rejects(
        planKernel(machine),
        /kernel\.json is left as it is, since it .*: move it away/,
      );
      assert.equal(await Deno.readTextFile(path), before);
    }
  }));

Deno.test("the folder of Jupyter's data is the one that Jupyter takes on each system", () =>
  withFolder(async (home) => {
    const { denoPath } = await runThroughNpx(home);
    const path = async (os: typeof Deno.build.os, variables = {}) =>
      (await planKernel(someMachine(home, { os, denoPath, variables }))).path;
    const end = "kernels/deno/kernel.json";
    assert.equal(await path("linux"), join(home, ".local/share/jupyter", end));
    assert.equal(await path("darwin"), join(home, "Library/Jupyter", end));
    assert.equal(await path("windows", { APPDATA: join(home, "r") }), join(home, "r/jupyter", end));
    const xdg = join(home, "xdg"), named = join(home, "named");
    assert.equal(await path("linux", { XDG_DATA_HOME: xdg }), join(xdg, "jupyter", end));
    assert.equal(await path("linux", { JUPYTER_DATA_DIR: named }), join(named, end));
  }));
