import assert from "node:assert/strict";
import { join } from "node:path";
import { examine } from "../../notebooks/setup/checks.ts";
import { type Finding, findingsText, needed } from "../../notebooks/setup/finding.ts";
import { KERNEL_ARGUMENTS } from "../../notebooks/setup/kernel_spec.ts";
import type { Machine } from "../../notebooks/setup/machine.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { someMachine, writeSpec } from "./some_machine.ts";

const DATA = ".local/share/jupyter";
const spec = (program: string) => ({ argv: [program, ...KERNEL_ARGUMENTS] });

async function finding(machine: Machine, what: string): Promise<Finding> {
  const found = (await examine(machine)).filter((finding) => finding.what === what);
  assert.equal(found.length, 1, what);
  return found[0]!;
}

Deno.test("a machine on which all is well needs nothing", () =>
  withFolder(async (home) => {
    await writeSpec(join(home, DATA), spec("/opt/deno"));
    const machine = someMachine(home, { programs: { "/opt/deno": "deno 2.9.6 (stable)" } });
    const findings = (await examine(machine)).filter(({ what }) => what !== "Deno's kernel");
    assert.deepEqual(findings.filter(({ status }) => status !== "ok"), []);
    assert.deepEqual(findings.map(({ what }) => what), [
      ...["Deno", "library and font", "npm registry", "results/", "out/", "memory", "disk"],
      ...["Jupyter", "font of SVG"],
    ]);
    assert.match(findingsText(findings), /\n\nAll is there\.$/);
    assert.doesNotMatch(findingsText(findings), /What to do/);
  }));

