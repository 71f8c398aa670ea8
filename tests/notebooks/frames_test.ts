import assert from "node:assert/strict";
import { decodeFrames, encodeFrame } from "../../lib/notebooks/frames.ts";

Deno.test("frames and what is printed between them come back in order", () => {
  const text = "a\n" + encodeFrame({ kind: "start", cell: 1 }, "%%") + "no line end" +
    encodeFrame({ kind: "done" }, "%%");
  assert.deepEqual(decodeFrames(text, "%%"), [
    { printed: "a\n", frame: { kind: "start", cell: 1 } },
    { printed: "no line end", frame: { kind: "done" } },
    { printed: "", frame: undefined },
  ]);
});

Deno.test("a frame that breaks off is left out", () => {
  const text = encodeFrame({ kind: "start", cell: 1 }, "%%") + "b" + '%%{"kind":"do';
  assert.deepEqual(decodeFrames(text, "%%"), [
    { printed: "", frame: { kind: "start", cell: 1 } },
    { printed: "b", frame: undefined },
  ]);
});
