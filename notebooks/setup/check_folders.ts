/** Whether results can be written. */

import { join } from "node:path";
import { checkWritable } from "../../lib/files/check_writable.ts";
import type { Finding } from "./finding.ts";
import type { Machine } from "./machine.ts";

/** The folders that are written to, and what writes there. */
const FOLDERS = { results: "deno task reproduce", out: "notebooks in Jupyter" } as const;

/** Tries each folder, or the one it would be made in; nothing is left there. */
export async function checkFolders({ project }: Machine): Promise<Finding[]> {
  return await Promise.all(
    Object.entries(FOLDERS).map(async ([name, by]): Promise<Finding> => {
      const what = `${name}/`;
      try {
        await checkWritable(join(project, name));
        return { what, status: "ok", found: "can be written to" };
      } catch (error) {
        const remedy = `make ${join(project, name)} a folder that you may write to, or copy the ` +
          `project to where you may; ${by} ${
            by.startsWith("deno") ? "takes --out too" : "take NEUROMFA_RESULTS too"
          }`;
        return { what, status: "broken", found: (error as Error).message.split(";")[0]!, remedy };
      }
    }),
  );
}
