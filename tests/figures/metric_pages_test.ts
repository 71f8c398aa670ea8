import assert from "node:assert/strict";
import { metricPages } from "../../lib/figures/metric_pages.ts";

const rows = (metrics: number) =>
  [0, 1].flatMap((step) =>
    Array.from({ length: metrics }, (_, i) => ({ step, metric: `m${i + 1}` }))
  );

Deno.test("metricPages() keeps up to twelve metrics together, and then names no page", () => {
  assert.deepEqual(metricPages("toy", []), []);
  const [page, ...more] = metricPages("toy", rows(12));
  assert.deepEqual(more, []);
  assert.deepEqual([page!.rows.length, page!.suffix, page!.caption], [24, "", ""]);
});

Deno.test("metricPages() puts more metrics on further pages, and says which they are", () => {
  const pages = metricPages("toy", rows(25));
  assert.deepEqual(pages.map(({ suffix }) => suffix), ["_1", "_2", "_3"]);
  assert.deepEqual(pages.map(({ rows }) => rows.length), [24, 24, 2]);
  assert.deepEqual(pages[2]!.rows.map(({ metric }) => metric), ["m25", "m25"]);
  assert.equal(pages[1]!.caption, "Page 2 of 3, metrics 13 to 24 of 25. ");
});

Deno.test("metricPages() refuses more metrics than anybody looks through", () => {
  assert.equal(metricPages("toy", rows(300)).length, 25);
  assert.throws(
    () => metricPages("toy", rows(301)),
    /^RangeError: toy has scores of 301 metrics, and at most 300 are drawn; name some .* --metrics$/,
  );
});
