/** What decides how figures look where they are printed. */

import * as v from "valibot";
import { choice, type DefaultedOption, onOff, type Option, shaped } from "./option.ts";
import { LEAST_WIDTH, MOST_WIDTH, widthOf } from "./figure_width.ts";

/** The options of figures. */
export const FIGURE_OPTIONS = {
  /** Printed width, such as `3.25in` or `84mm`; as wide as on a screen unless given. */
  figureWidth: shaped<string>({
    schema: v.pipe(v.string(), v.check((word) => widthOf(word) !== null)) as v.GenericSchema<
      unknown,
      string
    >,
    values: `a width in in, cm, mm, pt or px, from ${LEAST_WIDTH}in to ${MOST_WIDTH}in`,
  }, {
    help: "printed width of figures, such as 3.25in for a column or 6.75in for a page; no text " +
      "is smaller than 6 points then",
    otherwise: "640px, as on a screen",
  }) as Option<string>,
  /** Draw no title. */
  noTitle: onOff({ help: "draw no title above figures" }) as DefaultedOption<boolean>,
  /** Draw no caption. */
  noCaption: onOff({
    help: "draw no caption below figures; figures.tex has it",
  }) as DefaultedOption<boolean>,
  /** The font of figures: `sans`, DejaVu Sans, unless given. */
  font: choice(["sans", "serif"], {
    default: "sans",
    help: "font of figures: DejaVu Sans or DejaVu Serif",
  }) as DefaultedOption<"sans" | "serif">,
  /** Write figures as PDF too. */
  pdf: onOff({
    help: "write figures as PDF too, with their fonts in it, and a figures.tex that includes them",
  }) as DefaultedOption<boolean>,
};
