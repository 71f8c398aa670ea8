/** What the texts say, held against what is there: links, tasks, flags, names, tables, code. */

import assert from "node:assert/strict";
import { MEASURE } from "../lib/cli/commands.ts";
import { flagName } from "../lib/cli/parse_flags.ts";
import { SLURM } from "../lib/cli/slurm/slurm_commands.ts";
import { REFERENCES, withFlagTables } from "../lib/cli/reference.ts";
import project from "../deno.json" with { type: "json" };

const root = new URL("../", import.meta.url);
/** Every command, and the one that is in no reference since its flags are those of another and of the cluster. */
const ALL = [...REFERENCES.flatMap(({ commands }) => commands), SLURM];
const names = [
  ...["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "lib/cli/README.md"],
  "lib/cli/slurm/README.md",
  ...["lib/cli/watching.md", "lib/cli/permissions.md"],
  ...["lib/runs/README.md", "lib/architectures/README.md", "notebooks/README.md"],
  ...["notebooks/teaching/lesson.md", "notebooks/teaching/glossary.md"],
  ...["data/README.md", "tests/bench/README.md", "build/npm_readme.md"],
];
const texts = new Map(
  await Promise.all(names.map(async (name) => [name, await textOf(name)] as const)),
);

function textOf(path: string): Promise<string> {
  return Deno.readTextFile(new URL(path, root));
}

/** The fenced blocks of a text whose first line says some language, in order. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^ *\`\`\`${language}\\n(.*?)^ *\`\`\`$`, "gms"))]
    .map(([, block]) => block!);
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchors(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!.toLowerCase().replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-")
  );
}

/** Type-check and run nothing: a program is well formed, with the imports of this project. */
async function check(program: string): Promise<void> {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, program);
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", "deno.json", file],
      cwd: root,
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    assert.ok(success, `${program}\n${new TextDecoder().decode(stderr)}`);
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("the README has at most 900 words", () => {
  const words = texts.get("README.md")!.trim().split(/\s+/).length;
  assert.ok(words <= 900, `${words} words`);
});

Deno.test("every file and heading that a text links to is there", async () => {
  for (const [name, text] of texts) {
    for (const [, link] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const target = new URL(link!, new URL(name, root));
      const { hash } = target;
      target.hash = "";
      await assert.doesNotReject(Deno.stat(target), `${name} links to ${link}`);
      if (hash === "") continue;
      const headings = anchors(await Deno.readTextFile(target));
      assert.ok(headings.includes(hash.slice(1)), `${name} links to ${link}`);
    }
  }
});

Deno.test("every text is linked from the README, directly or by a text that is", () => {
  const linked = new Set(["README.md"]);
  for (const name of linked) {
    for (const [, link] of (texts.get(name) ?? "").matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      linked.add(new URL(link!, new URL(name, root)).href.slice(root.href.length));
    }
  }
  for (const name of names) assert.ok(linked.has(name), name);
});

Deno.test("the guide links to every notebook", async () => {
  const guide = texts.get("notebooks/README.md")!;
  for await (const { name } of Deno.readDir(new URL("notebooks/", root))) {
    if (name.endsWith(".ipynb")) assert.ok(guide.includes(`](${name})`), name);
  }
});

Deno.test("every task that a text names is there, and every flag that it gives the command is known", () => {
  const shell = [...texts.values()].flatMap((text) => blocks(text, "sh")).join("")
    .replaceAll("\\\n", "");
  const tasks = [
    ...[...texts.values()].join("").matchAll(
      /(?:deno|deno@[\d.]+) task (?:--config \S+ )?([\w-]+)/g,
    ),
  ];
  assert.ok(tasks.length >= 20);
  for (const [, task] of tasks) assert.ok(task! in project.tasks, `${task}`);
  const known = new Set(
    ALL.flatMap(({ options }) => [
      ...Object.keys(options).map(flagName),
      ...Object.values(options).flatMap(({ aliases = [] }) => aliases),
    ]),
  );
  const given = [...shell.matchAll(/task neuromfa(.*)/g)]
    .flatMap(([, rest]) => rest!.match(/(?<=--)\w+/g) ?? []);
  for (const flag of ["convention", "null", "shard", "from"]) assert.ok(given.includes(flag), flag);
  for (const flag of given) assert.ok(known.has(flag), flag);
});

Deno.test("every flag that the command's reference and the page of tables name is known", () => {
  const known = ALL.flatMap(({ options }) => Object.keys(options).map(flagName));
  const pages = ["lib/cli/README.md", "lib/cli/slurm/README.md", "lib/cli/watching.md"];
  for (const name of [...pages, "lib/runs/README.md"]) {
    for (const [, flag] of texts.get(name)!.matchAll(/`--(\w+)/g)) {
      assert.ok([...known, "sample_num", "help"].includes(flag!), `${name} names --${flag}`);
    }
  }
});

Deno.test("the tables of the commands' references are those that deno task reference writes", async () => {
  // The formatter pads the columns of a table.
  const unpadded = (text: string) => text.replaceAll(/ +/g, " ").replaceAll(/\| -+/g, "| ---");
  for (const { page, commands } of REFERENCES) {
    const written = await Deno.readTextFile(page);
    assert.equal(
      unpadded(withFlagTables(written, commands)),
      unpadded(written),
      "run deno task reference",
    );
    for (const { options } of commands) {
      for (const option of Object.keys(options)) {
        assert.ok(written.includes(`| \`--${flagName(option)}\``), option);
      }
    }
  }
  assert.throws(
    () => withFlagTables("# The command", [MEASURE]),
    /the reference has no lines <!-- flags of/,
  );
});

