import assert from "node:assert/strict";
import { networkGraphFigure } from "../../../lib/figures/networks/network_graph.ts";
import { drawnTexts } from "../drawn_texts.ts";
import { toyLinked } from "../toy_linked.ts";

const options = { network: "toy at step 0", neurons: 2 };

Deno.test("networkGraphFigure() names layers and neurons, and tells how much of the sample is drawn", () => {
  const figure = networkGraphFigure(toyLinked, options);
  const texts = drawnTexts(figure);
  assert.equal(texts[0], "Block 0 of toy at step 0 as a network of neurons");
  for (const text of ["input", "middle", "fixed pattern, d = 1", "3"]) {
    assert.ok(texts.includes(text), text);
  }
  assert.match(figure.caption, /2, 4, 2 neurons of 2, 4, 2 .* all 7 edges .* of 7 that the sample/);
});

Deno.test("networkGraphFigure() draws every edge, a quarter in each colour, the shortest last and thickest", () => {
  const { svg } = networkGraphFigure(toyLinked, options);
  const groups = [
    ...svg.matchAll(/<g aria-label="link"[^>]*?stroke-width="([\d.]+)"[^>]*>(.*?)<\/g>/gs),
  ]
    .map(([, width, paths]) => [Number(width), paths!.match(/<path/g)?.length]);
  assert.deepEqual(groups, [[0.6, 8], [0.5, 2], [0.8, 2], [1.3, 2], [2.2, 1]]);
});

Deno.test("networkGraphFigure() says nothing of a pattern where there is none, and draws the same bytes twice", () => {
  const linked = {
    layers: toyLinked.layers.slice(0, 1),
    links: toyLinked.links.slice(0, 1),
  };
  const figure = networkGraphFigure(linked, options);
  assert.doesNotMatch(figure.caption, /pattern/);
  assert.ok(!drawnTexts(figure).includes("fixed pattern, d = 1"));
  assert.equal(networkGraphFigure(linked, options).svg, figure.svg);
});
