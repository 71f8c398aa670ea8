import assert from "node:assert/strict";
import { hostRefused, pauseAskedFor } from "../../../lib/checkpoints/hub/hub_connection.ts";
import { PassingFault, Tries } from "../../../lib/checkpoints/hub/passing_fault.ts";

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

Deno.test("an answer asks to wait by retry-after, or until the window of its rate limit ends", () => {
  const pause = (headers: Record<string, string>) => pauseAskedFor(new Headers(headers));
  assert.equal(pause({}), 0);
  assert.equal(pause({ "retry-after": "2" }), 2000);
  assert.equal(pause({ ratelimit: '"api";r=0;t=41' }), 41_000);
  assert.equal(
    pause({ ratelimit: '"api";r=3;t=41, "resolvers";r=0;t=7', "retry-after": "5" }),
    7000,
  );
  assert.equal(pause({ ratelimit: '"api";r=0;t=1000000038' }), 0);
  assert.equal(pause({ ratelimit: "api;t=x", "retry-after": "soon" }), 0);
});

Deno.test("a wait that a server asks for is said before it begins", async () => {
  const said: string[] = [], stop = new AbortController();
  const tries = new Tries("hf:a/b", {
    pauses: [1, 1],
    onWait: (sentence) => {
      said.push(sentence);
      stop.abort(new Error("enough"));
    },
  });
  await tries.failed(new PassingFault("it answered 503", 10));
  await assert.rejects(
    tries.failed(new PassingFault("it answered 429", 41_000), stop.signal),
    /enough/,
  );
  assert.deepEqual(said, ["hf:a/b: it answered 429 and asks to wait 41 s; waiting"]);
});

Deno.test("a last failure says that what was read is kept only where something was", async () => {
  const failure = new PassingFault("it did not answer");
  const tries = new Tries("hf:a/b", { pauses: [] });
  await assert.rejects(
    tries.failed(failure),
    { message: "hf:a/b could not be read in 1 try: it did not answer; try again later" },
  );
  const later = new Tries("hf:a/b", { pauses: [] });
  later.hasRead = true;
  await assert.rejects(later.failed(failure), /; try again later, what was read is kept$/);
});
