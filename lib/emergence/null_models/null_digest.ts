/** The digest of a null model's weights, without making them. */
import type { NullModelOptions } from "./null_kind.ts";

/**
 * SHA-256, as lower-case hex, over the digests of what a null model is made from and what decides it: equal for
 * equal weights, and none that a file of weights has.
 */
export async function nullDigest(
  { kind, draw, seed }: NullModelOptions,
  ...digests: readonly (Promise<string> | string | undefined)[]
): Promise<string> {
  const made = (await Promise.all(digests)).filter((digest) => digest !== undefined);
  const text = [...made, `null model ${kind}, draw ${draw}, seed ${seed}`].join("\n");
  const sha256 = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(sha256).toHex();
}
