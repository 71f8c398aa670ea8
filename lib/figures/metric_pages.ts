/** Metrics on several pages, where there are more than one figure can show. */

/** Most metrics of a page. */
export const METRICS_A_PAGE = 12;
/** Most pages; nobody looks through more. */
const MOST_PAGES = 25;

/** The rows of some metrics, which are drawn together. */
export interface MetricPage<Row> {
  /** The rows. */
  readonly rows: readonly Row[];
  /** What is put behind the name of a file: nothing where there is one page alone. */
  readonly suffix: string;
  /** What the caption says of the page, with a space behind; empty where there is one alone. */
  readonly caption: string;
}

/**
 * Rows of many metrics in pages, metrics in the order in which they come.
 *
 * @param model The model's name, for the message.
 * @param rows Rows of metrics.
 * @throws {RangeError} If there are more metrics than can be drawn.
 */
export function metricPages<Row extends { readonly metric: string }>(
  model: string,
  rows: readonly Row[],
): MetricPage<Row>[] {
  const metrics = [...Map.groupBy(rows, ({ metric }) => metric).values()];
  const count = Math.ceil(metrics.length / METRICS_A_PAGE);
  if (count > MOST_PAGES) {
    throw new RangeError(
      `${model} has scores of ${metrics.length} metrics, and at most ${
        MOST_PAGES * METRICS_A_PAGE
      } are drawn; name some of them with --metrics`,
    );
  }
  return Array.from({ length: count }, (_, i) => {
    const first = i * METRICS_A_PAGE, own = metrics.slice(first, first + METRICS_A_PAGE);
    const isAlone = count === 1;
    return {
      rows: own.flat(),
      suffix: isAlone ? "" : `_${i + 1}`,
      caption: isAlone
        ? ""
        : `Page ${i + 1} of ${count}, metrics ${first + 1} to ${
          first + own.length
        } of ${metrics.length}. `,
    };
  });
}
