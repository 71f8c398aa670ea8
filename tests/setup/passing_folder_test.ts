import assert from "node:assert/strict";
import { clearedBy } from "../../notebooks/setup/passing_folder.ts";

Deno.test("folders that runners of packages fill are known by their names", () => {
  const owners = {
    "/root/.npm/_npx/7a40be78/node_modules/@deno/linux-x64-glibc/deno": "npx",
    "C:\\Users\\ada\\AppData\\Local\\npm-cache\\_npx\\7a40\\deno.exe": "npx",
    "/home/ada/.cache/pnpm/dlx/4f/node_modules/deno/deno": "pnpm",
    "/tmp/bunx-0-deno@latest/node_modules/deno": "bunx",
    "/home/ada/.cache/somewhere/deno": "whoever clears caches",
  };
  for (const [path, owner] of Object.entries(owners)) assert.equal(clearedBy(path), owner, path);
});

Deno.test("the usual places of Deno last", () => {
  for (
    const path of [
      ...[
        "/usr/local/bin/deno",
        "/home/ada/.deno/bin/deno",
        "/opt/homebrew/Cellar/deno/2.9.6/bin/deno",
      ],
      ...["/usr/lib/node_modules/deno/deno", "/home/ada/npx/deno", "/srv/caches-of-ada/deno"],
    ]
  ) assert.equal(clearedBy(path), null, path);
});
