/** Compiles the kernels: `deno task kernels`. */

import assert from "node:assert/strict";
import asc from "assemblyscript/asc";
import { LEAST_PAGES } from "../../lib/networks/full/count_layout.ts";

/**
 * A kernel by its path without an ending, and the least pages of 64 KiB of the memory that it works
 * on.
 */
export interface KernelSource {
  readonly path: URL;
  readonly pages: number;
}

/** All kernels. */
export const kernels: readonly KernelSource[] = [
  { path: kernel("lib/networks/full/count_kernel"), pages: LEAST_PAGES },
  { path: kernel("lib/multifractal/moment_kernel"), pages: 1 },
  { path: kernel("data/training/kernels/kernels"), pages: 1 },
];

function kernel(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}

/** Compile a kernel, and write the module that holds it. */
export async function compiledKernel({ path, pages }: KernelSource): Promise<string> {
  const name = path.pathname.split("/").at(-1)!;
  let binary: Uint8Array | undefined;
  const flags = [
    ...["-O3", "--converge", "--noAssert", "--runtime", "stub", "--enable", "simd"],
    ...["--importMemory", "--noExportMemory", "--initialMemory", `${pages}`],
  ];
  const { error, stderr } = await asc.main([`${name}.ts`, ...flags, "--outFile", `${name}.wasm`], {
    // AssemblyScript, and the TypeScript beside it that it imports.
    readFile: (file) => {
      return readIfThere(new URL(file.replace(/\.ts$/, ".as"), path)) ??
        readIfThere(new URL(file, path));
    },
    writeFile: (_, contents) => {
      binary = contents as Uint8Array;
    },
    listFiles: () => [],
  });
  assert.ok(!error && binary, `${name}.as does not compile:\n${stderr}`);
  const lines = binary.toBase64().match(/.{1,96}/g)!.join("\n");
  return `/** ${name}.as as WebAssembly: \`deno task kernels\` compiles it. */\nexport const binary = \`\n${lines}\n\`;\n`;
}

function readIfThere(file: URL): string | null {
  try {
    return Deno.readTextFileSync(file);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

if (import.meta.main) {
  for (const source of kernels) {
    await Deno.writeTextFile(`${source.path.pathname}_wasm.ts`, await compiledKernel(source));
  }
}
