/** The npm package, installed from its packed file, in Node, for TypeScript and in Chromium. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import project from "../../deno.json" with { type: "json" };
import { buildNpm } from "../../build/npm.ts";
import { degreeOfEmergence, multifractalSpectra, openRun, sampleNetworks } from "../../mod.ts";
import { modelScores } from "../../lib/runs/model_scores.ts";
import { inCi } from "../e2e/jupyter.ts";
import { Chromium, hasChromium } from "./chromium.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const suite = join(root, "data", "suite");
const steps = [0, 512, 4096];
const paths = [
  "nano-32/scores.csv",
  ...steps.flatMap((step) =>
    ["config.json", "model.safetensors"].map((file) => `nano-32/step${step}/${file}`)
  ),
];

/** Whether a command is there. */
async function has(command: string): Promise<boolean> {
  const version = new Deno.Command(command, {
    args: ["--version"],
    stdout: "null",
    stderr: "null",
  });
  return await version.output().then(({ success }) => success, () => false);
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    ...{ args: [...args], cwd, stdin: "null" },
  }).output();
  const text = new TextDecoder().decode(stdout);
  assert.ok(success, `${command} ${args.join(" ")}: ${text}${new TextDecoder().decode(stderr)}`);
  return text;
}

const nodeIsHere = await has("node") && await has("npm"), chromiumIsHere = await hasChromium();
if (!nodeIsHere) console.log("The npm package is not tried: there is no node or no npm.");
if (!chromiumIsHere) {
  console.log("The npm package is not tried in a browser: there is no chromium.");
}

/** What every way to run the package must give, to the last digit. */
async function expected(): Promise<unknown> {
  const run = await openRun("suite:nano-32");
  const spectra = await multifractalSpectra(sampleNetworks(run, { samples: 3, steps }));
  const checkpoint = await run.checkpoint(512);
  return asJson({
    rows: degreeOfEmergence(spectra),
    digest: await checkpoint.digest(),
    scores: await modelScores(run),
  });
}

function asJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The same by the package; `files` is made of what is read first. */
const measure = `async (lib, files, steps) => {
  const run = await lib.openFiles(files);
  const spectra = await lib.multifractalSpectra(lib.sampleNetworks(run, { samples: 3 }));
  return {
    rows: lib.degreeOfEmergence(spectra),
    digest: await (await run.checkpoint(512)).digest(),
    scores: await lib.runScores(run),
    math: (${fingerprint})(),
  };
}`;

/**
 * Numbers are the same to the last digit where the engine's functions are: of V8, those of 2023
 * (Node 20) round some logarithms otherwise than those of 2025. Then 12 digits must agree.
 */
function agree(found: unknown, wanted: unknown) {
  const { math, ...numbers } = found as { readonly math: string };
  if (math === fingerprint()) return assert.deepEqual(numbers, wanted);
  assert.deepEqual(toDigits(numbers), toDigits(wanted));
}

/** The last digits of the functions that the numbers go through. */
function fingerprint(): string {
  const values = Array.from({ length: 2000 }, (_, i) => {
    const x = 0.0371 * (i + 1);
    return [Math.log(x), Math.exp(x / 10), x ** 1.37, x ** -7.3, Math.log10(x)].join();
  });
  return values.join();
}

function toDigits(value: unknown): unknown {
  return JSON.parse(JSON.stringify(
    value,
    (_, item) => typeof item === "number" ? Number(item.toPrecision(12)) : item,
  ));
}

/** A folder where the package is installed from its packed file, without a network. */
async function installed(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "neuromfa-npm-" });
  await buildNpm(join(folder, "built", "npm"));
  const [packed] = JSON.parse(
    await run("npm", ["pack", "--json", "./built/npm"], folder),
  ) as { filename: string }[];
  await Deno.mkdir(join(folder, "empty"));
  await Deno.writeTextFile(join(folder, "empty", "package.json"), '{ "private": true }');
  const flags = ["--offline", "--no-audit", "--no-fund", "--ignore-scripts"];
  await run("npm", ["install", ...flags, join(folder, packed!.filename)], join(folder, "empty"));
  return join(folder, "empty");
}

