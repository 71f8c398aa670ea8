import assert from "node:assert/strict";
import { hostRefused } from "../../lib/checkpoints/host_refused.ts";

Deno.test("hostRefused() names the host and says what to do", () => {
  const error = new Deno.errors.NotCapable(
    'Requires net access to "c.org:443", run again with the --allow-net flag',
  );
  assert.match(
    (hostRefused(error) as Error).message,
    /^this run may not connect to c\.org:443, because no flag .* names that host; .* --evals or HF_/,
  );
});

Deno.test("hostRefused() leaves other errors as they are", () => {
  const error = new TypeError("connection refused");
  assert.equal(hostRefused(error), error);
});
