import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import { MERGE } from "../../lib/cli/commands.ts";
import { parseFlags } from "../../lib/cli/parse_flags.ts";
import {
  permissionsOf,
  permissionsOfMerge,
  permissionsOfSlurm,
  permissionsOfSlurmStatus,
} from "../../lib/cli/permissions_of.ts";
import { withEnvironment } from "../helpers/with_environment.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { measureLine } from "./measure_line.ts";

const variables = ["HF_ENDPOINT", "HF_HOME", "HF_HUB_OFFLINE", "HF_HUB_CACHE", "XDG_CACHE_HOME"]
  .concat("NEUROMFA_EVALS_URL");

/** What a command line may do where the environment says this and nothing else of the matter. */
function allowed(line: string, environment: Readonly<Record<string, string>> = {}) {
  const words = line.split(" ").filter((word) => word !== "");
  return withEnvironment(
    Object.fromEntries(variables.map((name) => [name, environment[name]])),
    () => permissionsOf(measureLine(...words).values),
  );
}

Deno.test("local models may write to --out and --networks, as the stage does, and connect nowhere", async () => {
  const [out, networks] = [resolve("out"), resolve("out/networks")];
  for (
    const [line, write] of [
      ["", [out]],
      ["--stage visualize --out /x/y", ["/x/y"]],
      ["--stage extract", [networks]],
      ["--stage preprocess", []],
      ["--stage all --models a,b --networks n", [out, resolve("n")]],
      // Only drawing looks for scores.
      ["--metrics piqa --models hfolder/m", [out]],
      ["--stage visualize --evals some/folder --metrics piqa", [out]],
    ] as const
  ) assert.deepEqual(await allowed(line), { write, net: false }, line);
});

Deno.test("a model on the hub may be asked for and kept: at the hub's own hosts, or wherever a mirror says", async () => {
  const home = { HF_HOME: "/hf" }, kept = [resolve("out"), "/hf/hub"];
  const hub = ["huggingface.co", "*.huggingface.co", "*.hf.co"];
  const lines = ["--models hf:a/b", "--models suite:nano-64,pythia-70m"];
  for (const line of lines) {
    assert.deepEqual(await allowed(line, home), { write: kept, net: hub });
    const mirror = { ...home, HF_ENDPOINT: "http://127.0.0.1:9/" };
    assert.deepEqual(await allowed(line, mirror), { write: kept, net: true });
    const offline = { ...home, HF_HUB_OFFLINE: "1" };
    assert.deepEqual(await allowed(line, offline), { write: kept, net: false });
  }
});

Deno.test("a folder or stored networks with the name of a Pythia are not on the hub", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(join(folder, "pythia-70m"));
    const { net } = await allowed(`--models pythia-70m --networks ${folder}`);
    assert.equal(net, false);
  }));

Deno.test("published scores may be asked for at their one host, and kept", async () => {
  const [cache, out] = [{ XDG_CACHE_HOME: "/cache" }, resolve("out")];
  const write = [out, "/cache/neuromfa/evals"];
  const line = "--stage visualize --metrics piqa";
  assert.deepEqual(await allowed(line, cache), { write, net: ["raw.githubusercontent.com"] });
  assert.deepEqual(
    await allowed(line, { ...cache, NEUROMFA_EVALS_URL: "http://127.0.0.1:81/x" }),
    { write, net: ["127.0.0.1:81"] },
  );
  assert.deepEqual(
    await allowed("--stage visualize --evals https://a.org/b", cache),
    { write, net: ["a.org"] },
  );
});

Deno.test("merge may write to --out, and where it takes units away", () => {
  const line = parseFlags(MERGE, ["--from", "/a,/b", "--out", "/c"]);
  assert.ok(line !== "help");
  assert.deepEqual(
    permissionsOfMerge(line.values),
    { write: ["/c", "/a", "/b"], net: false },
  );
});

Deno.test("only slurm may start programs: Slurm's own", async () => {
  const run = ["sbatch", "squeue", "sacct", "scancel"];
  const { values } = measureLine("--out", "/c");
  assert.deepEqual(await permissionsOfSlurm(values), { write: ["/c"], net: false, run });
  assert.deepEqual(permissionsOfSlurmStatus({ out: "/c" }), { write: ["/c"], net: false, run });
  assert.equal((await permissionsOf(values)).run, undefined);
});
