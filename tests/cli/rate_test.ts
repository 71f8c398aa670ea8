import assert from "node:assert/strict";
import { Rate } from "../../lib/cli/rate.ts";

Deno.test("Rate tells weights a second since the first report, with two digits", () => {
  let now = 5000;
  const rate = new Rate(() => now);
  rate.saw(0);
  assert.equal(rate.text(), "");
  now += 2000;
  rate.saw(6_400_000);
  assert.equal(rate.text(), "3.2 M weights/s");
  rate.saw(1.35e9);
  assert.equal(rate.text(), "680 M weights/s");
  rate.saw(4e9);
  assert.equal(rate.text(), "2 G weights/s");
  rate.saw(1000);
  assert.equal(rate.text(), "0.5 k weights/s");
});
