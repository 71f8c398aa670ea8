import assert from "node:assert/strict";
import {
  collectOutputs,
  decodeFrames,
  encodeFrame,
  type Frame,
  type Told,
} from "../../notebooks/reproduce/collect_outputs.ts";

const bundle = { data: { "text/plain": "x" }, metadata: {} };
const told = (printed: string, frame?: Frame): Told => ({ printed, frame });

Deno.test("prints and pictures stand under their cell in the order they came", () => {
  const collected = collectOutputs(2, [
    told("", { kind: "start", cell: 1 }),
    told("before\n", { kind: "display", bundle }),
    told("after\n", { kind: "start", cell: 2 }),
    told("", { kind: "result", bundle }),
    told("", { kind: "done" }),
    told(""),
  ], ["", "", "warning\n", "", "", ""].map((printed) => told(printed)));
  assert.deepEqual(collected, {
    outputs: [[
      { output_type: "stream", name: "stdout", text: "before\n" },
      { output_type: "display_data", ...bundle },
      { output_type: "stream", name: "stdout", text: "after\n" },
      { output_type: "stream", name: "stderr", text: "warning\n" },
    ], [{ output_type: "execute_result", execution_count: 2, ...bundle }]],
    reached: 2,
    about: null,
    end: { kind: "done" },
  });
});

Deno.test("the models that a notebook's texts are about are told where it read others", () => {
  const { about } = collectOutputs(1, [
    told("", { kind: "start", cell: 1 }),
    told("", { kind: "notices", about: "suite:nano-64" }),
    told("", { kind: "done" }),
  ], []);
  assert.equal(about, "suite:nano-64");
});

Deno.test("a process that falls silent stopped in the cell it had reached", () => {
  const { reached, end } = collectOutputs(2, [told("", { kind: "start", cell: 1 }), told("")], []);
  assert.deepEqual([reached, end], [1, { kind: "stopped" }]);
});

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
