/** Whether Jupyter can open a notebook. */

import type { Finding } from "./finding.ts";
import type { Machine } from "./machine.ts";

const INSTALL =
  "install it (Debian: apt install jupyter-notebook; with Python: pip install jupyterlab), or use VS Code or " +
  "deno task reproduce, which do without";

/** Asks JupyterLab, then Jupyter Notebook, for its version. */
export async function checkJupyter(machine: Machine): Promise<Finding[]> {
  const about = { what: "Jupyter", onlyFor: "notebooks in Jupyter" } as const;
  for (const program of ["lab", "notebook"]) {
    const ended = await machine.run("jupyter", [program, "--version"]);
    if (ended === null) {
      return [{
        ...about,
        status: "missing",
        found: "no program jupyter on PATH",
        remedy: INSTALL,
      }];
    }
    const [version] = ended.printed.match(/^\d+\.[\d.]+$/m) ?? [];
    if (ended.success && version !== undefined) {
      return [{ ...about, status: "ok", found: `jupyter ${program} ${version}` }];
    }
  }
  const found = "jupyter is there, but neither jupyter lab nor jupyter notebook starts";
  return [{ ...about, status: "broken", found, remedy: INSTALL }];
}
