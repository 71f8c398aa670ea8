/** Metrics on several pages, where there are more than one figure can show. */

/** Most metrics of a page. */
const METRICS_A_PAGE = 12;
/** Most pages; nobody looks through more. */
const MOST_PAGES = 25;

/** Rows of many metrics in pages, in the order in which they come, each with what its file and its caption say of it. */
export function metricPages<Row extends { readonly metric: string }>(
  model: string,
  rows: readonly Row[],
) {
  const metrics = [...Map.groupBy(rows, ({ metric }) => metric).values()];
  const count = Math.ceil(metrics.length / METRICS_A_PAGE);
  if (count > MOST_PAGES) {
    throw new RangeError(
      `${model} has scores of ${metrics.length} metrics, and at most ` +
        `${MOST_PAGES * METRICS_A_PAGE} are drawn; name some of them with --metrics`,
    );
  }
  return Array.from({ length: count }, (_, i) => {
    const first = i * METRICS_A_PAGE, own = metrics.slice(first, first + METRICS_A_PAGE);
    const rows = own.flat(), last = first + own.length;
    if (count === 1) return { rows, suffix: "", caption: "" };
    const which = `metrics ${first + 1} to ${last} of ${metrics.length}`;
    return { rows, suffix: `_${i + 1}`, caption: `Page ${i + 1} of ${count}, ${which}. ` };
  });
}
