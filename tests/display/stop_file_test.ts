import assert from "node:assert/strict";
import { join } from "node:path";
import { exists } from "../../lib/files/list_files.ts";
import { watchStopFile } from "../../lib/display/stop_file.ts";
import { withFolder } from "../helpers/with_folder.ts";

const reason = new Error("stopped");

Deno.test("a file named stop aborts the signal and is removed, so that the cell can be run again", () =>
  withFolder(async (folder) => {
    const watch = watchStopFile(folder, () => reason);
    watch.look();
    assert.equal(watch.signal.aborted, false);
    await Deno.writeTextFile(join(folder, "stop"), "");
    watch.look();
    assert.equal(watch.signal.reason, reason);
    assert.equal(await exists(join(folder, "stop")), false);
    const again = watchStopFile(folder, () => reason);
    again.look();
    assert.equal(again.signal.aborted, false);
    again.end();
  }));

Deno.test("a file of that name from before stops nothing until it is written again; one with a text in it stays", () =>
  withFolder(async (folder) => {
    const path = join(folder, "stop");
    await Deno.writeTextFile(path, "a note");
    await Deno.utime(path, 1000, 1000);
    const watch = watchStopFile(folder, () => reason);
    watch.look();
    assert.equal(watch.signal.aborted, false);
    await Deno.utime(path, 2000, 2000);
    watch.look();
    assert.equal(watch.signal.aborted, true);
    assert.equal(await Deno.readTextFile(path), "a note");
  }));

Deno.test("a folder of that name stops nothing", () =>
  withFolder(async (folder) => {
    const watch = watchStopFile(folder, () => reason);
    await Deno.mkdir(join(folder, "stop"));
    watch.look();
    assert.equal(watch.signal.aborted, false);
    watch.end();
  }));

Deno.test("the file is noticed while the work has nothing to report", () =>
  withFolder(async (folder) => {
    const { signal } = watchStopFile(folder, () => reason);
    const aborted = new Promise((resolve) => signal.addEventListener("abort", resolve));
    await Deno.writeTextFile(join(folder, "stop"), "");
    // The watch holds no process up, so this test has to.
    const awake = setInterval(() => {}, 100);
    await aborted;
    clearInterval(awake);
    assert.equal(signal.reason, reason);
  }));
