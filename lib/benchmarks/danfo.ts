/** Danfo, loaded when it is first needed. */
import type * as Danfo from "danfojs-node";
import { htmlTable } from "../tables/html_table.ts";
import type { TableRows } from "../tables/table_cells.ts";
import { textTable } from "../tables/text_table.ts";
import { fromFrame } from "./from_frame.ts";

/**
 * Load Danfo and have its frames show themselves in a notebook as other tables do.
 *
 * It needs `--allow-read` and, for a package below it, `--allow-env=NODE_NDEBUG`.
 */
export async function loadDanfo(): Promise<typeof Danfo> {
  // Not written out in `import()`: Deno would fetch it, with its tfjs 370 MB, for any program elsewhere that imports this.
  // Elsewhere there is no import map either, so it has its whole name.
  const name = "npm:danfojs-node@1.1.2";
  const danfo = await import(name) as typeof Danfo;
  Object.defineProperty(danfo.NDframe.prototype, Symbol.for("Jupyter.display"), {
    configurable: true, // so that defining it once more is no error
    value(this: Danfo.DataFrame | Danfo.Series) {
      const rows = this.$isSeries
        ? seriesRows(this as Danfo.Series)
        : fromFrame(this as Danfo.DataFrame);
      if (rows.length === 0) return { "text/plain": `no row; columns: ${this.columns.join(", ")}` };
      return { "text/html": htmlTable(rows), "text/plain": textTable(rows) };
    },
  });
  return danfo;
}

function seriesRows(series: Danfo.Series): TableRows {
  const name = String(series.columns[0]);
  return Array.from(series.values as ArrayLike<unknown>, (value) => ({ [name]: value }));
}
