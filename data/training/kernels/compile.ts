/**
 * Compiles the kernels of the training:
 * `deno run --allow-read --allow-write=data --allow-env data/training/kernels/compile.ts`.
 */

import assert from "node:assert/strict";
import asc from "assemblyscript/asc";

/** The module that holds the compiled kernels. */
export const COMPILED: URL = new URL("kernels_wasm.ts", import.meta.url);

/** Compile the kernels, and write the module that holds them. */
export async function compiledKernels(): Promise<string> {
  let binary: Uint8Array | undefined;
  const flags = [
    ...["-O3", "--converge", "--noAssert", "--runtime", "stub", "--enable", "simd"],
    ...["--importMemory", "--noExportMemory", "--initialMemory", "1"],
  ];
  const { error, stderr } = await asc.main(["kernels.ts", ...flags, "--outFile", "kernels.wasm"], {
    readFile: (file) => {
      const source = new URL(file.replace(/\.ts$/, ".as"), import.meta.url);
      try {
        return Deno.readTextFileSync(source);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return null;
        throw error;
      }
    },
    writeFile: (_, contents) => {
      binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  assert.ok(!error && binary, `the kernels do not compile:\n${stderr}`);
  const lines = binary.toBase64().match(/.{1,96}/g)!.join("\n");
  const comment = "/** kernels.as as WebAssembly, in base64: compile.ts makes it. */";
  return `${comment}\nexport const binary = \`\n${lines}\n\`;\n`;
}

if (import.meta.main) await Deno.writeTextFile(COMPILED, await compiledKernels());