Deno.test("every name that the changelog lists is exported by the entry beside it", async () => {
  const text = texts.get("CHANGELOG.md")!;
  const entries = new Map<string, Set<string>>();
  for (const [entry, path] of Object.entries(project.imports)) {
    if (!entry.startsWith("neuromfa")) continue;
    const text = await textOf(path);
    const rest = [...text.matchAll(/^export \* from "\.\/([^"]+)";/gm)]
      .map(([, other]) => textOf(path.replace(/[^/]*$/, other!)));
    const exported = [text, ...await Promise.all(rest)].join("\n")
      .matchAll(/^export (?:type )?\{([^}]*)\}/gm);
    const all = [...exported].flatMap(([, list]) => list!.match(/\w+/g)!);
    entries.set(entry, new Set(all));
  }
  let count = 0;
  const assertExported = (name: string, entry: string) => {
    assert.ok(entries.get(entry)?.has(name), `${entry} does not export ${name}`);
    count++;
  };
  for (const [, name, entry] of text.matchAll(/^\| `.*\| `(\w+)`.*\| `(neuromfa[\w/]*)` *\|$/gm)) {
    assertExported(name!, entry!);
  }
  assert.ok(count >= 35, `${count} new names`);
  for (const [, entry, list] of text.matchAll(/^\| `(neuromfa[\w/]*)` *\| (`.*`) *\|$/gm)) {
    for (const [, name] of list!.matchAll(/`(\w+)`/g)) assertExported(name!, entry!);
  }
  assert.ok(count >= 340, `${count} names`);
});

Deno.test("every TypeScript example of the texts type-checks", async () => {
  // Those of the README and of lib/architectures are run by tests of their own.
  const run = ["README.md", "lib/architectures/README.md"];
  assert.ok(run.every((name) => /^```ts/m.test(texts.get(name)!)));
  const others = [...texts].filter(([name]) => !run.includes(name));
  for (const [, text] of others) for (const example of blocks(text, "ts.*?")) await check(example);
});

Deno.test("the citation has the version of the package and the authors of the licence and the paper", async () => {
  const citation = await textOf("CITATION.cff");
  assert.ok(citation.includes(`\nversion: ${project.version}\n`));
  const [, holders] = /Copyright \(c\) \d+ (.*)/.exec(await textOf("LICENSE"))!;
  assert.ok(citation.includes(`name: ${holders}\n`));
  const credited = texts.get("README.md")!.replaceAll("\n", " ");
  const authors = [
    ...citation.matchAll(/family-names: ([\w-]+), given-names: ([\w-]+)/g),
  ];
  assert.equal(authors.length, 9);
  for (const [, family, given] of authors) {
    assert.ok(credited.includes(`${given} ${family}`), `${given}`);
  }
});
