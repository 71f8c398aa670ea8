/** Starts a confined worker, this module itself, and prints what that was not let do. Argument: a folder. */

import { confinedWorker } from "../../lib/cli/confined_worker.ts";

/** What a worker has of the global scope of its own. */
declare const self: {
  onmessage: ((event: MessageEvent<string>) => void) | null;
  postMessage(refused: readonly string[]): void;
};

if (import.meta.main && Deno.args[0] !== undefined && !("WorkerGlobalScope" in globalThis)) {
  const [folder] = Deno.args;
  const worker = confinedWorker(new URL(import.meta.url), { write: [`${folder}/out`], net: false });
  worker.onmessage = ({ data }: MessageEvent<readonly string[]>) => {
    console.log(data.join("\n"));
    Deno.exit();
  };
  worker.postMessage(folder);
} else {
  self.onmessage = async ({ data: folder }) => {
    const tries: Record<string, () => unknown> = {
      "write inside": () => Deno.mkdir(`${folder}/out/deep`, { recursive: true }),
      "write beside": () => Deno.writeTextFile(`${folder}/beside`, ""),
      "remove beside": () => Deno.remove(`${folder}/kept`),
      "connect": () => Deno.connect({ hostname: "127.0.0.1", port: 9 }),
      "fetch": () => fetch("http://127.0.0.1:8765/"),
      "start a program": () => new Deno.Command(Deno.execPath()).output(),
      "import": () => import(`${"http"}://127.0.0.1:8765/x.ts`),
      "read": () => Deno.readTextFile(`${folder}/kept`),
    };
    const refused: string[] = [];
    for (const [name, attempt] of Object.entries(tries)) {
      try {
        await attempt();
      } catch (error) {
        const isRefused = error instanceof Deno.errors.NotCapable ||
          /Requires \w+ access/.test((error as Error).message);
        refused.push(isRefused ? name : `${name}: ${error}`);
      }
    }
    self.postMessage(refused);
  };
}
