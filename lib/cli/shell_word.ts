/** Words for a shell: what is printed can be pasted there. */

/** A word as a shell reads it, whatever is in it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A command line of `deno task neuromfa` as it was given, but for what is secret in it. */
export function commandLine(args: readonly string[]): string {
  const words = args.map((arg) => shellWord(withoutSecrets(arg)));
  return ["deno task neuromfa", ...words].join(" ");
}

/** A word without a token of the hub, and an address without a password or a query. */
function withoutSecrets(word: string): string {
  return word.replaceAll(/hf_\w+/g, "hf_…").replaceAll(/(?<=:\/\/)[^/@\s]*@/g, "…@")
    .replace(/(?<=:\/\/[^?]*\?).*/s, "…");
}
