import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { correlate } from "../../lib/frames/correlate.ts";
import { correlationTable } from "../../lib/correlations/correlation_table.ts";
import { type Frame, fromFrame, toFrame } from "../../lib/frames/frames.ts";
import type { FrameShape } from "../../lib/tables/frame_shape.ts";
import { displayBundle } from "../../lib/display/display_bundle.ts";

Deno.test("toFrame() and fromFrame() keep every cell as it is", async () => {
  const rows = [
    { step: 0, E: 0.1, p: null, status: "ok", kept: true },
    { step: 512, E: 1 / 3, p: 1e-17, status: "none, at all", kept: false },
    { step: 4096, E: NaN, p: null, status: "", kept: true },
  ];
  const frame: FrameShape & Frame = await toFrame(rows);
  assert.deepEqual(fromFrame(frame), rows);
  assert.deepEqual(frame.dtypes, ["int32", "float32", "float32", "string", "boolean"]);
  assert.equal(frame.column("step").max(), 4096);
});

Deno.test("toFrame() looks at all rows for the type of a column, and refuses rows that differ", async () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({ late: i < 199 ? null : 0.5 }));
  assert.deepEqual((await toFrame(rows)).dtypes, ["float32"]);
  await assert.rejects(() => toFrame([]), /a table needs a row/);
  await assert.rejects(
    () => toFrame([{ a: 1, b: 2 }, { a: 1, c: 2 }]),
    /row 1 has the columns a, c, not a, b as the first has/,
  );
});

Deno.test("correlate() takes frames or rows and gives the table as a frame", async () => {
  const steps = [0, 1, 2, 4, 8, 16, 32], options = { draws: 20, permutations: 50 };
  const E = steps.map((step, i) => ({ step, E: i + (i % 2) }));
  const scores = steps.map((step, i) => ({ step, metric: "copying", value: i === 3 ? null : i }));
  const expected = correlationTable(E, scores, options);
  const frame = await correlate(await toFrame(E), await toFrame(scores), options);
  assert.deepEqual(fromFrame(frame), expected);
  assert.deepEqual(fromFrame(await correlate(E, scores, options)), expected);
  await assert.rejects(
    async () => correlate(await toFrame(E), await toFrame(E), options),
    /the frame has no column "metric", only step, E/,
  );
});

Deno.test("a frame and a series show themselves as other tables do", async () => {
  const rows = [{ step: 0, E: 0 }, { step: 512, E: 0.25 }];
  const frame = await toFrame(rows);
  assert.deepEqual(await displayBundle(frame), await displayBundle(rows));
  const { data } = await displayBundle(frame.column("E"));
  assert.equal(data["text/plain"], "   E\n────\n   0\n0.25");
  const none = frame.query(frame.column("E").gt(1));
  assert.equal((await displayBundle(none)).data["text/plain"], "no row; columns: step, E");
});

Deno.test("Danfo is loaded by the first frame, not by neuromfa/frames, and prints nothing", async () => {
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  // Its tfjs keeps its engine in a global.
  await Deno.writeTextFile(
    file,
    `import { toFrame } from "neuromfa/frames";
    const isLoaded = () => "_tfengine" in globalThis;
    const before = isLoaded();
    await toFrame([{ step: 0 }]);
    console.log(before, isLoaded());`,
  );
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const permissions = ["--no-prompt", "--allow-read", "--allow-env=NODE_NDEBUG"];
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", ...permissions, "--config", config, file],
    env: { NO_COLOR: "1" },
  }).output();
  await Deno.remove(file);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert.deepEqual([text(stdout), text(stderr)], ["false true\n", ""]);
});
