/** Figures as papers print them: every one of the gallery at the width of a column and of a page. */

import assert from "node:assert/strict";
import type { Figure } from "neuromfa/figures";
import { SCREEN_STYLE, styleOf, withFigureStyle } from "../../lib/figures/figure_style.ts";
import { categoryColors, PRINT_DASHES, stepColors } from "../../lib/figures/style.ts";
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
    assert.throws(
      () => styleOf({ figureWidth: word }),
      /figureWidth must be a width in in, cm, mm/,
    );
  }
});

/** Lightness of a colour in grey, from 0 to 100 (CIE L*). */
function lightness(color: string): number {
  const [r, g, b] = [1, 3, 5].map((i) => parseInt(color.slice(i, i + 2), 16) / 255)
    .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  const y = 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  return y > 0.008856 ? 116 * Math.cbrt(y) - 16 : 903.3 * y;
}

Deno.test("in grey two lines differ by their dashes, or by 20 steps of lightness where both are solid", () => {
  for (const [i, one] of categoryColors.entries()) {
    for (const other of categoryColors.slice(i + 1)) {
      const [a, b] = [one, other].map((color) => PRINT_DASHES.get(color));
      if (a !== b) continue;
      assert.ok(a === undefined, `${one} and ${other} have the dashes ${a}`);
      assert.ok(Math.abs(lightness(one) - lightness(other)) >= 20, `${one} and ${other}`);
    }
  }
  const steps = stepColors(4).map((color) => {
    const channels = color.match(/\d+/g)!.map((one) => Number(one).toString(16).padStart(2, "0"));
    return lightness(color.startsWith("#") ? color : `#${channels.join("")}`);
  });
  for (const [i, step] of steps.slice(1).entries()) assert.ok(step - steps[i]! >= 10, `${steps}`);
});

Deno.test("lines are dashed in print alone", () => {
  const draw = figureGallery.get("modelsOverTrainingFigure")!;
  const printed = withFigureStyle(styleOf({ figureWidth: "6.75in" }), draw).svg;
  const second = categoryColors[1]!, dashes = PRINT_DASHES.get(second)!;
  const dashed = new RegExp(
    `aria-label="line"[^>]*stroke="${second}"[^>]*stroke-dasharray="${dashes}"`,
  );
  assert.match(printed, dashed);
  assert.doesNotMatch(draw().svg, dashed);
});
