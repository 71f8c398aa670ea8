/** The explorer as its readers use it, in Chromium. */

import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { measure } from "../../mod.ts";
import { TOUR } from "../../lib/explorer/page/tour.ts";
import { measureThere } from "./library_in_chromium.ts";
import { singlePage, SUITE } from "../../build/explorer_site.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { hasChromium } from "../long/chromium.ts";
import {
  assertNear,
  bundledExplorer,
  copySteps,
  faultOf,
  openPage,
  seriousFaults,
  startChromium,
  startExplorer,
  tableOf,
  until,
  whenDrawn,
  written,
} from "./explorer_page.ts";

const ignore = !await hasChromium();
const few = "#samples=2&steps=0,512,4096";

Deno.test({
  name:
    "the tables of the page have the library's numbers to the last digit, also after the threshold was dragged and by a link",
  ignore,
  async fn() {
    await using explorer = await startExplorer();
    const { page, complaints } = await openPage(explorer.browser, explorer.address + few);
    await whenDrawn(page);
    const steps = [0, 512, 4096];
    // Engines differ in the last digit of some exponentials: the library is asked in the same one, and here.
    const check = async (options: Parameters<typeof measureThere>[3]) => {
      const there = await measureThere(explorer.browser, explorer.address, steps, options);
      const here = await measure("suite:nano-32", { samples: 2, steps, ...options });
      for (
        const [view, name] of [["emergence", "emergence"], ["spectra", "samples"], [
          "tau",
          "spectra",
        ]] as const
      ) {
        const shown = await tableOf(page, view);
        assert.deepEqual(shown, written(there[name]), view);
        assertNear(shown, written(here[name]));
      }
    };
    await check({});
    const slider = page.getByLabel("Longest edge that counts");
    await slider.focus();
    for (let i = 0; i < 20; i++) await page.keyboard.press("ArrowLeft");
    assert.match(page.url(), /threshold=130/);
    await whenDrawn(page);
    await check({ threshold: 130 });
    const link = page.url();
    await page.goto("about:blank");
    await page.goto(link);
    await whenDrawn(page);
    await check({ threshold: 130 });
    await page.getByLabel("Orders q").fill("-1:1:0.1");
    await page.keyboard.press("Enter");
    await page.getByLabel("Convention").selectOption("reference");
    await until(page, `location.hash.includes("reference")`);
    await whenDrawn(page);
    await check({ threshold: 130, q: { min: -1, max: 1, step: 0.1 }, convention: "reference" });
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name:
    "a folder that was chosen is read here, a file that is none and a run without step 0 are answered in words",
  ignore,
  async fn() {
    await using explorer = await startExplorer();
    await withFolder(async (folder) => {
      const model = `${folder}/<img src=x onerror=alert(1)>`;
      for (const step of [512, 4096]) {
        await Deno.mkdir(`${model}/step${step}`, { recursive: true });
        for (const name of ["model.safetensors", "config.json"]) {
          await Deno.copyFile(
            new URL(`nano-32/step${step}/${name}`, SUITE),
            `${model}/step${step}/${name}`,
          );
        }
      }
      await Deno.writeTextFile(`${folder}/story.txt`, "Once upon a time");
      const { page, complaints } = await openPage(
        explorer.browser,
        explorer.address + "#samples=1",
      );
      const folders = page.locator("input[type=file][webkitdirectory]");
      await folders.setInputFiles(model);
      await until(
        page,
        `document.querySelector("#view-emergence .fault").textContent.includes("step 0")`,
      );
      assert.match(
        (await page.textContent(".status"))!,
        /<img src=x onerror=alert\(1\)>: 2 steps × 1 samples/,
      );
      assert.equal(await page.locator("img").count(), 0);
      await page.locator("input[type=file]").last().setInputFiles(`${folder}/story.txt`);
      assert.match(await faultOf(page), /story\.txt/);
      // The page lives on.
      await page.getByLabel("Bundled model").selectOption("suite:nano-32");
      await whenDrawn(page);
      assert.equal(await page.textContent(".state > .fault"), "");
      assert.deepEqual(complaints, []);
    });
  },
});

Deno.test({
  name: "a folder that is dropped on the page has the numbers that the library finds in it",
  ignore,
  async fn() {
    await using explorer = await startExplorer();
    await withFolder(async (folder) => {
      const model = `${folder}/dropped`;
      await copySteps("nano-32", [0, 4096], model);
      const { page, complaints } = await openPage(explorer.browser, explorer.address + few);
      await whenDrawn(page);
      const browser = await page.context().newCDPSession(page);
      const data = { items: [], files: [model], dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const) {
        await browser.send("Input.dispatchDragEvent", { type, x: 600, y: 300, data });
      }
      await until(page, `document.querySelector(".status").textContent.startsWith("dropped: 2 ")`);
      await whenDrawn(page);
      const { rows } = await measure(model, { samples: 2 });
      assertNear(await tableOf(page, "emergence"), written(rows));
      assert.deepEqual(complaints, []);
    });
  },
});

Deno.test({
  name: "an address with a setting that is none is answered with a sentence, and the page works on",
  ignore,
  async fn() {
    await using explorer = await startExplorer();
    const { page, complaints } = await openPage(explorer.browser, explorer.address + "#treshold=3");
    assert.match(
      await faultOf(page),
      /"treshold", which is no setting; did you mean threshold\?/,
    );
    // It stays until something else is chosen.
    await whenDrawn(page);
    assert.match((await page.textContent(".state > .fault"))!, /"treshold", which is no setting/);
    await page.getByLabel("Samples of each step").fill("2");
    await page.keyboard.press("Enter");
    await until(page, `document.querySelector(".state > .fault").textContent === ""`);
    assert.deepEqual(complaints, []);
  },
});

Deno.test({
  name:
    "the tour leads through seven views by the keyboard alone, and axe finds no serious fault, light and dark",
  ignore,
  async fn() {
    await using explorer = await startExplorer();
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, complaints } = await openPage(explorer.browser, explorer.address + few, {
        colorScheme,
      });
      await whenDrawn(page);
      await page.getByRole("button", { name: "Guided tour" }).press("Enter");
      for (const [i, { title, answer }] of TOUR.entries()) {
        await until(
          page,
          `document.querySelector(".tour h2")?.textContent.startsWith("${i + 1} of 7")`,
        );
        assert.match((await page.textContent(".tour h2"))!, new RegExp(title));
        assert.equal(await page.getByText(answer).isVisible(), false);
        await page.locator(".tour summary").press("Enter");
        assert.equal(await page.getByText(answer).isVisible(), true);
        if (i < TOUR.length - 1) {
          await page.locator(".tour").getByRole("button", { name: "Next" }).press("Enter");
        }
      }
      await page.waitForSelector("#view-map svg");
      await whenDrawn(page);
      await tableOf(page, "emergence");
      assert.deepEqual(await seriousFaults(page), []);
      assert.deepEqual(complaints, []);
      await page.close();
    }
  },
});

Deno.test({
  name: "explorer.html works from a file, offline, with a model inside, and is smaller than 4 MB",
  ignore,
  async fn() {
    const browser = await startChromium();
    try {
      await withFolder(async (folder) => {
        const text = await singlePage(await bundledExplorer(), SUITE);
        assert.ok(new TextEncoder().encode(text).length < 4e6, `${text.length} bytes`);
        await Deno.writeTextFile(`${folder}/explorer.html`, text);
        const address = `${pathToFileURL(`${folder}/explorer.html`).href}${few}`;
        const { page, complaints } = await openPage(browser, address, { offline: true });
        await whenDrawn(page);
        const wanted = await measure("suite:nano-32", { samples: 2, steps: [0, 512, 4096] });
        assertNear(await tableOf(page, "emergence"), written(wanted.emergence));
        for (const kind of ["SVG", "PNG", "CSV"]) {
          const [download] = await Promise.all([
            page.waitForEvent("download"),
            page.locator("#view-emergence .saving").getByText(kind).first().click(),
          ]);
          const bytes = await Deno.readFile(await download.path());
          assert.ok(bytes.length > 100, kind);
        }
        assert.deepEqual(complaints, []);
      });
    } finally {
      await browser.close();
    }
  },
});
