/** Whether viewers of SVG have the font that figures are laid out in; PNG files are drawn with one that is bundled. */

import type { Finding } from "./finding.ts";
import type { Machine } from "./machine.ts";

const FAMILY = "DejaVu Sans";

/** Asks fontconfig which font it would take; where there is none, as on Windows and macOS, nothing is said. */
export async function checkFonts(machine: Machine): Promise<Finding[]> {
  const ended = await machine.run("fc-match", ["--format=%{family}", FAMILY]);
  if (ended === null || !ended.success) return [];
  const family = ended.printed.trim();
  const about = { what: "font of SVG", onlyFor: "SVG in a viewer" } as const;
  if (family.split(",").includes(FAMILY)) return [{ ...about, status: "ok", found: family }];
  const remedy =
    "install DejaVu Sans (Debian: apt install fonts-dejavu-core); PNG files need no font";
  return [{
    ...about,
    status: "missing",
    found: `${family || "no font"} in place of ${FAMILY}`,
    remedy,
  }];
}
