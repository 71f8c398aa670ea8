/** Figures as papers print them: every one of the gallery at the width of a column and of a page. */

import assert from "node:assert/strict";
import type { Figure } from "neuromfa/figures";
import { SCREEN_STYLE, styleOf, withFigureStyle } from "../../lib/figures/figure_style.ts";
import { widthOf } from "../../lib/options/figure_width.ts";
import { figureGallery } from "./figure_gallery.ts";
import { textFaults } from "./text_faults.ts";

/** The size of a figure as it is laid out. */
function layoutOf({ svg }: Figure): { width: number; height: number } {
  const [, width, height] = /^<svg [^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!;
  return { width: Number(width), height: Number(height) };
}

for (const figureWidth of ["3.25in", "6.75in"]) {
  const style = styleOf({ figureWidth });
  const drawn = [...figureGallery].map(([name, draw]) => (
    { name, figure: withFigureStyle(style, draw) }
  ));

  Deno.test(`at ${figureWidth} every figure is so wide, and no text is below 6 points`, () => {
    for (const { name, figure } of drawn) {
      assert.equal(figure.width, Number.parseFloat(figureWidth) * 96, name);
      const scale = figure.width / layoutOf(figure).width * 72 / 96;
      const sizes = [...figure.svg.matchAll(/font-size(?:="|: ?)([\d.]+)/g)];
      assert.ok(sizes.length > 0, name);
      const least = Math.min(...sizes.map(([, size]) => Number(size))) * scale;
      assert.ok(least >= 6 - 1e-9, `${name}: ${least} points`);
    }
  });

  Deno.test(`at ${figureWidth} no text is cut off or covers another`, () => {
    assert.deepEqual(
      drawn.flatMap(({ name, figure }) =>
        textFaults({ svg: figure.svg, ...layoutOf(figure) }).map((fault) => `${name}(): ${fault}`)
      ),
      [],
    );
  });
}

Deno.test("a figure without title and caption is lower, and keeps both for what includes it", () => {
  const draw = figureGallery.get("spectraFigure")!, whole = draw();
  const bare = withFigureStyle(styleOf({ noTitle: true, noCaption: true }), draw);
  assert.ok(bare.height < whole.height - 30);
  assert.deepEqual([bare.title, bare.caption], [whole.title, whole.caption]);
  assert.ok(!bare.svg.includes(`>${whole.title}</text>`));
});

Deno.test("the style of a figure ends with its drawing, also where that throws", () => {
  const draw = figureGallery.get("spectraFigure")!, before = draw().svg;
  const serif = withFigureStyle(styleOf({ font: "serif" }), draw).svg;
  assert.ok(serif.includes('font-family="DejaVu Serif, serif"') && !serif.includes("DejaVu Sans"));
  assert.throws(() =>
    withFigureStyle({ ...SCREEN_STYLE, width: 400 }, () => {
      throw new Error("no data");
    })
  );
  assert.ok(draw().svg === before);
});

Deno.test("widths are read in all units, and what is none, too narrow or too wide is refused", () => {
  for (const word of ["3.25in", "82.55mm", "8.255cm", "234pt", "312px", " 3.25 IN "]) {
    assert.equal(widthOf(word), 312, word);
  }
  for (const word of ["", "wide", "3.25", "3in", "-4in", "41in", "1e3mm", "4em"]) {
    assert.equal(widthOf(word), null, word);
  }
});
