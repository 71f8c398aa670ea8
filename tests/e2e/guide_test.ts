/** The guide to the notebooks, followed by a stranger: every command of its paths, in order, and what it shows. */

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { parseCsv } from "../../lib/files/csv.ts";
import { listFiles } from "../../lib/files/list_files.ts";
import { serveEvals } from "../helpers/evals_server.ts";
import { serveModels } from "../helpers/hub_server.ts";
import { PYTHIA_STEPS, tinyPythia } from "../helpers/tiny_hub/pythia.ts";
import { pythiaEvals } from "../helpers/tiny_hub/pythia_evals.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { PROJECT } from "../long/run_in_project.ts";
import { denoDir } from "../helpers/deno_dir.ts";

const guide = await Deno.readTextFile(join(PROJECT, "notebooks/README.md"));

/** A block of the guide: commands, and what they print where the guide shows it. */
interface Block {
  readonly commands: readonly string[];
  readonly shows: string | null;
}

/** The blocks under a heading, whose indentation in a list is taken away. */
function blocksUnder(heading: string): Block[] {
  const begin = guide.indexOf(`\n## ${heading}\n`);
  assert.ok(begin >= 0, heading);
  const section = guide.slice(begin + 1).split(/\n## /)[0]!;
  const fenced = [...section.matchAll(/^( *)```(sh|text)\n(.*?)^ *```$/gms)].map(
    ([, indent, kind, text]) => ({
      kind,
      text: text!.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    }),
  );
  return fenced.flatMap(({ kind, text }, i) => {
    if (kind !== "sh") return [];
    const next = fenced[i + 1];
    const commands = text.trim().split("\n").map((line) => line.replace(/ +#.*/, ""));
    return [{ commands, shows: next?.kind === "text" ? next.text : null }];
  });
}

/** Where a stranger stands, and what there is around. */
interface Place {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Does what a line of the guide says, from `folder` in place of the project's; what it printed. */
async function follow(line: string, { folder, env }: Place, more: readonly string[] = []) {
  const [program, ...words] = line.trim().split(/\s+/).map((word) =>
    word.replace(/^"(.*)"$/, "$1").replace(/^\/tmp\//, `${folder}/`)
  );
  if (program === "cp") {
    const [flag, from, to] = words;
    assert.equal(flag, "-r", line);
    await cp(join(PROJECT, from!), join(folder, to!), { recursive: true });
    return { code: 0, out: "", err: "" };
  }
  assert.equal(program, "deno", line);
  assert.equal(words[0], "task", line);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["task", "--quiet"],
      ...words.includes("--config") ? [] : ["--config", join(PROJECT, "deno.json")],
      ...[...words.slice(1), ...more],
    ],
    cwd: folder,
    // npx leaves its own.
    env: { NO_COLOR: "1", INIT_CWD: folder, ...env },
    stdin: "null",
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}

/** Follows all blocks under a heading, and compares what they print with what the guide shows. */
async function followAll(heading: string, place: Place): Promise<string[]> {
  const followed: string[] = [];
  for (const { commands, shows } of blocksUnder(heading)) {
    let printed = "";
    for (const line of commands) {
      // There is no terminal to say yes on.
      const more = line.includes("--allow-hub") ? ["--yes"] : [];
      const { code, out, err } = await follow(line, place, more);
      assert.equal(code, 0, `${line}\n${out}${err}`);
      printed += out;
      followed.push(line);
    }
    if (shows !== null) assert.equal(printed, shows, commands.join("\n"));
  }
  return followed;
}

/** The steps of a table, in order. */
async function stepsIn(table: string): Promise<string[]> {
  const rows = parseCsv(await Deno.readTextFile(table), table);
  return [...new Set(rows.map(({ step }) => step!))];
}

Deno.test("whoever replicates the paper follows the guide, from a hub on this machine", () =>
  withFolder(async (folder) => {
    const steps = [0, 1000, 13_000, 143_000];
    const unread = PYTHIA_STEPS.filter((step) => !steps.includes(step));
    await using hub = serveModels({
      "EleutherAI/pythia-70m-deduped": await tinyPythia(steps, { unread, hidden: 48 }),
    }, { pageSize: 1000 });
    await using evals = serveEvals(pythiaEvals);
    const env = {
      HF_ENDPOINT: hub.url,
      HF_HOME: join(folder, "hf"),
      XDG_CACHE_HOME: join(folder, "cache"),
      NEUROMFA_EVALS_URL: evals.url,
      DENO_DIR: await denoDir(),
    };
    const asked = blocksUnder("To replicate the paper")[0]!.commands[0]!;
    const unsaid = await follow(asked, { folder, env });
    assert.equal(unsaid.code, 1);
    assert.match(unsaid.err, /are to be moved, and there is no terminal to ask on: give --yes/);
    const followed = await followAll("To replicate the paper", { folder, env });
    assert.equal(followed.length, 2);
    const wanted = steps.map(String);
    assert.deepEqual(
      await stepsIn(join(folder, "pythia/emergence/E_pythia-70m-deduped.csv")),
      wanted,
    );
    const results = join(folder, "out/reproduce/pythia-70m-deduped");
    assert.deepEqual(await stepsIn(join(results, "tables/replication_emergence.csv")), wanted);
  }));

Deno.test("whoever studies a model of his own follows the guide, and sees what it shows", () =>
  withFolder(async (folder) => {
    const followed = await followAll("To study your own model", { folder, env: {} });
    assert.ok(followed.length >= 4);
    const table = join(folder, "my-results/emergence/E_my-model.csv");
    assert.deepEqual(await stepsIn(table), ["0", "512", "4096"]);
    for (const name of ["emergence", "spectra", "mass_exponent", "excess"]) {
      const png = await Deno.readFile(join(folder, `my-results/figures/my-model/${name}.png`));
      assert.equal(new TextDecoder().decode(png.subarray(1, 4)), "PNG");
    }
    const page = await Deno.readTextFile(join(folder, "my-results/notebooks/index.html"));
    for (const name of ["first_look", "sensitivity", "is_it_structure"]) {
      assert.match(page, new RegExp(`\\d\\d_${name}`));
    }
  }));

Deno.test("whoever teaches follows the guide to a copy for students", () =>
  withFolder(async (folder) => {
    const followed = await followAll("To teach a class", { folder, env: {} });
    assert.ok(followed.length >= 2);
    const notebooks = (await listFiles(join(folder, "class/notebooks")))
      .filter((path) => path.endsWith(".ipynb"));
    assert.deepEqual(notebooks, [
      ...["01_first_look.ipynb", "06_repeated_samples.ipynb", "07_sensitivity.ipynb"],
    ]);
  }));
