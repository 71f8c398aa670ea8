/** A model with many scores, small. */

import { join } from "node:path";
import { analysisOptions } from "../../lib/runs/analysis_options.ts";
import { saveModelTables } from "../../lib/runs/tables.ts";

/** Numbers from 0 to 1 that are the same in every run of the tests. */
function* seeded(): Generator<number, never, void> {
  for (let state = 1;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/**
 * A model named toy below a folder: scores beside checkpoints that nobody opens, and tables as if these had been measured.
 *
 * @returns The folder of the model, and that of its tables.
 */
export async function scoredModel(
  folder: string,
  metrics: number,
  steps: number,
): Promise<{ source: string; out: string }> {
  const random = seeded(), next = () => random.next().value;
  const [source, out] = [join(folder, "toy"), join(folder, "out")];
  const all = Array.from({ length: steps }, (_, i) => 100 * i);
  const names = Array.from({ length: metrics }, (_, i) => `skill${i + 1}`);
  await Deno.mkdir(join(source, "step0"), { recursive: true });
  const header = ["step", ...names.flatMap((name) => [name, `${name}_stderr`])];
  const rows = all.map((step) => [step, ...names.flatMap(() => [next(), 0.01])]);
  await Deno.writeTextFile(join(source, "scores.csv"), [header, ...rows, []].join("\n"));

  const emergence = all.map((step) => {
    const [E, eLow, eHigh] = step === 0 ? [0, 0, 0] : [next(), 0, 1];
    const spectrum = { alpha0: 1, width: 1 + E };
    return { step, ...spectrum, E, eLow, eHigh, samplesKept: 2, status: "ok" };
  });
  const options = analysisOptions({ samples: 2 });
  const checkpoints = all.map((step) => ({ step, sha256: `${step}` }));
  const record = { model: "toy", options, threshold: 150, checkpoints, versions: {} };
  const fit = { rValue: 1, pValue: 0, stderr: 0 };
  const spectra = [0, 100].flatMap((step) =>
    [-1, 0, 1].map((q) => (
      { step, sample: 0, q, tau: q - 1, ...fit, alpha: 1 - q / 10, fAlpha: 1 - q * q / 4 }
    ))
  );
  await saveModelTables(out, { model: "toy", emergence, spectra, samples: [] }, record);
  return { source, out };
}
