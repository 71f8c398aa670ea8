/** The static site that `deno task explore --build` writes, served by a host that knows nothing of it. */

import assert from "node:assert/strict";
import { join } from "node:path";
import { measure } from "../../mod.ts";
import { SITE_MODELS } from "../../build/explorer_site.ts";
import { exists, listFiles } from "../../lib/files/list_files.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { hasChromium } from "../long/chromium.ts";
import { PROJECT } from "../long/run_in_project.ts";
import {
  assertNear,
  openPage,
  startChromium,
  tableOf,
  whenDrawn,
  written,
} from "./explorer_page.ts";

/** Runs the task from a folder. */
async function explore(cwd: string, ...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["task", "--quiet", "--config", join(PROJECT, "deno.json"), "explore", ...args],
    ...{ cwd, env: { NO_COLOR: "1", INIT_CWD: cwd }, stdin: "null" } as const,
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out: out!, err: err! };
}

Deno.test("a site is written with the models that are named, or not at all", () =>
  withFolder(async (folder) => {
    const refused = await explore(folder, "--build", "site", "--models", "nano-23");
    assert.equal(refused.code, 1);
    assert.match(refused.err, /^there is no bundled model "nano-23"; did you mean "nano-32"\?$/m);
    assert.ok(!await exists(join(folder, "site")));
    const served = await explore(folder, "--models", "nano-32");
    assert.match(served.err, /--models is about a site that --build writes/);
    const written = await explore(folder, "--build", "site", "--models", "nano-32,nano-mlp");
    assert.equal(written.code, 0, written.err);
    const files = await listFiles(join(folder, "site"));
    const tops = [...new Set(files.map((path) => path.split("/").slice(0, 2).join("/")))];
    assert.deepEqual(tops.filter((path) => !path.startsWith("models/")), [
      ...["explorer.css", "explorer.html", "explorer.js", "index.html"],
    ]);
    assert.deepEqual(tops.filter((path) => path.startsWith("models/")), [
      ...["models/nano-32", "models/nano-mlp"],
    ]);
  }));

Deno.test({
  name: "the static site measures its models on any host, and has the small ones alone",
  ignore: !await hasChromium(),
  fn: () =>
    withFolder(async (folder) => {
      const { code, err } = await explore(folder, "--build", "a site");
      assert.equal(code, 0, err);
      const site = join(folder, "a site");
      let bytes = 0;
      for (const path of await listFiles(site)) bytes += (await Deno.stat(join(site, path))).size;
      assert.ok(bytes < 30e6, `${bytes} bytes`);
      const types = { html: "text/html", js: "text/javascript", css: "text/css" };
      const server = Deno.serve(
        { hostname: "127.0.0.1", port: 0, onListen() {} },
        async (request) => {
          const path = decodeURIComponent(new URL(request.url).pathname).replace(
            /\/$/,
            "/index.html",
          );
          const body = await Deno.readFile(join(site, path)).catch(() => null);
          const type = types[path.split(".").at(-1) as keyof typeof types];
          return new Response(body, {
            status: body === null ? 404 : 200,
            headers: type === undefined ? {} : { "content-type": type },
          });
        },
      );
      const browser = await startChromium();
      try {
        const { page, complaints } = await openPage(
          browser,
          `http://127.0.0.1:${server.addr.port}/#model=suite:nano-mlp&samples=2`,
        );
        await whenDrawn(page);
        const { rows } = await measure("suite:nano-mlp", { samples: 2 });
        assertNear(await tableOf(page, "emergence"), written(rows));
        const options = await page.getByLabel("Bundled model").locator("option").allTextContents();
        for (const name of SITE_MODELS) {
          assert.ok(options.some((text) => text.includes(name)), name);
        }
        assert.ok(!options.some((text) => text.includes("nano-96")));
        assert.deepEqual(complaints, []);
      } finally {
        await browser.close();
        await server.shutdown();
      }
    }),
});
