import assert from "node:assert/strict";
import { planLines } from "../../notebooks/reproduce/plan_lines.ts";

Deno.test("a plan is a table with a line for all together, and says what it counts on", () => {
  const cost = { bytes: 2.5e9, kept: 2.4e9, there: 1e6, requests: 1234, seconds: 100 };
  const none = { bytes: 0, kept: 0, there: 2.4e9, requests: 0, seconds: 0 };
  const plan = {
    notebooks: [{ notebook: "01_a", ...cost }, { notebook: "02_b", ...none }],
    total: cost,
    link: { latency: 0.0512, bandwidth: 25e6, lanes: 16 },
    linkIs: "measured" as const,
  };
  assert.deepEqual(planLines(plan, "/cache"), [
    "notebook      to move   there  requests   time",
    "01_a           2.5 GB    1 MB     1,234  100 s",
    "02_b                –  2.4 GB         0      –",
    "all together   2.5 GB    1 MB     1,234  100 s",
    "Each notebook is counted as if it were run alone; what several read is moved once.",
    "Time: at 25 MB/s and 0.051 s a request, as the headers came.",
    "On disk: 2.4 GB more in /cache. Configs and headers are there already.",
  ]);
  const given = planLines({ ...plan, linkIs: "given" }, "/cache");
  assert.match(given.join("\n"), /a request, as --rate says\.$/m);
  const assumed = planLines({ ...plan, linkIs: "assumed" }, "/cache");
  assert.match(
    assumed.join("\n"),
    /a request, which is assumed: --rate takes what your link has\.$/m,
  );
});
