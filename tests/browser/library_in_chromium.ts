/** The library itself in Chromium: its public functions, and nothing of the explorer. */

import type { Browser } from "playwright-core";
import { bundleForBrowser } from "../../build/browser_bundle.ts";
import type { MeasureSettings } from "../../lib/explorer/explorer_state.ts";

/** Tables as they are, by name. */
export type Tables = Readonly<Record<"emergence" | "samples" | "spectra", readonly object[]>>;

const ENTRY = `
import {
  degreeOfEmergence, multifractalSpectra, openFiles, sampleNetworks, samplesTable, spectraTable,
} from "./lib/rooms/browser.ts";

globalThis.measureThere = async (address, model, paths, { sampling, spectra }) => {
  const files = await Promise.all(paths.map(async (path) => ({
    path: model + "/" + path, data: await (await fetch(address + model + "/" + path)).blob(),
  })));
  const networks = sampleNetworks(await openFiles(files), sampling);
  const found = await multifractalSpectra(networks, spectra);
  return {
    emergence: degreeOfEmergence(found), samples: samplesTable(found), spectra: spectraTable(found),
  };
};
`;

let bundle: Promise<string> | undefined;

/** Measure a bundled model in Chromium, at an address where the explorer's server has its files. */
export async function measureThere(
  browser: Browser,
  address: string,
  steps: readonly number[],
  { samples = 2, convention = "corrected", ...spectra }: Pick<
    MeasureSettings,
    "samples" | "convention" | "threshold" | "q"
  >,
): Promise<Tables> {
  const code = await (bundle ??= bundleForBrowser("there.ts", {
    format: "iife",
    files: { "there.ts": ENTRY },
  }));
  const context = await browser.newContext({ bypassCSP: true }), page = await context.newPage();
  try {
    await page.goto(`${address}explorer.css`);
    await page.evaluate(code);
    const isReference = convention === "reference";
    const choices = {
      sampling: {
        ...{ samples, steps },
        ...isReference && { qkv: "reference", edges: "sampled" },
      },
      spectra: { ...spectra, ...isReference && { alpha0: "argmax", filterTolerance: 0 } },
    };
    const paths = steps.flatMap((step) =>
      ["model.safetensors", "config.json"].map((name) => `step${step}/${name}`)
    );
    const call = JSON.stringify([`${address}models/`, "nano-32", paths, choices]).slice(1, -1);
    return await page.evaluate(`measureThere(${call})`) as Tables;
  } finally {
    await context.close();
  }
}
