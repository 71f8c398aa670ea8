/** The explorer with a model on a hub, in Chromium. */

import assert from "node:assert/strict";
import { syntheticCheckpoint } from "../golden/synthetic_checkpoint.ts";
import { servedFolder, serveHub } from "../helpers/hub_server.ts";
import { hasChromium } from "../long/chromium.ts";
import { openPage, startExplorer, tableOf, until, whenDrawn } from "./explorer_page.ts";

const repository = "EleutherAI/pythia-14m";
const ignore = !await hasChromium();

async function branches() {
  const folders = await Promise.all(([0, 512] as const).map(async (step) => [
    `step${step}`,
    await servedFolder(await syntheticCheckpoint("pythia-14m", step)),
  ]));
  return { main: {}, ...Object.fromEntries(folders) };
}

Deno.test({
  name: "a model on a hub is read after its plan was confirmed, and not before",
  ignore,
  async fn() {
    await using hub = serveHub(repository, await branches());
    // The test's hub lets no other page read its answers, as the real one does.
    await using explorer = await startExplorer(hub.url, ["--disable-web-security"]);
    const { page, complaints } = await openPage(
      explorer.browser,
      `${explorer.address}#samples=2&steps=0,4096`,
    );
    await whenDrawn(page);
    await page.getByLabel("Model on the Hugging Face hub").fill(repository);
    await page.getByRole("button", { name: "Look it up" }).click();
    await until(
      page,
      `document.querySelector("dialog") !== null || document.querySelector(".state > .fault").textContent !== ""`,
    );
    assert.equal(await page.textContent(".state > .fault"), "");
    assert.match((await page.textContent("dialog"))!, /[\d.]+ [kM]B of [\d.]+ MB/);
    const before = hub.bytes;
    await page.getByRole("button", { name: "Read them" }).click();
    await until(
      page,
      `document.querySelector(".status").textContent.startsWith("pythia-14m: 2 steps")`,
    );
    await whenDrawn(page);
    assert.ok(hub.bytes > before);
    assert.deepEqual((await tableOf(page, "emergence")).slice(1).map(([step]) => step), [
      "0",
      "512",
    ]);
    await page.getByLabel("Model on the Hugging Face hub").fill("nobody/nothing");
    await page.getByRole("button", { name: "Look it up" }).click();
    await until(page, `document.querySelector(".state > .fault").textContent !== ""`);
    assert.match((await page.textContent(".state > .fault"))!, /nobody\/nothing/);
    assert.deepEqual(complaints.filter((words) => !/status of 40[14]/.test(words)), []);
  },
});
