import assert from "node:assert/strict";
import { refuseUnknownOptions } from "../../lib/networks/refuse_unknown_options.ts";

Deno.test("refuseUnknownOptions() names the unknown option and the nearest known one", () => {
  assert.throws(() => refuseUnknownOptions("growBoxes", { digit: 1 }, ["threshold", "digits"]), {
    name: "TypeError",
    message: 'growBoxes has no option "digit"; did you mean "digits"?',
  });
});

Deno.test("refuseUnknownOptions() lets every known option pass", () => {
  refuseUnknownOptions("growBoxes", {}, ["threshold", "digits"]);
  refuseUnknownOptions("growBoxes", { digits: 1, threshold: 2 }, ["threshold", "digits"]);
});
