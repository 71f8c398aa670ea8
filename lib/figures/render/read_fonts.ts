/** The files of the bundled font. */

// Imported so that the package is fetched with the program and its other files can be found beside this one.
import "dejavu-fonts-ttf/package.json" with { type: "json" };

/** The bytes of the bundled faces: regular, bold, oblique; reading them needs `--allow-read`. */
export function readFonts(): Promise<Uint8Array[]> {
  // Each written out: publishing rewrites such names to npm's, but only where it can read them.
  const faces = [
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
    import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Oblique.ttf"),
  ];
  return Promise.all(faces.map((face) => Deno.readFile(new URL(face))));
}
