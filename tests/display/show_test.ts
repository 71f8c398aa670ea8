import assert from "node:assert/strict";
import type { DisplayBundle } from "../../lib/display/display_bundle.ts";
import { type Recorder, RECORDER_KEY } from "../../lib/display/kernel.ts";
import { show } from "../../lib/display/show.ts";
import { Figure } from "../../lib/figures/render/draw_figure.ts";
import { measure } from "../../lib/runs/measure.ts";

const result = await measure("suite:nano-64", { samples: 2, layerSample: 24, steps: [0, 512] });

/** What is printed while something runs. */
async function printedBy(work: () => Promise<void>): Promise<unknown[]> {
  const printed: unknown[] = [];
  const log = console.log;
  console.log = (value: unknown) => void printed.push(value);
  try {
    await work();
  } finally {
    console.log = log;
  }
  return printed;
}

/** What a headless run records while something runs. */
async function recordedBy(work: () => Promise<void>): Promise<DisplayBundle[]> {
  const shown: DisplayBundle[] = [];
  const recorder: Partial<Recorder> = { display: (bundle) => void shown.push(bundle) };
  const globals = globalThis as Record<symbol, unknown>;
  globals[Symbol.for(RECORDER_KEY)] = recorder;
  try {
    assert.deepEqual(await printedBy(work), []);
  } finally {
    delete globals[Symbol.for(RECORDER_KEY)];
  }
  return shown;
}

Deno.test("outside a notebook the text form is printed", async (t) => {
  assert.deepEqual(await printedBy(() => show([{ step: 0 }])), ["step\n────\n   0"]);
  await t.step("in a headless run it is recorded instead", async () => {
    const shown = await recordedBy(() => show("E"));
    assert.deepEqual(shown, [{ data: { "text/plain": "E" }, metadata: {} }]);
  });
});

Deno.test("outside a notebook a measurement is printed as its text, and nothing is drawn", async () => {
  const { png } = Figure.prototype;
  Figure.prototype.png = () => assert.fail("drawn");
  try {
    assert.deepEqual(await printedBy(() => show(result)), [String(result)]);
  } finally {
    Figure.prototype.png = png;
  }
});

Deno.test("in a notebook a measurement is E over training, its spectra, and its text, one after the other", async () => {
  const shown = await recordedBy(() => show(result));
  assert.deepEqual(shown.map(({ data }) => Object.keys(data)), [
    ...[["image/png", "text/plain"], ["image/png", "text/plain"], ["text/plain"]],
  ]);
  const [over, curves, words] = shown.map(({ data }) => data["text/plain"]);
  assert.match(`${over}`, /^Figure emergence: E = .* nano-64: threshold 150, 2 samples of 24/);
  assert.match(`${curves}`, /^Figure spectra: f\(α\) .* nano-64: threshold 150, 2 samples of 24/);
  assert.equal(words, String(result));
  assert.deepEqual(Object.keys(shown[0]!.metadata["image/png"] as object), ["width", "height"]);
});
