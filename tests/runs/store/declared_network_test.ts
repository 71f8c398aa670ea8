import assert from "node:assert/strict";
import { analysisOptions } from "../../../lib/runs/analysis_options.ts";
import { measure } from "../../../lib/runs/measure.ts";
import { extractModel } from "../../../lib/runs/store/extract_model.ts";
import { writeTiny } from "../../architectures/tiny_models.ts";
import { waves } from "../../architectures/waves.ts";
import { withFolder } from "../../helpers/with_folder.ts";

Deno.test("stored networks of a part of a model are taken for that part alone", () =>
  withFolder(async (folder) => {
    const shapes = {
      ...{ "actor.0.weight": [40, 30], "actor.2.weight": [30, 40] },
      ...{ "critic.0.weight": [50, 30], "critic.2.weight": [30, 50] },
    };
    const model = `${folder}/both`, store = `${folder}/networks`;
    for (const step of [0, 1]) await writeTiny(`${model}/step${step}`, waves(shapes, 1 + step));
    const sampling = { samples: 1, layerSample: 16 } as const;
    await extractModel(model, { options: analysisOptions({ ...sampling, part: "actor" }), store });
    const of = (part: string, networks?: string) =>
      measure(model, { ...sampling, part, ...networks && { networks } });
    const [actor, stored] = [await of("actor"), await of("actor", store)];
    assert.deepEqual(stored.spectra, actor.spectra);
    const [critic, sampled] = [await of("critic"), await of("critic", store)];
    assert.deepEqual(sampled.spectra, critic.spectra);
    assert.notDeepEqual(critic.spectra, actor.spectra);
    // Of the name alone there is only what was stored.
    const alone = (part: string) => measure("both", { ...sampling, part, networks: store });
    assert.deepEqual((await alone("actor")).spectra, actor.spectra);
    await assert.rejects(
      alone("critic"),
      /extracted with part actor, not critic; give the same option, or extract them again/,
    );
  }));
