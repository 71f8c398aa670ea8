/** A LaTeX file that includes figures, each with its caption and a label. */

/** What LaTeX reads as commands, and the letters of our captions that its fonts may lack. */
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "%": "\\%", "_": "\\_", "&": "\\&" },
  ...{ "#": "\\#", "$": "\\$", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" },
  ...{ "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}" },
  ...{ "α": "$\\alpha$", "τ": "$\\tau$", "−": "$-$", "·": "$\\cdot$", "×": "$\\times$" },
  ...{ "→": "$\\rightarrow$", "↑": "$\\uparrow$", "²": "$^2$", "√": "$\\surd$", "≤": "$\\leq$" },
  ...{ "≥": "$\\geq$", "≈": "$\\approx$", "±": "$\\pm$", "…": "\\ldots{}", "–": "--", "—": "---" },
  ...{ "₀": "$_0$", "₁": "$_1$", "₂": "$_2$", "₄": "$_4$", "₋": "$_-$", "“": "``", "”": "''" },
};

/** A text that LaTeX prints as it is. */
export function escapeTex(text: string): string {
  return [...text.replaceAll(/\s+/g, " ").trim()]
    .map((letter) => ESCAPES[letter] ?? letter).join("");
}

/**
 * The LaTeX of figures, to be read by `\input`; it needs the package graphicx.
 *
 * @param figures For each, its file without extension, seen from the LaTeX file, its title and its caption.
 */
export function figuresTex(
  figures: readonly { readonly path: string; readonly title: string; readonly caption: string }[],
): string {
  const parts = figures.map(({ path, title, caption }) =>
    [
      "\\begin{figure}",
      "  \\centering",
      `  \\includegraphics{\\detokenize{${path}.pdf}}`,
      `  \\caption{${escapeTex(`${title}. ${caption}`)}}`,
      `  \\label{fig:${path.replace(/^.*\//, "").replaceAll(/[^\w-]/g, "-")}}`,
      "\\end{figure}",
      "",
    ].join("\n")
  );
  return ["% Needs \\usepackage{graphicx}. Copy what you use.", "", ...parts].join("\n");
}
