/** The explorer in headless Chromium. */

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { columnName } from "../../lib/files/column_name.ts";
import { cellText } from "../../lib/explorer/page/number_table.ts";
import { type Browser, chromium, type Page } from "playwright-core";
import { explorerServer } from "../../build/explore.ts";
import { explorerParts, SUITE } from "../../build/explorer_site.ts";
import { axeSource } from "./axe_source.ts";

let parts: ReturnType<typeof explorerParts> | undefined;

/** The code of the explorer, bundled once. */
export function bundledExplorer(): ReturnType<typeof explorerParts> {
  return parts ??= explorerParts();
}

/** A Chromium, and the explorer's server. */
export interface ExplorerBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /** The address of the page. */
  readonly address: string;
}

/** Start both. */
export async function startExplorer(
  endpoint?: string,
  flags: readonly string[] = [],
): Promise<ExplorerBrowser> {
  const answer = await explorerServer(await bundledExplorer(), endpoint);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  const browser = await startChromium(flags);
  return {
    browser,
    address: `http://127.0.0.1:${server.addr.port}/`,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await server.shutdown();
    },
  };
}

/** Start Chromium alone. */
export async function startChromium(flags: readonly string[] = []): Promise<Browser> {
  return await chromium.launch({
    executablePath: "/usr/bin/chromium",
    // No sandbox: containers have none, and only our own pages are opened.
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", ...flags],
    timeout: 60_000,
  });
}

/** A page and all that it complains about; a script of the test's own may run before those of the page. */
export async function openPage(
  browser: Browser,
  address: string,
  options: Parameters<Browser["newPage"]>[0] = {},
  script?: string,
): Promise<{ readonly page: Page; readonly complaints: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.setDefaultTimeout(90_000);
  if (script !== undefined) await page.addInitScript(script);
  await page.goto(address);
  return { page, complaints };
}

/** Wait until the page stands still: nothing is stale and nothing is being read. */
export async function whenDrawn(page: Page): Promise<void> {
  await until(
    page,
    `!document.querySelector(".stale") && document.querySelector("#view-nfd svg") !== null`,
  );
}

/** Wait until an expression is true in the page, whose policy keeps Playwright from waiting there. */
export async function until(page: Page, expression: string, seconds = 90): Promise<void> {
  for (const end = Date.now() + 1000 * seconds; !await page.evaluate(expression);) {
    if (Date.now() > end) throw new Error(`it is not so after ${seconds} s: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What is wrong, in the page's own words, once it says so. */
export async function faultOf(page: Page): Promise<string> {
  await until(page, `document.querySelector(".state > .fault").textContent !== ""`);
  return (await page.textContent(".state > .fault"))!;
}

/** A table of the library as the page writes it. */
export function written(rows: readonly object[]): string[][] {
  return [
    Object.keys(rows[0]!).map(columnName),
    ...rows.map((row) => Object.values(row).map(cellText)),
  ];
}

/** Check that two tables are the same but for rounding. */
export function assertNear(table: readonly string[][], other: readonly string[][]): void {
  assert.equal(table.length, other.length);
  for (const [i, row] of table.entries()) {
    for (const [j, cell] of row.entries()) {
      const [a, b] = [Number(cell), Number(other[i]![j])];
      if (cell === other[i]![j] || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a))) continue;
      assert.fail(`row ${i}, ${table[0]![j]}: ${cell} is not ${other[i]![j]}`);
    }
  }
}

/** Copy some steps of a bundled model to a folder. */
export async function copySteps(model: string, steps: readonly number[], folder: string) {
  for (const step of steps) {
    await cp(new URL(`${model}/step${step}`, SUITE), `${folder}/step${step}`, { recursive: true });
  }
}

/** What axe finds that is serious or worse: each rule with a few of its places. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  return await page.evaluate(`axe.run().then(({ violations }) => violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))`);
}

/** The numbers of a view's table, opened if need be: the columns, then the rows, as written. */
export async function tableOf(page: Page, view: string): Promise<string[][]> {
  const details = page.locator(`#view-${view} > details`);
  if (await details.getAttribute("open") === null) await details.locator("summary").click();
  await page.waitForSelector(`#view-${view} table`);
  return await page.evaluate(
    `[...document.querySelectorAll("#view-${view} tr")].map((row) => [...row.children].map((cell) => cell.textContent))`,
  );
}
