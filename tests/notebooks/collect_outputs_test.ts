import assert from "node:assert/strict";
import { collectOutputs } from "../../lib/notebooks/collect_outputs.ts";
import type { Frame, Told } from "../../lib/notebooks/frames.ts";

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
    end: { kind: "done" },
  });
});

Deno.test("a process that falls silent stopped in the cell it had reached", () => {
  const { reached, end } = collectOutputs(2, [told("", { kind: "start", cell: 1 }), told("")], []);
  assert.deepEqual([reached, end], [1, { kind: "stopped" }]);
});
