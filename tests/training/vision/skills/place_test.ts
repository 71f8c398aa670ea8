import assert from "node:assert/strict";
import { place } from "../../../../data/training/vision/skills/place.ts";
import { drawPictures, inked, middleOf } from "./draw_pictures.ts";

Deno.test("place: the spot's middle lies in the quarter that the answer names", () => {
  for (const { answer, canvas } of drawPictures(place)) {
    const { x, y } = middleOf(inked(canvas));
    const side = `${y < 8 ? "top" : "bottom"} ${x < 8 ? "left" : "right"}`;
    assert.equal(side, place.answers[answer]);
  }
});
