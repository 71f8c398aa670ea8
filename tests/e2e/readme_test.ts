import assert from "node:assert/strict";
import { COMMAND, MERGE } from "../../lib/cli/neuromfa_flags.ts";
import project from "../../deno.json" with { type: "json" };

const root = new URL("../../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", root));
const guide = await Deno.readTextFile(new URL("notebooks/README.md", root));

/** The fenced blocks of a language, in order; those of a list are indented. */
function blocks(language: string, page = readme): string[] {
  return [...page.matchAll(new RegExp("^ *```" + language + "\\n(.*?)^ *```$", "gms"))]
    .map(([, text]) => text!);
}

/** Run Deno in the project's folder; returns what it printed, once it has ended well. */
async function deno(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: root,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = new TextDecoder();
  assert.ok(success, text.decode(stderr));
  return text.decode(stdout);
}

Deno.test("the README's example prints what the README says", async () => {
  const example = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(example, blocks("ts")[0]!);
    const printed = await deno(
      "run",
      "--quiet",
      "--check",
      "--config",
      "deno.json",
      "--allow-read",
      example,
    );
    assert.equal(printed, blocks("text")[0]);
  } finally {
    await Deno.remove(example);
  }
});

Deno.test("every task that README and guide name is there, and every flag they give a command is known", () => {
  const shell = [...blocks("sh"), ...blocks("sh", guide)].join("");
  const tasks = [...shell.matchAll(/(?:deno|deno@[\d.]+) task (\w+)/g)].map(([, task]) => task!);
  assert.ok(tasks.length >= 5);
  for (const task of tasks) assert.ok(task in project.tasks, task);
  const known = [...COMMAND.flags, ...MERGE.flags].map(({ name }) => `--${name}`);
  const named = [...shell.matchAll(/task neuromfa(.*)/g)].flatMap(([, rest]) =>
    rest!.match(/--\w+/g) ?? []
  );
  assert.ok(named.includes("--convention"), "the guide's commands are among them");
  for (const flag of named) assert.ok(known.includes(flag), flag);
});

Deno.test("the README's tables of flags are the commands' own", () => {
  for (const { flags } of [COMMAND, MERGE]) {
    const rows = flags.map((flag) => {
      const value = "default" in flag ? `\`${flag.default}\`` : "";
      return `| \`--${flag.name}\` | ${value} | ${flag.description} |`;
    });
    // The formatter pads the columns of a table.
    const unpadded = (text: string) => text.replaceAll(/[ \t]+/g, " ");
    const table = `${rows.join("\n")}\n`;
    assert.ok(unpadded(readme).includes(unpadded(table)), `put this into the README:\n${table}`);
  }
});

Deno.test("the README's command writes E of the bundled model", async () => {
  const out = await Deno.makeTempDir();
  try {
    const [command] = blocks("sh").join("").match(/task neuromfa .*/)!;
    const args = command!.replace("/tmp/neuromfa", out).split(" ");
    const printed = await deno(...args);
    assert.match(printed, /nano-64: degree of emergence E/);
    const table = await Deno.readTextFile(`${out}/emergence/E_nano-64.csv`);
    assert.match(
      table,
      /^step,alpha_0,width,E,E_low,E_high,samples_kept,status\n0,.*,0,0,0,10,ok\n/,
    );
    assert.equal(table.trim().split("\n").length, 22);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("every file that README and guide link to is there, and the guide links to every notebook", async () => {
  const linked = (page: string, base: URL) =>
    [...page.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path]) => new URL(path!, base).href);
  const notebooks = new URL("notebooks/", root);
  const links = [...linked(readme, root), ...linked(guide, notebooks)];
  for (const link of links) await Deno.stat(new URL(link));
  for await (const { name } of Deno.readDir(notebooks)) {
    if (name.endsWith(".ipynb")) assert.ok(links.includes(new URL(name, notebooks).href), name);
  }
});
