/** The explorer with a model on a hub, in Chromium. */

import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { syntheticCheckpoint } from "../golden/synthetic_checkpoint.ts";
import { failure, type HubFaults, servedFolder, serveHub } from "../helpers/hub_server.ts";
import { hasChromium } from "../long/chromium.ts";
import { faultOf, openPage, startExplorer, tableOf, until, whenDrawn } from "./explorer_page.ts";

const repository = "EleutherAI/pythia-14m";
const ignore = !await hasChromium();

async function branches() {
  const folders = await Promise.all(([0, 512] as const).map(async (step) => [
    `step${step}`,
    await servedFolder(await syntheticCheckpoint("pythia-14m", step)),
  ]));
  return { main: {}, ...Object.fromEntries(folders) };
}

async function lookUp(page: Page, name: string): Promise<void> {
  await page.getByLabel("Model on the Hugging Face hub").fill(name);
  await page.getByRole("button", { name: "Look it up" }).click();
}

Deno.test({
  name: "a model on a hub is read after its plan was confirmed, and not before",
  ignore,
  async fn() {
    await using hub = serveHub(repository, await branches(), { isOpenToPages: true });
    await using explorer = await startExplorer(hub.url);
    const { page, complaints } = await openPage(
      explorer.browser,
      `${explorer.address}#samples=2&steps=0,4096`,
    );
    await whenDrawn(page);
    await lookUp(page, repository);
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
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name:
    "a hub that refuses is answered in words, with what to do, and a bundled model opens afterwards",
  ignore,
  async fn() {
    const faults = { isOpenToPages: true } as HubFaults;
    await using hub = serveHub(repository, await branches(), faults);
    await using explorer = await startExplorer(hub.url);
    const { page, complaints } = await openPage(
      explorer.browser,
      `${explorer.address}#samples=2&steps=0,4096`,
    );
    await whenDrawn(page);
    const refusals: [string, HubFaults, string, RegExp][] = [
      ["404", {}, "nobody/nothing", /nobody\/nothing/],
      [
        "401",
        { token: "secret" },
        repository,
        /gated, private or not there; .* measure it by the command, where HF_TOKEN is set/,
      ],
      ["without CORS", { isOpenToPages: false }, repository, /\(CORS\)/],
    ];
    for (const [kind, fault, name, words] of refusals) {
      Object.assign(faults, { isOpenToPages: true, ...fault });
      if (fault.token === undefined) delete faults.token;
      await lookUp(page, name);
      assert.match(await faultOf(page), words, kind);
      assert.equal(await page.locator("dialog").count(), 0);
      await page.getByLabel("Bundled model").selectOption("suite:nano-32");
      await until(page, `document.querySelector(".status").textContent.startsWith("nano-32: ")`);
      await whenDrawn(page);
      assert.equal(await page.textContent(".state > .fault"), "", kind);
    }
    delete faults.token;
    // One that asks to wait is waited for.
    faults.isOpenToPages = true;
    faults.answer = ({ kind, earlier }) =>
      kind === "refs" && earlier < asked + 1
        ? failure(429, "TooMany", { "retry-after": "1" })
        : null;
    const asked = hub.requests.filter((request) => request.startsWith("refs")).length;
    await lookUp(page, repository);
    await page.waitForSelector("dialog");
    // Chromium itself lists answers that are refusals; the page adds nothing.
    assert.deepEqual(
      complaints.filter((words) =>
        !/^error: (Failed to load resource|Access to fetch)/.test(words)
      ),
      [],
    );
  },
});
