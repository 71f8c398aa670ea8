import assert from "node:assert/strict";
import { parseHubName, pythiaOnHub } from "../../../lib/checkpoints/hub/hub_name.ts";
import { throwsError } from "../../helpers/throws_error.ts";

Deno.test("a model on the hub is named by owner and name, with or without a revision", () => {
  const repository = "EleutherAI/pythia-1.4b";
  assert.deepEqual(parseHubName(`hf:${repository}`), { repository, revision: null });
  assert.deepEqual(parseHubName(`hf:${repository}@step0`), { repository, revision: "step0" });
  assert.deepEqual(parseHubName("hf:gpt2@refs/pr/1"), {
    repository: "gpt2",
    revision: "refs/pr/1",
  });
});

Deno.test("names that could lead elsewhere are refused", async () => {
  for (
    const name of [
      "hf:",
      "hf:a/b/c",
      "hf:../b",
      "hf:a/..",
      "hf:a/.b",
      "hf:a/b@",
      "hf:a/b@../c",
      "hf:a/b@/c",
      "hf:a/b@x?y",
      "hf:a--b/c",
      "hf:a/b c",
      "hf:https://huggingface.co/a/b",
    ]
  ) {
    await throwsError(() => parseHubName(name), /names no model on the hub; the form is hf:owner/);
  }
});

Deno.test("the bare names of Pythia models stand for EleutherAI's", () => {
  for (const name of ["pythia-14m", "pythia-70m-deduped", "pythia-1.4b", "pythia-12b-deduped"]) {
    assert.deepEqual(pythiaOnHub(name), { repository: `EleutherAI/${name}`, revision: null });
  }
  for (const name of ["pythia-71m", "pythia", "pythia-70m/step0", "gpt2"]) {
    assert.equal(pythiaOnHub(name), null);
  }
});
