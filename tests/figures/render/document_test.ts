import assert from "node:assert/strict";
import process from "node:process";
import { drawingDocument } from "../../../lib/figures/render/document.ts";

Deno.test("the document is one for all figures, and the environment is there again once it is made", () => {
  const own = process.env;
  assert.equal(drawingDocument(), drawingDocument());
  assert.equal(process.env, own);
});
