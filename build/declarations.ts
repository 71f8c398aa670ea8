/** The types of an entry and of all that it names, as TypeScript declares them. */

import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const lib = fileURLToPath(new URL("../lib/", import.meta.url));

/** What the declarations name of packages, said here so that nobody has to install these for their types. */
const PACKAGES: Readonly<Record<string, string>> = {
  valibot: `/** What checks a value. */
export interface GenericSchema<Input = unknown, Output = Input> {
  readonly "~types"?: { readonly input: Input; readonly output: Output } | undefined;
}
`,
};

/**
 * The declarations of an entry for browsers.
 *
 * @param entry Its path in `lib`, such as `rooms/browser.ts`.
 * @returns The declarations by their path: `rooms/browser.d.ts` and all files that it leads to.
 * @throws {Error} If one leads to a package, whose types would not be there.
 */
export function declarationsOf(entry: string): Map<string, string> {
  const options: ts.CompilerOptions = {
    ...{ declaration: true, emitDeclarationOnly: true, removeComments: false, strict: true },
    ...{
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,

      noCheck: true,
    },
    ...{ allowImportingTsExtensions: true, rootDir: lib, outDir: "/", types: [] },
    ...{ target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext },
    ...{
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
    },
  };
  const host = ts.createCompilerHost(options);
  host.resolveModuleNameLiterals = (names, file) =>
    names.map(({ text }) => {
      if (!text.startsWith(".")) return { resolvedModule: undefined };
      const path = join(dirname(file), text), twin = path.replace(/\.ts$/, "_browser.ts");
      const resolvedFileName = ts.sys.fileExists(twin) ? twin : path;
      return { resolvedModule: { resolvedFileName, extension: ts.Extension.Ts } };
    });
  const emitted = new Map<string, string>();
  ts.createProgram([join(lib, entry)], options, host).emit(undefined, (path, text) => {
    emitted.set(relative("/", path).replaceAll("\\", "/").replace("_browser.d.ts", ".d.ts"), text);
  });
  return reachable(entry.replace(/\.ts$/, ".d.ts"), emitted);
}

/** The declarations that one leads to, with names of files as packages have them. */
function reachable(entry: string, emitted: ReadonlyMap<string, string>): Map<string, string> {
  const found = new Map<string, string>(), queue = [entry];
  for (const path of queue) {
    if (found.has(path)) continue;
    const text = emitted.get(path);
    if (text === undefined) throw new Error(`${path} was not declared`);
    let own = text;
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      const declared = PACKAGES[fileName];
      if (declared !== undefined) {
        found.set(`${fileName}.d.ts`, declared);
        own = own.replaceAll(`"${fileName}"`, `"${relative(dirname(path), fileName)}.js"`);
        continue;
      }
      if (!fileName.startsWith(".")) {
        throw new Error(
          `${path} has types of ${fileName}, which the package has not; declare them`,
        );
      }
      queue.push(join(dirname(path), fileName).replace(/\.ts$/, ".d.ts"));
    }
    found.set(path, own.replaceAll(/(["'])(\.[^"']*)\.ts\1/g, "$1$2.js$1"));
  }
  return found;
}
