import assert from "node:assert/strict";
import { withoutNotices } from "../../notebooks/reproduce/without_notices.ts";

Deno.test("withoutNotices() leaves out what quotes numbers, with the list below it, and keeps the rest", () => {
  const source = `Before.

**Notice:** in plain words:

- **One.** 0.5 of it.
- Two.

1. Third.

## Try

1. This stays.
`;
  assert.equal(
    withoutNotices(source, "nano-64"),
    "Before.\n\n*Notice* is left out here: it quotes numbers of nano-64.\n\n## Try\n\n1. This stays.\n",
  );
  assert.equal(withoutNotices("No such thing.\n", "nano-64"), "No such thing.\n");
});
