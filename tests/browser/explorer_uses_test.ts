/** What readers of the explorer do to it, in Chromium: they cancel, compare, click, and give it folders of one name. */

import assert from "node:assert/strict";
import { measure, openRun, sampleNetworks } from "../../mod.ts";
import { growBoxes } from "../../lib/networks/grow_boxes.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { hasChromium } from "../long/chromium.ts";
import {
  assertNear,
  copySteps,
  faultOf,
  openPage,
  seriousFaults,
  startExplorer,
  tableOf,
  until,
  whenDrawn,
  written,
} from "./explorer_page.ts";

const ignore = !await hasChromium();
const few = "#samples=2&steps=0,512,4096";
const chosen = { samples: 2, steps: [0, 512, 4096] };

/** A test of one page that must not complain. */
function onPage(
  name: string,
  address: string,
  work: (page: Awaited<ReturnType<typeof openPage>>["page"]) => Promise<void>,
  script?: string,
): void {
  Deno.test({
    name,
    ignore,
    async fn() {
      await using explorer = await startExplorer();
      const where = explorer.address + address;
      const { page, complaints } = await openPage(explorer.browser, where, {}, script);
      await work(page);
      assert.deepEqual(complaints, []);
    },
  });
}

onPage(
  "sampling that is cancelled leaves a page that goes on with other settings",
  "#model=suite:nano-64&samples=60",
  async (page) => {
    await until(page, `document.querySelector("progress").value > 0.02`);
    await page.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await page.textContent(".status"), "Cancelled. Change a setting to go on.");
    assert.equal(await page.getByRole("button", { name: "Cancel" }).isVisible(), false);
    await page.getByLabel("Bundled model").selectOption("suite:nano-32");
    await page.getByLabel("Samples of each step").fill("2");
    await page.keyboard.press("Enter");
    await until(page, `document.querySelector(".status").textContent.includes("× 2 samples")`);
    await whenDrawn(page);
    const { rows } = await measure("suite:nano-32", { samples: 2 });
    assertNear(await tableOf(page, "emergence"), written(rows));
  },
);

onPage("two settings stand side by side, each with the library's numbers", few, async (page) => {
  await whenDrawn(page);
  await page.getByRole("button", { name: "Keep these settings" }).click();
  await page.waitForSelector("#view-compare table");
  const slider = page.getByLabel("Longest edge that counts");
  await slider.focus();
  for (let i = 0; i < 30; i++) await page.keyboard.press("ArrowLeft");
  assert.match(page.url(), /threshold=120/);
  await until(page, `document.querySelector("#view-compare tr:last-child td:last-child") !== null`);
  await whenDrawn(page);
  await until(
    page,
    `document.querySelectorAll("#view-compare svg").length >= 2 && !document.querySelector(".stale")`,
  );
  const [before, now] = await Promise.all(
    [150, 120].map((threshold) => measure("suite:nano-32", { ...chosen, threshold })),
  );
  const wanted = now!.rows.map(({ step, E }, i) => {
    const { E: kept } = before!.rows[i]!;
    return { step, E_A: kept, E_B: E, difference: E - kept };
  });
  const table = await page.evaluate(
    `[...document.querySelectorAll("#view-compare tr")].map((row) => [...row.children].map((cell) => cell.textContent))`,
  ) as string[][];
  assertNear(table, written(wanted));
  // Without what was kept it is gone.
  await page.getByRole("button", { name: "End the comparison" }).click();
  await until(page, `document.querySelector("#view-compare").hidden`);
});

onPage("a neuron that is clicked has the box of its own edges", few, async (page) => {
  await whenDrawn(page);
  const before = await tableOf(page, "box");
  const circles = page.locator("#view-graph circle.clickable");
  await circles.nth(await circles.count() - 1).click();
  await until(page, `/neuron=/.test(location.hash)`);
  await whenDrawn(page);
  const neuron = Number(/neuron=(\d+)/.exec(page.url())![1]);
  const shown = await tableOf(page, "box");
  assert.notDeepEqual(shown, before);
  const run = await openRun("suite:nano-32");
  for await (const { network } of sampleNetworks(run, { samples: 1, steps: [4096] })) {
    const { radii, counts, selected } = growBoxes(network, { threshold: 150 });
    const row = selected.findIndex((position) => network.nodeIds[position] === neuron);
    let mass = 1;
    const wanted = Array.from(
      radii,
      (radius, j) => ({ radius, mass: mass += counts[row * radii.length + j]! }),
    );
    assert.deepEqual(shown, written(wanted));
  }
});

