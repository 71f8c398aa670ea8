import assert from "node:assert/strict";
import type { DisplayBundle } from "../../lib/notebooks/display_bundle.ts";
import { type Recorder, recorderKey } from "../../lib/notebooks/recorder.ts";
import { show } from "../../lib/notebooks/show.ts";

Deno.test("outside a notebook the text form is printed", async (t) => {
  const printed: unknown[] = [];
  const log = console.log;
  console.log = (value: unknown) => void printed.push(value);
  try {
    await show([{ step: 0 }]);
  } finally {
    console.log = log;
  }
  assert.deepEqual(printed, ["step\n────\n   0"]);
  await t.step("in a headless run it is recorded instead", async () => {
    const shown: DisplayBundle[] = [];
    const recorder: Partial<Recorder> = { display: (bundle) => void shown.push(bundle) };
    const globals = globalThis as Record<symbol, unknown>;
    globals[Symbol.for(recorderKey)] = recorder;
    try {
      await show("E");
    } finally {
      delete globals[Symbol.for(recorderKey)];
    }
    assert.deepEqual(shown, [{ data: { "text/plain": "E" }, metadata: {} }]);
  });
});
