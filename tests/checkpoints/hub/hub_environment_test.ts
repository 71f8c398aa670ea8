import assert from "node:assert/strict";
import { hubEnvironment } from "../../../lib/checkpoints/hub/hub_environment.ts";
import { parseHubName, pythiaOnHub } from "../../../lib/checkpoints/hub/hub_name.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { withFolder } from "../../helpers/with_folder.ts";

const environmentOf = (variables: Record<string, string>) =>
  hubEnvironment((name) => variables[name]);

Deno.test("without variables the public hub and the usual folder are used", () =>
  withFolder(async (folder) => {
    assert.deepEqual(await environmentOf({ XDG_CACHE_HOME: folder }), {
      endpoint: "https://huggingface.co",
      token: null,
      cache: `${folder}/huggingface/hub`,
      offline: false,
    });
    const tilde = { HOME: folder, HF_ENDPOINT: "", HF_HUB_CACHE: "~/models" };
    assert.equal((await environmentOf(tilde)).cache, `${folder}/models`);
    const { cache } = await environmentOf({ USERPROFILE: folder });
    assert.equal(cache, `${folder}/.cache/huggingface/hub`);
    await throwsError(() => environmentOf({}), /^there is no home folder .*; set HF_HOME to one$/);
  }));

Deno.test("the token is HF_TOKEN, else what the token's file says", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/token`, "hf_file\n");
    await Deno.writeTextFile(`${folder}/other`, "hf_other");
    assert.equal((await environmentOf({ HF_HOME: folder })).token, "hf_file");
    const other = { HF_HOME: folder, HF_TOKEN_PATH: `${folder}/other` };
    assert.equal((await environmentOf(other)).token, "hf_other");
    const old = { ...other, HUGGING_FACE_HUB_TOKEN: "hf_old" };
    assert.equal((await environmentOf(old)).token, "hf_old");
    assert.equal((await environmentOf({ ...old, HF_TOKEN: " hf_own " })).token, "hf_own");
    assert.equal((await environmentOf({ HF_HOME: folder })).cache, `${folder}/hub`);
  }));

Deno.test("HF_HUB_OFFLINE counts as set by the values that Hugging Face's tools take", async () => {
  for (
    const [value, offline] of [["1", true], ["YES", true], ["on", true], ["0", false]] as const
  ) {
    const variables = { HF_HUB_OFFLINE: value, HF_TOKEN: "hf_x", HF_HOME: "/x" };
    assert.equal((await environmentOf(variables)).offline, offline);
  }
});

Deno.test("HF_ENDPOINT loses its last slash and must be a web address", async () => {
  const { endpoint } = await environmentOf({
    HF_HOME: "/x",
    HF_ENDPOINT: "http://mirror.example/hf/",
  });
  assert.equal(endpoint, "http://mirror.example/hf");
  for (const HF_ENDPOINT of ["mirror.example", "file:///tmp"]) {
    await throwsError(
      () => environmentOf({ HF_HOME: "/x", HF_ENDPOINT }),
      /^HF_ENDPOINT is ".*", which is no web address; set it to one like https/,
    );
  }
});

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
  for (
    const name of [
      ...["pythia-14m", "pythia-70m-deduped", "pythia-1.4b", "pythia-12b-deduped"],
      ...["pythia-14m-seed3", "pythia-160m-data-seed1", "pythia-410m-weight-seed2"],
    ]
  ) {
    assert.deepEqual(pythiaOnHub(name), { repository: `EleutherAI/${name}`, revision: null });
  }
  for (const name of ["pythia-71m", "pythia", "pythia-70m/step0", "gpt2"]) {
    assert.equal(pythiaOnHub(name), null);
  }
});