onPage(
  "a browser without workers measures in the page itself, says so, and has the same numbers",
  few,
  async (page) => {
    await whenDrawn(page);
    assert.match((await page.textContent("main > .note"))!, /^This browser allows no workers/);
    const { rows } = await measure("suite:nano-32", chosen);
    assertNear(await tableOf(page, "emergence"), written(rows));
  },
  "delete globalThis.Worker",
);

Deno.test({
  name: "a second folder of the same name is read anew, the graph and the map with it",
  ignore,
  async fn() {
    await using explorer = await startExplorer();
    await withFolder(async (folder) => {
      const folders = await Promise.all(["nano-32", "nano-32-nodecay"].map(async (model) => {
        const path = `${folder}/${model}/mine`;
        await copySteps(model, [0, 4096], path);
        return path;
      }));
      const { page, complaints } = await openPage(
        explorer.browser,
        `${explorer.address}#samples=2&map=true`,
      );
      const input = page.locator("input[type=file][webkitdirectory]");
      const tables: string[][][][] = [];
      for (const path of folders) {
        await page.evaluate(`document.querySelector(".status").textContent = ""`);
        await input.setInputFiles(path);
        await until(page, `document.querySelector(".status").textContent.startsWith("mine: 2 ")`);
        await page.waitForSelector("#view-map svg");
        await whenDrawn(page);
        const { rows } = await measure(path, { samples: 2 });
        assertNear(await tableOf(page, "emergence"), written(rows));
        tables.push([await tableOf(page, "graph"), await tableOf(page, "map")]);
      }
      for (const [i, view] of ["graph", "map"].entries()) {
        assert.notDeepEqual(tables[0]![i], tables[1]![i], view);
      }
      assert.deepEqual(complaints, []);
    });
  },
});

Deno.test({
  name: "weights that are no numbers are refused in words, and the page works on",
  ignore,
  async fn() {
    await using explorer = await startExplorer();
    await withFolder(async (folder) => {
      const model = `${folder}/broken`;
      await copySteps("nano-32", [0, 4096], model);
      const path = `${model}/step4096/model.safetensors`, bytes = await Deno.readFile(path);
      const begin = 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true));
      await Deno.writeFile(path, bytes.fill(0xff, begin));
      const { page, complaints } = await openPage(explorer.browser, explorer.address + few);
      await page.locator("input[type=file][webkitdirectory]").setInputFiles(model);
      assert.match(await faultOf(page), /NaN|no number|not finite/i);
      await page.getByLabel("Bundled model").selectOption("suite:nano-32");
      await whenDrawn(page);
      assert.equal(await page.textContent(".state > .fault"), "");
      assert.deepEqual(complaints, []);
    });
  },
});

for (const [width, colorScheme] of [[400, "dark"], [1280, "light"], [1920, "dark"]] as const) {
  Deno.test({
    name:
      `at ${width} pixels, ${colorScheme}, with a tour, a comparison and a fault, no figure is cut off and axe finds no serious fault`,
    ignore,
    async fn() {
      await using explorer = await startExplorer();
      const compare = encodeURIComponent("#samples=2&threshold=100&steps=0,512,4096");
      const { page, complaints } = await openPage(
        explorer.browser,
        `${explorer.address}${few}&tour=3&map=true&compare=${compare}`,
        { colorScheme, viewport: { width, height: 900 } },
      );
      await whenDrawn(page);
      await page.waitForSelector("#view-map svg");
      const cutOff = await page.evaluate(
        `[...document.querySelectorAll(".figure")].filter((one) => one.scrollWidth > one.clientWidth + 1)
          .map((one) => one.getAttribute("aria-label"))`,
      );
      assert.deepEqual(cutOff, []);
      assert.ok(await page.locator(".figure svg").count() >= 11);
      await page.evaluate(`location.hash += "&tresh=2"`);
      assert.match(await faultOf(page), /tresh/);
      await whenDrawn(page);
      assert.deepEqual(await seriousFaults(page), []);
      assert.deepEqual(complaints, []);
    },
  });
}
