import assert from "node:assert/strict";
import { resolve } from "node:path";
import { parseFlags } from "../../lib/cli/parse_flags.ts";
import { permissionsOfWatch } from "../../lib/cli/permissions_of.ts";
import { WATCH, watchArguments } from "../../lib/cli/watch_command.ts";

/** The values of a line after `watch`. */
function valuesOf(line: string) {
  const read = parseFlags(WATCH, watchArguments(line.split(" ")));
  assert.ok(read !== "help");
  return read.values;
}

Deno.test("the folder is the first word or a flag, and --serve has a port where none follows", () => {
  for (
    const line of ["runs/a --every 5", "--folder runs/a --every 5", "--every 5 --folder=runs/a"]
  ) {
    const { folder, every, serve, out } = valuesOf(line);
    assert.deepEqual([folder, every, serve, out], ["runs/a", 5, undefined, "out"]);
  }
  assert.equal(valuesOf("a --serve").serve, 8137);
  assert.equal(valuesOf("a --serve --every 1").serve, 8137);
  assert.equal(valuesOf("a --serve 0").serve, 0);
  assert.equal(valuesOf("a --serve=9000 --until_step 7 --for 2.5").serve, 9000);
});

Deno.test("what makes no sense is refused by name", () => {
  assert.throws(() => valuesOf("a --every 0"), /--every must be a finite number above 0/);
  assert.throws(() => valuesOf("a --serve 70000"), /--serve must be an integer from 0 to 65535/);
  assert.throws(() => valuesOf("a --samples auto"), /--samples must be an integer/);
  assert.throws(() => valuesOf("a --models b"), /unknown flag --models/);
  assert.throws(() => valuesOf("a b"), /"b" belongs to no flag/);
});

Deno.test("a watcher may write its results and its events, and has one port of this machine", () => {
  const out = resolve("out");
  assert.deepEqual(permissionsOfWatch(valuesOf("a")), { write: [out], net: false });
  assert.deepEqual(permissionsOfWatch(valuesOf("a --tensorboard tb --serve 9000")), {
    write: [out, resolve("tb")],
    net: ["127.0.0.1:9000"],
  });
  assert.deepEqual(permissionsOfWatch(valuesOf("a --serve 0")).net, ["127.0.0.1"]);
});
