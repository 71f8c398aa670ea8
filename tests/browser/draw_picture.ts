/** Draws the picture of the explorer in its guide: `deno run --allow-all tests/browser/draw_picture.ts`. */

import { fileURLToPath } from "node:url";
import { openPage, startExplorer, whenDrawn } from "./explorer_page.ts";

await using explorer = await startExplorer();
const { page } = await openPage(explorer.browser, explorer.address, {
  viewport: { width: 1280, height: 860 },
});
await whenDrawn(page);
await page.screenshot({
  path: fileURLToPath(new URL("../../lib/explorer/explorer.png", import.meta.url)),
});
