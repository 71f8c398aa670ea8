/** What the environment says about the hub, under the names that Hugging Face's own tools read. */

import { join } from "node:path";
import { systemFault } from "../../files/system_fault.ts";

/** Where the hub is, who asks, and where what was read is kept. */
export interface HubEnvironment {
  /** The hub's address, without a slash at the end. */
  readonly endpoint: string;
  /** The user's access token, or `null` for what anybody may read. */
  readonly token: string | null;
  /** The folder that Hugging Face tools keep models in. */
  readonly cache: string;
  /** Whether to do with what is in the cache. */
  readonly offline: boolean;
}

/**
 * Read `HF_ENDPOINT`, `HF_TOKEN` (else its old name `HUGGING_FACE_HUB_TOKEN`, else the file `HF_TOKEN_PATH` or
 * `HF_HOME`/token), `HF_HUB_CACHE` (else `HF_HOME`/hub) and `HF_HUB_OFFLINE`. `HF_HOME` is `XDG_CACHE_HOME`/huggingface or ~/.cache/huggingface unless set.
 */
export async function hubEnvironment(
  variable: (name: string) => string | undefined = (name) => Deno.env.get(name),
): Promise<HubEnvironment> {
  // An empty variable counts as none, as it does for Hugging Face's own tools.
  const value = (name: string) => variable(name)?.trim() || undefined;
  // The homedir() of node:os would need a permission of its own.
  const user = value("HOME") ?? value("USERPROFILE") ?? "";
  const folder = (name: string) => value(name)?.replace(/^~(?=[\\/]|$)/, user);
  const caches = folder("XDG_CACHE_HOME") ?? (user && join(user, ".cache"));
  const home = folder("HF_HOME") ?? (caches && join(caches, "huggingface"));
  if (home === "") {
    throw new Error("there is no home folder for the hub's cache; set HF_HOME to one");
  }
  return {
    endpoint: checkedEndpoint(value("HF_ENDPOINT") ?? "https://huggingface.co"),
    token: value("HF_TOKEN") ?? ifReadable(() => value("HUGGING_FACE_HUB_TOKEN")) ??
      await readToken(folder("HF_TOKEN_PATH") ?? join(home, "token")),
    cache: folder("HF_HUB_CACHE") ?? join(home, "hub"),
    offline: /^(1|on|yes|true)$/i.test(value("HF_HUB_OFFLINE") ?? ""),
  };
}

/** The old name alone does not begin with `HF_`, which is what many permit. */
function ifReadable(read: () => string | undefined): string | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) return undefined;
    throw error;
  }
}

function checkedEndpoint(endpoint: string): string {
  const url = URL.parse(endpoint);
  if (url && /^https?:$/.test(url.protocol)) return endpoint.replace(/\/+$/, "");
  throw new Error(
    `HF_ENDPOINT is ${JSON.stringify(endpoint)}, which is no web address; ` +
      "set it to one like https://huggingface.co, or unset it",
  );
}

async function readToken(path: string): Promise<string | null> {
  try {
    return (await Deno.readTextFile(path)).trim() || null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return null;
    }
    throw systemFault(error, path, "read");
  }
}
