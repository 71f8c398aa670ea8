/** Tensors of every kind that torch itself wrote in both of its forms, with their values. */

/** A tensor of `expected.json`; its values are in row-major order. */
export interface ExpectedTensor {
  dtype: string;
  shape: number[];
  stride: number[];
  storage_offset: number;
  values: number[];
}

const folder = new URL("./checkpoints/torch_variants/", import.meta.url);

/** The file in one of its forms, and the tensors in it. */
export function torchVariants(
  form: "zip" | "legacy",
): { bytes: Uint8Array; expected: Record<string, ExpectedTensor> } {
  return {
    bytes: Deno.readFileSync(new URL(`${form}.bin`, folder)),
    expected: JSON.parse(Deno.readTextFileSync(new URL("expected.json", folder))),
  };
}
