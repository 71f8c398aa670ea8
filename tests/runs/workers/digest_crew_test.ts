import assert from "node:assert/strict";
import { join } from "node:path";
import { knownDigests, takeDigests } from "../../../lib/checkpoints/local_file.ts";
import { openRun } from "../../../lib/checkpoints/open_run.ts";
import { digestBeside } from "../../../lib/runs/workers/digest_crew.ts";
import { withTinyRun } from "../tiny_run.ts";

Deno.test("digestBeside() takes the digests of all steps, and none is taken again here", () =>
  withTinyRun([0, 4, 8], async ({ run }) => {
    const opened = await openRun(run), steps = [0, 4, 8];
    const file = (step: number) => join(run, `step${step}`, "model.safetensors");
    const before = new Date(2020, 1, 1);
    // Files that changed just now are read every time.
    for (const step of steps) await Deno.utime(file(step), before, before);
    await digestBeside({ kind: "run", name: run }, steps, 2);
    const known = (await knownDigests()).filter(([identity]) => identity.startsWith(run));
    assert.equal(known.length, steps.length);
    for (const step of steps) {
      const bytes = await Deno.readFile(file(step));
      const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
      const [identity, digest] = known.find(([identity]) => identity.startsWith(file(step)))!;
      assert.equal(digest, hash);
      // Only who does not read the file says this.
      takeDigests([[identity, `taken of step ${step}`]]);
      assert.equal(await (await opened.checkpoint(step)).digest(), `taken of step ${step}`);
    }
  }));

Deno.test("digestBeside() leaves what can't be opened to whoever asks for it", async () => {
  assert.equal(await digestBeside({ kind: "run", name: "/no/such/folder" }, [0, 4], 2), undefined);
});
