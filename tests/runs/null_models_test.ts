import assert from "node:assert/strict";
import { join } from "node:path";
import { detectArchitecture } from "../../lib/architectures/detect.ts";
import type { CheckpointRun } from "../../lib/checkpoints/checkpoint.ts";
import { openRun } from "../../lib/checkpoints/open_run.ts";
import { excessEmergence } from "../../lib/emergence/excess_emergence.ts";
import { NULL_KINDS, type NullKind } from "../../lib/options/measuring_options.ts";
import { NullNetwork } from "../../lib/emergence/null_models/null_network.ts";
import { nullRun } from "../../lib/emergence/null_models/null_checkpoint.ts";
import type { ComparableStep } from "../../lib/emergence/degree_of_emergence.ts";
import { fullNetworkSpectrum } from "../../lib/multifractal/full_network_spectrum.ts";
import { measureFullNetworkPart } from "../../lib/multifractal/measure_full_network_part.ts";
import { multifractalSpectra } from "../../lib/multifractal/multifractal_spectra.ts";
import { fullNetworkParts } from "../../lib/networks/full/full_network_parts.ts";
import { sampleNetworks } from "../../lib/networks/sample_networks.ts";
import { type AnalysisOptions, analysisOptions } from "../../lib/runs/analysis_options.ts";
import { analyzeRun } from "../../lib/runs/units/analyze_run.ts";
import { extractModel } from "../../lib/runs/store/extract_model.ts";
import { hasExcess, readModelTables } from "../../lib/runs/tables.ts";
import { close } from "../golden/golden.ts";
import { syntheticRun } from "../golden/synthetic_checkpoint.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { withFolder } from "../helpers/with_folder.ts";
import { analyzeEmergence } from "./analyze_alone.ts";

const folder = await syntheticRun("pythia-14m", [0, 1000]);
const run = await openRun(folder);
const sampling = { samples: 2, layerSample: 16 };
const measuring = { threshold: 60, q: { min: -2, max: 2, step: 0.5 } };
const kinds = Object.keys(NULL_KINDS) as NullKind[];

/** The spectra of a run's samples, without any of what runs are made of. */
async function sampled(of: CheckpointRun, more: object = {}): Promise<ComparableStep[]> {
  const { threshold } = measuring;
  return await multifractalSpectra(sampleNetworks(of, sampling), {
    ...{ threshold, q: Float64Array.of(-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2) },
    ...more,
  });
}

for (const kind of kinds) {
  Deno.test(`a run with the null model "${kind}" has the excess that the library computes of it`, () =>
    withFolder(async (out) => {
      const draws = kind === "rescale" ? 1 : 2;
      const options = analysisOptions({
        ...sampling,
        ...measuring,
        null: kind,
        nullDraws: draws,
        nullSeed: 5,
      });
      const { emergence } = await analyzeEmergence(folder, {
        options,
        out,
        store: join(out, "none"),
      });
      const nulls = [];
      for (let draw = 0; draw < draws; draw++) {
        nulls.push(await sampled(nullRun(run, { kind, draw, seed: 5 })));
      }
      assert.deepEqual(emergence, excessEmergence(await sampled(run), nulls));
      assert.deepEqual((await readModelTables(out, "pythia-14m")).emergence, emergence);
    }));
}

Deno.test("samples and spectra of a run with a null model are those of one without, and so are node fractal dimensions", () =>
  withFolder(async (out) => {
    const options = analysisOptions({ ...sampling, ...measuring });
    const compared = analysisOptions({
      ...sampling,
      ...measuring,
      null: "permute",
      nullDraws: 1,
    });
    const measured = async (options: AnalysisOptions, name: string) => {
      const at = { out: join(out, name), store: join(out, "none") };
      return await analyzeRun(folder, { options }, at);
    };
    const [plain, withNull] = [await measured(options, "a"), await measured(compared, "b")];
    assert.deepEqual(withNull.emergence!.tables.samples, plain.emergence!.tables.samples);
    assert.deepEqual(withNull.emergence!.tables.spectra, plain.emergence!.tables.spectra);
    assert.deepEqual(withNull.plan.nodes, plain.plan.nodes);
    assert.deepEqual(withNull.nodes, plain.nodes);
    assert.deepEqual([plain.units.total, withNull.units.total], [4, 8]);
  }));

Deno.test("fixed radii and a threshold in untrained medians hold for the null models too", () =>
  withFolder(async (out) => {
    const options = analysisOptions({
      ...sampling,
      ...measuring,
      threshold: { medians: 1 },
      radii: { min: 5, max: 30 },
      null: "gaussian",
      nullDraws: 2,
    });
    const { emergence, record } = await analyzeEmergence(folder, {
      ...{ options, out, store: join(out, "none") },
    });
    const { threshold } = record;
    const spectra = (of: CheckpointRun) => sampled(of, { threshold, radii: { min: 5, max: 30 } });
    const nulls = [];
    for (const draw of [0, 1]) {
      nulls.push(await spectra(nullRun(run, { kind: "gaussian", draw, seed: 0 })));
    }
    assert.deepEqual(emergence, excessEmergence(await spectra(run), nulls));
    const far = { ...options, radii: { min: 5, max: 5 + Math.ceil(threshold) } };
    await assert.rejects(
      analyzeEmergence(folder, { options: far, out, store: join(out, "none") }),
      /go beyond the threshold/,
    );
  }));

