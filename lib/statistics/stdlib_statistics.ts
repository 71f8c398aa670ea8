/** Statistics of @stdlib in one module, to be imported with `defer`: most programs correlate nothing. */

import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import adjustPValues from "@stdlib/stats-padjust";
import ranks from "@stdlib/stats-ranks";

export { adjustPValues, normalQuantile, ranks };
