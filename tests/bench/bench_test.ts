import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

Deno.test("the benchmark prints all of its tables, after it has compared the results", async () => {
  const script = fileURLToPath(new URL("./bench.ts", import.meta.url));
  const flags = ["--allow-read", "--allow-write", "--allow-sys=cpus"];
  const args = ["run", "--no-check", ...flags, `--allow-run=${Deno.execPath()}`, script, "--quick"];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  const printed = new TextDecoder().decode(stdout);
  assert.ok(success, new TextDecoder().decode(stderr));
  for (
    const expected of [
      /Deno 2\./,
      /extract, masses, 61 fits, h128\/6 +[\d.]+ ms +–/,
      /node fractal dimensions, h128\/6 +[\d.]+ ms/,
      /h128\/6 +[\d.]+ ms +1\.00 × the file/,
      /BF16 +[\d.]+ +[\d.]+ +[\d.]+ +\d+ %/,
      /10,485,760 +[\d.]+/,
      /2 draws of permute, h128\/2 +[\d.]+/,
      /2 draws of gaussian, h128\/2 +[\d.]+/,
      /a sample of it with all edges +\d+ MB/,
      /full network of 2 steps, h128\/2 +[\d.]+ s +[\d.]+ s [\d.]+ ×/,
      /of a file +SHA-256 alone\n +[\d.]+ GB\/s +[\d.]+ GB\/s/,
      /to the first network of suite:nano-64 +[\d.]+ s/,
      /all, 27 steps, 10 samples +[\d.]+ GB( +[\d.]+ min){3}/,
      /counting of a plain sum +[\d.]+ % +≥ 65 +(not )?met/,
    ]
  ) assert.match(printed, expected);
});