Deno.test("the full network has an excess over its null models, whose interval is over draws alone, at fixed radii or not", () =>
  withFolder(async (out) => {
    /** The spectra of the run, or of a draw of its null model. */
    const spectra = async (radii: object, draw: number | null): Promise<ComparableStep[]> => {
      const steps = [];
      for (const step of run.steps) {
        const checkpoint = await run.checkpoint(step);
        const architecture = detectArchitecture(checkpoint);
        const network = new NullNetwork(checkpoint, architecture, { kind: "permute", seed: 0 });
        const parts = [];
        for (const part of fullNetworkParts(architecture)) {
          parts.push(
            draw === null
              ? await measureFullNetworkPart(checkpoint, part, { threshold: 60 })
              : await network.measure(part, draw, { threshold: 60 }),
          );
        }
        steps.push({ step, samples: [{ sample: 0, spectrum: fullNetworkSpectrum(parts, radii) }] });
      }
      return steps;
    };
    for (const radii of [{}, { radii: { min: 5, max: 60 } }]) {
      const options = analysisOptions({
        network: "full",
        threshold: 60,
        ...radii,
        null: "permute",
        nullDraws: 2,
      });
      const { emergence } = await analyzeEmergence(folder, {
        ...{ options, out, store: join(out, "none") },
      });
      const nulls = [await spectra(radii, 0), await spectra(radii, 1)];
      const status = "no interval: the full network is no sample";
      assert.deepEqual(
        emergence,
        excessEmergence(await spectra(radii, null), nulls).map((row) => ({ ...row, status })),
      );
    }
  }));

for (const kind of ["permute", "gaussian"] as const) {
  Deno.test(`the full network's null model "${kind}" is the same for any number of workers`, () =>
    withFolder(async (out) => {
      const options = analysisOptions({
        ...{ network: "full", ...measuring, null: kind, nullDraws: 2 },
      });
      const measured = async (workers: number) => {
        const place = { out: join(out, `${workers}`), store: join(out, "none"), workers };
        return (await analyzeEmergence(folder, { ...place, options })).emergence;
      };
      assert.deepEqual(await measured(2), await measured(1));
    }));
}

Deno.test("a null model is made of checkpoints, also where networks are stored, and not of stored networks alone", () =>
  withFolder(async (out) => {
    const store = join(out, "networks");
    const options = analysisOptions({
      ...sampling,
      ...measuring,
      null: "permute",
      nullDraws: 1,
    });
    const without = await analyzeEmergence(folder, { options, out, store });
    await extractModel(folder, { options, store });
    const beside = await analyzeEmergence(folder, { options, out, store });
    assert.deepEqual(beside, without);
    await throwsError(
      () => analyzeEmergence("pythia-14m", { options, out, store }),
      /a null model is made of all weights, and .*networks\/pythia-14m has only sampled networks; name the/,
    );
  }));

Deno.test("more draws measure only theirs where units are kept", () =>
  withFolder(async (out) => {
    const told: number[] = [];
    const options = (draws: number) =>
      analysisOptions({ ...sampling, ...measuring, null: "permute", nullDraws: draws });
    const place = { out, store: join(out, "none") };
    await analyzeEmergence(folder, { ...place, options: options(1), keepUnits: true });
    const onNetwork = (done: number) => void told.push(done);
    const kept = await analyzeEmergence(folder, { ...place, options: options(2), onNetwork });
    assert.deepEqual(told, [8, 9, 10, 11, 12]);
    const anew = await analyzeEmergence(folder, { ...place, options: options(2) });
    assert.deepEqual(kept, anew);
  }));

Deno.test("a null model that tells nothing is warned of", () =>
  withFolder(async (out) => {
    const warned: string[] = [];
    const place = { out, store: join(out, "none"), onWarning: (text: string) => warned.push(text) };
    const options = analysisOptions({
      ...sampling,
      ...measuring,
      null: "permute-columns",
      nullDraws: 1,
    });
    const { emergence } = await analyzeEmergence(folder, { ...place, options });
    assert.match(warned[0]!, /permute-columns keeps every mass .* so E_null is E/);
    assert.ok(hasExcess(emergence));
    for (const { eNull, E } of emergence) close(eNull, E, 1e-12, "eNull");
    await analyzeEmergence(folder, { ...place, options: { ...options, edges: "sampled" } });
    assert.equal(warned.length, 1);
  }));
