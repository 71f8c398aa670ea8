import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", root));

/** The fenced blocks of a language in the README, in order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp("^```" + language + "\\n(.*?)^```$", "gms"))]
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

Deno.test("the README's three lines run, and the result is the text that the README prints", async () => {
  const [lines] = blocks("ts");
  assert.equal(lines!.trim().split("\n").length, 3);
  const example = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(example, `${lines}console.log("—");\nconsole.log(String(result));\n`);
    const printed = await deno(
      "run",
      "--quiet",
      "--no-prompt",
      ...["--config", "deno.json", "--allow-read", "--allow-env"],
      example,
    );
    const [shown, text] = printed.split("—\n");
    assert.ok(shown!.length > 0, "show() prints something outside a notebook too");
    assert.equal(text, blocks("text")[0]);
  } finally {
    await Deno.remove(example);
  }
});

Deno.test("the README's command writes E of the bundled model", async () => {
  const out = await Deno.makeTempDir();
  try {
    const [command] = blocks("sh").join("").match(/task neuromfa .*/)!;
    const args = command!.replace("/tmp/neuromfa", out).split(" ");
    assert.match(await deno(...args), /nano-64: degree of emergence E/);
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
