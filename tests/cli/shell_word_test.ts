import assert from "node:assert/strict";
import { commandLine, shellWord } from "../../lib/cli/shell_word.ts";

Deno.test("shellWord() quotes what a shell would read otherwise, and leaves plain words alone", () => {
  for (const word of ["--models", "suite:nano-32", "0,512", "--q=-2:2:0.5", "/a/b.c", "64%8"]) {
    assert.equal(shellWord(word), word);
  }
  assert.equal(shellWord(""), "''");
  assert.equal(shellWord("a b"), "'a b'");
  assert.equal(shellWord('$(rm x) `y` "z" *'), "'$(rm x) `y` \"z\" *'");
  assert.equal(shellWord("it's"), `'it'\\''s'`);
  assert.equal(shellWord("a\nb"), "'a\nb'");
});

Deno.test("commandLine() can be pasted into a shell, and tells no token, password or query", () => {
  assert.equal(
    commandLine(["watch", "my run", "--q=-3:3:0.1", "--steps", "0,512"]),
    "deno task neuromfa watch 'my run' --q=-3:3:0.1 --steps 0,512",
  );
  const secret = "https://me:hunter2@example.org/x?token=hunter2&a=//b@c";
  assert.equal(
    commandLine(["--evals", secret, `--evals=${secret}`, "hf:owner/model", "hf_AbC123"]),
    "deno task neuromfa --evals 'https://…@example.org/x?…' '--evals=https://…@example.org/x?…' " +
      "hf:owner/model 'hf_…'",
  );
});
