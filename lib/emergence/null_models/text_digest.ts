/** A digest of words that say what something was made of. */

/** SHA-256 of a text in UTF-8, lower-case hex. */
export async function textDigest(text: string): Promise<string> {
  const sha256 = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(sha256).toHex();
}
