/** The table of permissions, held against what Deno asks for: each job runs with its flags, and not with one less. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import project from "../../deno.json" with { type: "json" };
import { writeMiniSlurm } from "../e2e/slurm/mini_slurm.ts";
import { writeTinyPerceptrons } from "../e2e/tiny_perceptrons.ts";
import { denoDir } from "../helpers/deno_dir.ts";
import { serveHub } from "../helpers/hub_server.ts";
import { tinyPythia } from "../helpers/tiny_hub/pythia.ts";
import { withFolder } from "../helpers/with_folder.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = await Deno.readTextFile(join(root, "lib/cli/permissions.md"));
/** The flags of each job, as the table has them. */
const table = new Map(
  [...page.matchAll(/^\| (measure|draw|save|make|the command)(.*?) +\| (.*?) +\|$/gm)].map((
    [, verb, rest, flags],
  ) => [`${verb}${rest}`, [...flags!.matchAll(/`(--[^`]+)`/g)].map(([, flag]) => flag!)]),
);

const measuring = `const result = await measure("tiny", { samples: 2, layerSample: 12 });`;
const drawing = `const figure = drawFigure({
  ...{ name: "squares", title: "Squares", caption: "The first four." },
  panels: [{ marks: [Plot.lineY([0, 1, 4, 9])] }],
});`;
const drawn = `import * as Plot from "@observablehq/plot";
import { drawFigure, saveFigure } from "neuromfa/figures";
${drawing}`;
const sampling = ["--samples", "2", "--layer_sample", "12", "--out", "saved"];
const onTiny = ["--models", "tiny", ...sampling];
const onHub = ["--models", "hf:EleutherAI/pythia-14m", "--steps", "0,512", ...sampling];
const watching = ["watch", "tiny", "--every", "1", "--until_step", "100", ...sampling];

/** What each job runs: the lines of a program or the arguments of the command; and what it prints at its end. */
const JOBS: Readonly<Record<string, { readonly run: string | string[]; readonly says: RegExp }>> = {
  "measure a folder": {
    run: `import { measure } from "neuromfa";\n${measuring}\nconsole.log(String(result));`,
    says: /^tiny: threshold 150, 2 samples/m,
  },
  "measure a folder and save the tables": {
    run: `import { measure } from "neuromfa";\n${measuring}
      await result.save("saved");
      console.log("saved");`,
    says: /^saved$/m,
  },
  "measure a model on the hub": {
    run: `import { measure } from "neuromfa";
      const options = { samples: 2, layerSample: 12, steps: [0, 512] };
      console.log(String(await measure("hf:EleutherAI/pythia-14m", options)));`,
    says: /^pythia-14m: threshold 150, 2 samples/m,
  },
  "draw a figure": { run: `${drawn}\nconsole.log(figure.svg.slice(0, 4));`, says: /^<svg$/m },
  "save a figure, as SVG and PNG": {
    run: `${drawn}\nawait saveFigure(figure, "saved/squares");\nconsole.log("drawn");`,
    says: /^drawn$/m,
  },
  "make a frame": {
    run: `import { toFrame } from "neuromfa/frames";
      console.log((await toFrame([{ step: 0, E: 0.5 }])).shape.join());`,
    says: /^1,2$/m,
  },
  "the command, on a folder": { run: onTiny, says: /^wrote saved\/nfd\/tiny$/m },
  "the command, on a model on the hub": { run: onHub, says: /^wrote saved\/nfd\/pythia-14m$/m },
  "the command, drawing": {
    run: ["--stage", "visualize", ...onTiny],
    says: /^wrote .*spectra\.svg and \.png$/m,
  },
  "the command, following a training": { run: watching, says: /^the watch ends; 2 steps/m },
  "the command, following it with `--serve`": {
    run: [...watching, "--serve"],
    says: /^the watch ends; 2 steps/m,
  },
  "the command, on a cluster": {
    run: ["slurm", ...onTiny, "--array", "2"],
    says: /^submitted job 1, 2 parts/m,
  },
};

/** Every list of flags that lacks one of these: a flag, or an entry of a flag's list. */
function oneLess(flags: readonly string[]): string[][] {
  return flags.flatMap((flag, i) => {
    const [name, list] = flag.split("=") as [string, string | undefined];
    const entries = list?.split(",") ?? [];
    const shorter = entries.length < 2 ? [[]] : entries.map((entry) => [
      `${name}=${entries.filter((other) => other !== entry).join(",")}`,
    ]);
    return shorter.map((less) => [...flags.slice(0, i), ...less, ...flags.slice(i + 1)]);
  });
}

Deno.test("the table of permissions has every job that is tried", () => {
  assert.deepEqual([...table.keys()].sort(), Object.keys(JOBS).sort());
});

Deno.test("the tasks allow no more than the page says", () => {
  const allowed = (task: "reproduce" | "explore") =>
    [...project.tasks[task].command.matchAll(/--allow-(\w+)(?:=(\S+))?/g)]
      .map(([, kind, list]) => list === undefined || kind === "env" ? kind : `${kind} ${list}`);
  assert.deepEqual(allowed("reproduce"), ["read", "write", "env", "run $(deno"]);
  assert.deepEqual(
    allowed("explore"),
    ["read", "write dist", "net 127.0.0.1", "env", "run xdg-open,open,$(deno"],
  );
});

for (const [job, { run, says }] of Object.entries(JOBS)) {
  Deno.test({
    name: `${job}: runs with the flags of the table, and with none of them less`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      withFolder(async (folder) => {
        await using hub = serveHub("EleutherAI/pythia-14m", await tinyPythia([0, 512]));
        const packages = await denoDir();
        const slurm = await writeMiniSlurm(join(folder, "bin"));
        const meant: Readonly<Record<string, string>> = {
          ...{ MODEL: "tiny", OUT: "saved", DENO_CACHE: packages, HUB_CACHE: "hf" },
          HUB: "127.0.0.1", // its files are at another port
        };
        const start = async (flags: readonly string[], name: string) => {
          // Each has a folder of its own, so that none finds what another left.
          const here = join(folder, name);
          await writeTinyPerceptrons(join(here, "tiny"));
          if (job === "the command, drawing") {
            const { success } = await new Deno.Command(Deno.execPath(), {
              args: ["run", "-A", "--quiet", "--unstable-worker-options", launch, ...onTiny],
              ...{ cwd: here, stdin: "null", stdout: "null", stderr: "null" },
            }).output();
            assert.ok(success);
          }
          const given = flags.map((flag) =>
            flag.replaceAll(/\b[A-Z]+(?:_[A-Z]+)*\b(?![*])/g, (word) => meant[word] ?? word)
          );
          const program = join(here, "program.ts");
          if (typeof run === "string") await Deno.writeTextFile(program, run);
          const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
            args: [
              ...["run", "--quiet", "--no-check", "--no-prompt", "--cached-only"],
              ...["--config", join(root, "deno.json"), ...given],
              ...typeof run === "string" ? [program] : [launch, ...run],
            ],
            cwd: here,
            env: {
              ...{ NO_COLOR: "1", HF_HOME: "hf", HF_ENDPOINT: hub.url, DENO_DIR: packages },
              ...job.endsWith("cluster") && slurm.environment,
            },
            stdin: "null",
          }).output();
          const text = new TextDecoder();
          return { code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
        };
        const launch = join(root, "lib/cli/launch.ts");
        const flags = table.get(job)!;
        const { code, stdout, stderr } = await start(flags, "all");
        assert.equal(code, 0, stderr);
        assert.match(stdout, says);
        for (const [i, less] of oneLess(flags).entries()) {
          const { code, stdout } = await start(less, `less${i}`);
          assert.notEqual(code, 0, `${less.join(" ")} is enough:\n${stdout}`);
        }
      }),
  });
}