Deno.test("with an empty PATH Jupyter and the kernel are missing, and no part that everything needs", () =>
  withFolder(async (home) => {
    const bare = someMachine(home, {
      programs: {},
      run: (program) => Promise.resolve(program === "deno" ? { success: true, printed: "" } : null),
    });
    const findings = await examine(bare);
    assert.deepEqual(
      findings.filter(({ status }) => status === "missing").map(({ what }) => what),
      ["Jupyter", "Deno's kernel"],
    );
    assert.deepEqual(needed(findings), []);
    const text = findingsText(findings);
    assert.match(text, /^Jupyter +missing +notebooks in Jupyter +no program jupyter on PATH$/m);
    assert.match(text, /\nWhat to do\nJupyter: install it .*\nDeno's kernel: run deno task kernel/);
    assert.match(text, /\nAll that is needed is there; 2 of the rest are not\.$/);
  }));

Deno.test("a kernel whose program is gone, does not start, or may be cleared away is broken", () =>
  withFolder(async (home) => {
    const kernel = (programs = {}) => finding(someMachine(home, { programs }), "Deno's kernel");
    const path = await writeSpec(join(home, DATA), spec("/gone/deno"));
    const gone = await kernel();
    assert.equal(gone.status, "broken");
    assert.equal(gone.found, `/gone/deno, which ${path} starts, is gone`);
    assert.match(gone.remedy!, /^run deno task kernel/);
    const dead = await kernel({ "/gone/deno": { success: false, printed: "Exec format error" } });
    assert.equal(dead.found, "/gone/deno does not start");

    const cached = "/home/ada/.npm/_npx/7a40/node_modules/deno/deno";
    await writeSpec(join(home, DATA), spec(cached));
    const passing = await kernel({ [cached]: "deno 2.9.6 (stable)" });
    assert.equal(passing.status, "broken");
    assert.equal(passing.found, `${cached} lies where npx may remove it`);

    await writeSpec(join(home, DATA), spec("/opt/deno"));
    const good = await kernel({ "/opt/deno": "deno 2.9.6 (stable)" });
    assert.deepEqual([good.status, good.found], ["ok", "Deno 2.9.6 (/opt/deno)"]);
  }));

Deno.test("a specification that is none, or of another kernel, is named with its file", () =>
  withFolder(async (home) => {
    const kernel = () => finding(someMachine(home), "Deno's kernel");
    const path = await writeSpec(join(home, DATA), "{");
    assert.equal((await kernel()).found, `${path}: it is not JSON`);
    await writeSpec(join(home, DATA), { argv: [] });
    assert.equal((await kernel()).found, `${path}: it names no program to start`);
    await writeSpec(join(home, DATA), { argv: ["python3", "-m", "ipykernel"] });
    const other = await kernel();
    assert.equal(other.found, `${path} starts something else than Deno's kernel`);
    assert.match(other.remedy!, /kernelspec remove deno/);
  }));

Deno.test("a folder that cannot be written to stops everything, with where else results can go", () =>
  withFolder(async (home) => {
    await Deno.writeTextFile(join(home, "results"), "");
    const findings = await examine(someMachine(home));
    const [results] = needed(findings);
    assert.deepEqual([results!.what, results!.status], ["results/", "broken"]);
    assert.equal(
      results!.found,
      `nothing can be written to ${home}/results: ${home}/results is a file`,
    );
    assert.match(results!.remedy!, /--out/);
    assert.match(
      findingsText(findings),
      /\nNot ready: 1 of what everything needs is missing or broken\.$/,
    );
  }));

Deno.test("an old Deno is broken, a later one is not", () =>
  withFolder(async (home) => {
    const status = async (denoVersion: string) =>
      (await finding(someMachine(home, { denoVersion }), "Deno")).status;
    for (const old of ["2.9.5", "1.46.3", "2.8.10", "2.9.6-rc.1"]) {
      assert.equal(await status(old), "broken", old);
    }
    for (const enough of ["2.9.6", "2.9.10", "2.10.0", "3.0.0", "2.9.6+abc"]) {
      assert.equal(await status(enough), "ok", enough);
    }
  }));

Deno.test("packages that are not there make the registry something that everything needs", () =>
  withFolder(async (home) => {
    const offline = { reach: () => Promise.resolve("no answer in 8 s") };
    const cached = await examine(someMachine(home, offline));
    assert.deepEqual(needed(cached), []);
    assert.equal(cached.find(({ what }) => what === "npm registry")!.status, "missing");
    const printed = 'error: npm package not found in cache: "valibot", --cached-only is specified.';
    const empty = await examine(
      someMachine(home, { ...offline, programs: { deno: { success: false, printed } } }),
    );
    assert.deepEqual(needed(empty).map(({ what }) => what), ["library and font", "npm registry"]);
  }));

Deno.test("the registry is the one that the environment or .npmrc names", () =>
  withFolder(async (home) => {
    const asked: string[] = [];
    const machine = (variables = {}) =>
      someMachine(home, {
        variables,
        reach: (address) => Promise.resolve((asked.push(address), null)),
      });
    await examine(machine());
    await Deno.writeTextFile(join(home, ".npmrc"), "fund=false\nregistry = https://npm.example/\n");
    await examine(machine());
    await examine(machine({ NPM_CONFIG_REGISTRY: "https://mirror.example/" }));
    assert.deepEqual(asked, [
      "https://registry.npmjs.org/",
      "https://npm.example/",
      "https://mirror.example/",
    ]);
  }));

Deno.test("little memory, a full disk and another font are told with how much there is", () =>
  withFolder(async (home) => {
    const findings = await examine(someMachine(home, {
      freeMemory: () => Promise.resolve(3e8),
      freeDisk: () => Promise.resolve(1e6),
      programs: { "fc-match": "Liberation Sans" },
    }));
    const told = new Map(findings.map(({ what, status, found }) => [what, `${status}: ${found}`]));
    assert.match(told.get("memory")!, /^missing: 300 MB free, less than /);
    assert.match(told.get("disk")!, /^missing: 1 MB free, less than 200 MB$/);
    assert.equal(told.get("font of SVG"), "missing: Liberation Sans in place of DejaVu Sans");
    assert.deepEqual(needed(findings).map(({ what }) => what), ["memory", "disk"]);
  }));

Deno.test("the doctor imports no package, so that it starts where none can be fetched", async () => {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "notebooks/setup/doctor.ts"],
    cwd: new URL("../..", import.meta.url),
  }).output();
  assert.ok(success);
  const { modules } = JSON.parse(new TextDecoder().decode(stdout)) as {
    modules: { specifier: string }[];
  };
  assert.ok(modules.length > 10);
  const fetched = modules.filter(({ specifier }) => !/^(file|node):/.test(specifier));
  assert.deepEqual(fetched, []);
});
