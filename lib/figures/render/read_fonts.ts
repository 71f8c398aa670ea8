/** The files of the bundled fonts. */

// Imported so that the package is fetched with the program and its other files can be found beside this one.
import "dejavu-fonts-ttf/package.json" with { type: "json" };

/** The faces of a font. */
export type Faces = Readonly<Record<"regular" | "bold" | "oblique", Uint8Array>>;

/** Where the faces are. */
function addresses(font: "sans" | "serif"): readonly string[] {
  // Each written out: publishing rewrites such names to npm's, but only where it can read them.
  return font === "sans"
    ? [
      import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
      import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
      import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf"),
    ]
    : [
      import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSerif.ttf"),
      import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSerif-Bold.ttf"),
      import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSerif-Italic.ttf"),
    ];
}

/** The bytes of the faces of a bundled font: regular, bold, oblique; reading them needs `--allow-read`. */
export function readFonts(font: "sans" | "serif" = "sans"): Promise<Uint8Array[]> {
  return Promise.all(addresses(font).map((face) => Deno.readFile(new URL(face))));
}

/** The same by their names. */
export async function readFaces(font: "sans" | "serif"): Promise<Faces> {
  const [regular, bold, oblique] = await readFonts(font);
  return { regular: regular!, bold: bold!, oblique: oblique! };
}
