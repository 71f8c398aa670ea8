import assert from "node:assert/strict";
import { PassingFault } from "../../../lib/checkpoints/hub/passing_fault.ts";
import { PaceWatch } from "../../../lib/checkpoints/hub/silence.ts";

Deno.test("a pace is asked for in each stretch of waiting, whatever came before", () => {
  const watch = new PaceWatch({ bytes: 100, milliseconds: 1000 });
  watch.received(1e9, 999);
  watch.received(0, 1);
  for (let i = 0; i < 9; i++) watch.received(1, 100);
  assert.throws(
    () => watch.received(1, 100),
    (error) => error instanceof PassingFault && error.message === "it sent only 10 bytes in 1 s",
  );
});

Deno.test("bytes at the pace are never too slow, and time that is not spent waiting does not count", () => {
  const watch = new PaceWatch({ bytes: 100, milliseconds: 1000 });
  for (let i = 0; i < 100; i++) watch.received(10, 100);
  for (let i = 0; i < 100; i++) watch.received(1, 0);
});
