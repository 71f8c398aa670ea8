/** How long the explorer takes to draw E again, in Chromium: `deno run --allow-all tests/browser/measure_redraw.ts`. */

import { openPage, startExplorer, whenDrawn } from "./explorer_page.ts";

/** Movements of the slider that are timed, one after another. */
const MOVES = 12;

/** Milliseconds from a movement of the threshold to E redrawn, and those of the longest frame meanwhile. */
export async function measureRedraw(): Promise<
  { readonly redraw: number[]; readonly frame: number }
> {
  await using explorer = await startExplorer();
  const address = `${explorer.address}#model=suite:nano-64&samples=3`;
  const { page } = await openPage(explorer.browser, address);
  await whenDrawn(page);
  const redraw = await page.evaluate(`(async () => {
    const slider = [...document.querySelectorAll("input[type=range]")].find((one) => one.max === "300");
    const times = [];
    globalThis.longest = 0;
    let last = performance.now(), isOver = false;
    const frame = (now) => {
      globalThis.longest = Math.max(globalThis.longest, now - last);
      last = now;
      if (!isOver) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    for (let i = 0; i < ${MOVES}; i++) {
      performance.clearMarks();
      const began = performance.now();
      slider.value = String(149 - i);
      slider.dispatchEvent(new Event("input"));
      while (performance.getEntriesByName("neuromfa-redrawn").length === 0) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      times.push(performance.getEntriesByName("neuromfa-redrawn")[0].startTime - began);
      while (document.querySelector(".stale")) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    isOver = true;
    return times;
  })()`) as number[];
  return { redraw, frame: await page.evaluate("globalThis.longest") as number };
}

if (import.meta.main) {
  const { redraw, frame } = await measureRedraw();
  const median = redraw.toSorted((a, b) => a - b)[redraw.length >> 1]!;
  console.log(JSON.stringify({ redraw: median, frame }));
}
