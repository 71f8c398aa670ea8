import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { Rate } from "../../lib/cli/progress_bar.ts";

const module = new URL("../../lib/cli/progress_bar.ts", import.meta.url).href;

Deno.test("where standard error is no terminal the bar leaves plain lines on it and nothing on standard output", async () => {
  const source = `import { startProgressBar } from ${JSON.stringify(module)};
    const bar = startProgressBar("measuring toy", "networks", 4, 1);
    bar.log("step 0 is done");
    bar.update(4, "loss 1.5");
    bar.stop();`;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", "--quiet", source],
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  }).output();
  assert.equal(code, 0);
  assert.equal(stdout.length, 0);
  const lines = new TextDecoder().decode(stderr).trim().split("\n");
  assert.match(lines[0]!, /^measuring toy .* 1\/4 networks · time left unknown$/);
  assert.equal(lines[1], "step 0 is done");
  assert.match(lines.at(-1)!, /^measuring toy .* 4\/4 networks · 0s left · loss 1\.5$/);
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(lines.join("\n"), /\x1b/);
});

Deno.test("Rate tells weights a second since the first report, with two digits", () => {
  let now = 5000;
  const rate = new Rate(() => now);
  rate.saw(0);
  assert.equal(rate.text(), "");
  now += 2000;
  rate.saw(6_400_000);
  assert.equal(rate.text(), "3.2 M weights/s");
  rate.saw(1.35e9);
  assert.equal(rate.text(), "680 M weights/s");
  rate.saw(4e9);
  assert.equal(rate.text(), "2 G weights/s");
  rate.saw(1000);
  assert.equal(rate.text(), "0.5 k weights/s");
});
