import assert from "node:assert/strict";
import { escapeTex, figuresTex } from "../../lib/runs/figures_tex.ts";

Deno.test("a caption is what LaTeX prints as it is", () => {
  assert.equal(
    escapeTex("95 % of a_b & c\\d {x} #1 $2 ~ ^ < >\n E = α₀ − 1"),
    "95 \\% of a\\_b \\& c\\textbackslash{}d \\{x\\} \\#1 \\$2 \\textasciitilde{} " +
      "\\textasciicircum{} \\textless{} \\textgreater{} E = $\\alpha$$_0$ $-$ 1",
  );
});

Deno.test("figures.tex includes each figure with its caption and a label", () => {
  const path = "../../emergence/correlations_my_model";
  const tex = figuresTex([{ path, title: "One", caption: "50 %." }]);
  assert.match(
    tex,
    /\\includegraphics\{\\detokenize\{\.\.\/\.\.\/emergence\/correlations_my_model\.pdf\}\}/,
  );
  assert.match(tex, /\\caption\{One\. 50 \\%\.\}/);
  assert.match(tex, /\\label\{fig:correlations_my_model\}/);
  assert.equal(tex.match(/\\begin\{figure\}/g)!.length, tex.match(/\\end\{figure\}/g)!.length);
});
