import assert from "node:assert/strict";
import { CLASSES, IMAGE_SKILLS } from "../../../data/training/vision/image_skills.ts";

Deno.test("five skills of four answers make twenty classes", () => {
  const names = IMAGE_SKILLS.map(({ name }) => name);
  assert.deepEqual(names, ["place", "stripes", "shape", "gap", "counting"]);
  assert.equal(CLASSES, 20);
  for (const { answers } of IMAGE_SKILLS) assert.equal(new Set(answers).size, 4);
});
