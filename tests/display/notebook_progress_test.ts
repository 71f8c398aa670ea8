import assert from "node:assert/strict";
import {
  notebookProgress,
  progressBundle,
  stoppedMessage,
} from "../../lib/display/notebook_progress.ts";

const text = (done: number, seconds: number) =>
  progressBundle("measuring", done, 20, seconds).data["text/plain"];

Deno.test("a bar tells how much is done and how long the rest takes at this pace", () => {
  assert.equal(text(0, 3), `${"░".repeat(24)} measuring: 0 of 20`);
  assert.equal(text(5, 10), `${"█".repeat(6)}${"░".repeat(18)} measuring: 5 of 20, 30 s left`);
  assert.equal(
    text(10, 90),
    `${"█".repeat(12)}${"░".repeat(12)} measuring: 10 of 20, 1 min 30 s left`,
  );
  assert.equal(text(20, 119.6), `${"█".repeat(24)} measuring: 20 of 20, 2 min 0 s`);
});

Deno.test("more than all does not burst the bar, and a label is text in HTML too", () => {
  assert.equal(text(25, 1), `${"█".repeat(24)} measuring: 25 of 20, 1 s`);
  const { "text/html": html } = progressBundle("a<b>", 1, 2, 1).data;
  assert.match(
    `${html}`,
    /^<progress value="0\.5" max="1" [^>]*><\/progress> a&#60;b&#62;: 1 of 2, 1 s left$/,
  );
});

Deno.test("outside a notebook nothing is printed", async () => {
  const { log } = console;
  console.log = () => assert.fail("printed");
  try {
    const { update, finish, signal } = notebookProgress("measuring", 2);
    update(1);
    await finish();
    assert.equal(signal.aborted, false);
  } finally {
    console.log = log;
  }
});

Deno.test("a total that is no number of units is refused", () => {
  for (const total of [0, -1, NaN, Infinity]) {
    assert.throws(() => notebookProgress("x", total), /"x" needs a positive number of units/);
  }
});

Deno.test("a bar that can be stopped says how, and a stopped cell how to go on", () => {
  const { "text/plain": plain } = progressBundle("measuring", 5, 20, 10, "to stop, do this").data;
  assert.match(`${plain}`, /measuring: 5 of 20, 30 s left · to stop, do this$/);
  assert.equal(
    stoppedMessage("measuring", 5, 20),
    "measuring was stopped by the file stop at 5 of 20; measure() keeps what is measured as long as the kernel runs: " +
      "run this cell again to go on",
  );
});
