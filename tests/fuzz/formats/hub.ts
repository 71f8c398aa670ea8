import { join } from "node:path";
import { commitOf, type ServedFile, servedFolder, serveHub } from "../../helpers/hub_server.ts";
import { openTestRun, shortPatience } from "../../helpers/hub_run.ts";
import { writeTinyRun } from "../../runs/tiny_run.ts";
import { type Files, filesIn, filesOf, type Format, textOf, writeFiles } from "../format.ts";
import { byteMutators } from "../mutators/byte_mutators.ts";
import { jsonMutators } from "../mutators/json_mutators.ts";
import { type Mutator, nastyTexts } from "../mutators/mutator.ts";

const repository = "owner/nano-8";

/** The branches of a tiny model. */
async function tinyBranches(
  folder: string,
): Promise<Record<string, Record<string, ServedFile>>> {
  const run = await writeTinyRun(folder, [0, 4]);
  const branches: Record<string, Record<string, ServedFile>> = {};
  for (const step of ["step0", "step4"]) branches[step] = await servedFolder(join(run, step));
  return branches;
}

/** Another address to be sent on to. */
const otherAddress: Mutator = function otherAddress(bytes, random) {
  const address = textOf(bytes);
  if (!address.startsWith("http")) return bytes;
  const places = ["/%ff", "//", "file:///etc/passwd", "http://[", "javascript:1", "?", "/%00"];
  return new TextEncoder().encode(random.pick([...places, ...nastyTexts]));
};

/** The address itself, or, where it leads to another machine, with the hub as its host: none other may be asked. */
function onThisMachine(address: string, hub: string): string {
  const url = URL.parse(address, hub);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === "127.0.0.1") {
    return address;
  }
  return `${hub}${url.pathname}${url.search}`;
}

/** What a hub answers of a model: branches, the files of a revision, and where a file is. */
export const hubAnswers: Format = {
  name: "hub answers",
  mutators: [...byteMutators, ...jsonMutators, ...jsonMutators, otherAddress],
  names: /nano-8|127\.0\.0\.1/,
  async start(folder) {
    const branches = await tinyBranches(folder);
    let files: Files = new Map();
    const hub = serveHub(repository, branches, {
      pageSize: 100,
      answer({ kind, path }) {
        const body = files.get(`${kind}.json`);
        if (body) {
          return new Response(body as Uint8Array<ArrayBuffer>, {
            headers: { "content-type": "application/json" },
          });
        }
        const address = files.get("address.txt");
        if (kind !== "resolve" || !path.endsWith(".safetensors") || !address) return null;
        const location = onThisMachine(textOf(address).replace(/[^\x20-\x7e]/g, ""), hub.url);
        return new Response(null, { status: 302, headers: { location } });
      },
    });
    const commit = commitOf(repository, branches.step4!);
    const tree = await (await fetch(`${hub.url}/api/models/${repository}/tree/${commit}`)).text();
    const refs = await (await fetch(`${hub.url}/api/models/${repository}/refs`)).text();
    const resolve = `${hub.url}/${repository}/resolve/${commit}/model.safetensors`;
    const sent = await fetch(resolve, { redirect: "manual" });
    await sent.body?.cancel();
    const location = sent.headers.get("location")!;
    return {
      seeds: [
        filesOf({ "refs.json": refs }),
        filesOf({ "tree.json": tree }),
        filesOf({ "address.txt": location }),
      ],
      async open(answers, folder) {
        files = answers;
        const run = await openTestRun(hub, `hf:${repository}`, folder, { patience: shortPatience });
        const checkpoint = await run.checkpoint(run.steps.at(-1)!);
        const digests = await run.listedDigests!(run.steps[0]!);
        const [first] = checkpoint.tensors.keys();
        const { shape } = await checkpoint.read(first!, [{ start: 0, end: 1 }]);
        return { steps: run.steps, digests, tensors: checkpoint.tensors, shape };
      },
      end: async () => await hub[Symbol.asyncDispose](),
    };
  },
};

/** What was kept of a hub's answers, for work without the network. */
export const hubCache: Format = {
  name: "hub cache",
  mutators: [...byteMutators, ...jsonMutators],
  names: /nano-8/,
  async start(folder) {
    await using hub = serveHub(repository, await tinyBranches(folder));
    const cache = join(folder, "cache");
    const run = await openTestRun(hub, `hf:${repository}`, cache);
    for (const step of run.steps) {
      const checkpoint = await run.checkpoint(step);
      for (const name of checkpoint.tensors.keys()) await checkpoint.read(name);
    }
    return {
      seeds: [await filesIn(cache)],
      async open(files, folder) {
        await writeFiles(files, folder);
        const offline = { url: "http://127.0.0.1:9" };
        const run = await openTestRun(offline, `hf:${repository}`, folder, { offline: true });
        const checkpoint = await run.checkpoint(run.steps.at(-1)!);
        const [first] = checkpoint.tensors.keys();
        const { shape } = await checkpoint.read(first!);
        return { steps: run.steps, tensors: checkpoint.tensors, shape };
      },
    };
  },
};
