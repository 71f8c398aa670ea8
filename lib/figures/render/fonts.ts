/** The one font family of all figures, bundled so that a PNG shows the letters that a browser shows. */

// Imported so that the package is fetched with the program and its other files can be found beside this one.
import "dejavu-fonts-ttf/package.json" with { type: "json" };

/** CSS font family of every figure. */
export const fontFamily: string = "DejaVu Sans, sans-serif";

/** Family that the font files call themselves. */
export const bundledFamily: string = "DejaVu Sans";

/**
 * The bytes of the bundled faces: regular, bold, oblique.
 *
 * @throws {Error} If the font files cannot be read; reading them needs `--allow-read`.
 */
export function readFonts(): Promise<Uint8Array[]> {
  // Each written out: publishing rewrites such names to npm's, but only where it can read them.
  const faces = [
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf"),
  ];
  return Promise.all(faces.map((face) => Deno.readFile(new URL(face))));
}