Deno.test({
  name: "the npm package gives the library's numbers in Node and in Chromium, and has types",
  ignore: !nodeIsHere && !inCi,
  fn: async (test) => {
    const folder = await installed(), wanted = await expected();
    try {
      await test.step("its README's lines run on bytes in Node, and in Deno to the last digit", async () => {
        await Deno.writeTextFile(
          join(folder, "measure.mjs"),
          `import { readFile } from "node:fs/promises";
import * as lib from "${project.name}";
const [suite, ...paths] = process.argv.slice(2);
const files = await Promise.all(paths.map(async (path) => ({ path, data: await readFile(suite + "/" + path) })));
console.log(JSON.stringify(await (${measure})(lib, files)));
`,
        );
        const args = ["measure.mjs", suite, ...paths];
        agree(JSON.parse(await run("node", args, folder)), wanted);
        // The same engine as the library's, so that every digit must agree.
        const flags = ["run", "--no-lock", "--node-modules-dir=manual", "--allow-read"];
        const { math, ...numbers } = JSON.parse(
          await run(Deno.execPath(), [...flags, ...args], folder),
        );
        assert.equal(math, fingerprint());
        assert.deepEqual(numbers, wanted);
      });
      await test.step("what is no checkpoint is refused in Node as here, in a sentence", async () => {
        await Deno.writeTextFile(
          join(folder, "refused.mjs"),
          `import { openFile } from "${project.name}";
for (const data of [new Uint8Array(3), new TextEncoder().encode("<!doctype html><p>Not here.")]) {
  console.log(await openFile(data, { name: "a.safetensors" }).then(() => "opened", ({ message }) => message));
}
`,
        );
        const { openFile } = await import("../../lib/checkpoints/open_files.ts");
        const messages = [];
        for (
          const data of [new Uint8Array(3), new TextEncoder().encode("<!doctype html><p>Not here.")]
        ) {
          messages.push(
            await openFile(data, { name: "a.safetensors" }).then(
              () => "opened",
              ({ message }) => message,
            ),
          );
        }
        assert.deepEqual((await run("node", ["refused.mjs"], folder)).trim().split("\n"), messages);
        assert.ok(!messages.includes("opened"));
      });
      await test.step("its types compile, and refuse what is wrong", () => {
        const complaints = complaintsAbout(
          folder,
          `import { type CheckpointRun, degreeOfEmergence, multifractalSpectra, openFiles, sampleNetworks } from "${project.name}";
const run: CheckpointRun = await openFiles([{ path: "a.safetensors", data: new Blob([]) }], { name: "toy" });
const spectra = await multifractalSpectra(sampleNetworks(run, { samples: 3 }));
const E: number | null = degreeOfEmergence(spectra)[0]!.E;
const wrong: string = spectra[0]!.step;
await openFiles([{ path: 1, data: new Blob([]) }]);
console.log(E, wrong);
`,
        );
        assert.equal(complaints.length, 2, complaints.join("\n"));
        assert.match(
          complaints[0]!,
          /^use\.mts 5: Type 'number' is not assignable to type 'string'/,
        );
        assert.match(
          complaints[1]!,
          /^use\.mts 6: .*'number' is not assignable to type 'string'\.$/,
        );
      });
      await test.step({
        name: 'a page loads it by <script type="module">, from files and by addresses',
        ignore: !chromiumIsHere && !inCi,
        fn: async () => {
          const page = `<!doctype html><meta charset="utf-8"><title>NeuroMFA</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'">
<script type="module">
import * as lib from "./neuromfa.js";
const measure = ${measure}, paths = ${JSON.stringify(paths)};
const blobs = Promise.all(paths.map(async (path) => ({ path, data: await (await fetch("suite/" + path)).blob() })));
const addresses = paths.map((path) => ({ path, data: new URL("suite/" + path, location.href) }));
window.ofBlobs = blobs.then((files) => measure(lib, files)).then(JSON.stringify);
window.ofAddresses = measure(lib, addresses).then(JSON.stringify);
</script>`;
          const files = join(folder, "node_modules", project.name);
          await using server = Deno.serve(
            { port: 0, hostname: "127.0.0.1", onListen() {} },
            (request) => served(request, page, files),
          );
          await using chromium = await Chromium.start();
          const address = `http://127.0.0.1:${server.addr.port}/`;
          for (const name of ["ofBlobs", "ofAddresses"]) {
            const json = await chromium.evaluate(
              address,
              `new Promise((resolve) => {
              const look = () => window.${name} ? resolve(window.${name}) : setTimeout(look, 20);
              look();
            })`,
            );
            agree(JSON.parse(json as string), wanted);
          }
        },
      });
    } finally {
      await Deno.remove(join(folder, ".."), { recursive: true });
    }
  },
});

/** What TypeScript says about a file that uses the package. */
function complaintsAbout(folder: string, text: string): string[] {
  const path = join(folder, "use.mts");
  Deno.writeTextFileSync(path, text);
  const program = ts.createProgram([path], {
    ...{ strict: true, noEmit: true, types: [], lib: ["lib.esnext.d.ts", "lib.dom.d.ts"] },
    ...{ target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.NodeNext },
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const name = file?.fileName.split("/").slice(-1)[0];
    const line = file && file.getLineAndCharacterOfPosition(start!).line + 1;
    return `${name} ${line}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

/** A static host with the package, a page and the suite, that knows ranges. */
async function served(request: Request, page: string, files: string): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (pathname === "/") return new Response(page, { headers: { "content-type": "text/html" } });
  const path = pathname.startsWith("/suite/")
    ? join(suite, pathname.slice("/suite/".length))
    : join(files, pathname);
  const bytes = await Deno.readFile(path).catch(() => null);
  if (bytes === null) return new Response("not here", { status: 404 });
  const type = path.endsWith(".js") ? "text/javascript" : "application/octet-stream";
  const [, start, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "") ?? [];
  if (start === undefined) return new Response(bytes, { headers: { "content-type": type } });
  const end = Math.min(Number(last) + 1, bytes.length);
  return new Response(bytes.slice(Number(start), end), {
    status: 206,
    headers: {
      ...{ "content-type": type, etag: `"${bytes.length}"` },
      "content-range": `bytes ${start}-${end - 1}/${bytes.length}`,
    },
  });
}
