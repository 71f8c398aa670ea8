/** Loads the library and draws a word with its own font: what `deno task doctor` runs in a process with nothing to fetch. */

import "../../mod.ts";
import { BUNDLED_FAMILY } from "../../lib/figures/render/font.ts";
import { toPng } from "../../lib/figures/render/to_png.ts";

const drawn = (text: string) =>
  toPng(
    `<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30">` +
      `<text x="5" y="20" font-family="${BUNDLED_FAMILY}">${text}</text></svg>`,
  );

const [word, nothing] = await Promise.all([drawn("α₀ τ(q)"), drawn("")]);
// Without a font the place of the word stays white.
if (word.length <= nothing.length) throw new Error("the bundled font draws no letters");
