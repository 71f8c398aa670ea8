/** A hub on this machine that speaks what the client uses, and can be made to fail in all ways. */

import { createHash } from "node:crypto";

/** A file on the hub: its bytes may be made as they are asked for. */
export interface ServedFile {
  readonly size: number;
  /** SHA-256 of a file that the hub keeps in its storage; git keeps the file itself without one. */
  readonly sha256: string | null;
  /** SHA-1 of git's blob, of a file that git keeps itself. */
  readonly oid: string;
  bytes(start: number, end: number): Uint8Array<ArrayBuffer>;
}

/** The files of each branch, by path. */
export type Branches = Readonly<Record<string, Readonly<Record<string, ServedFile>>>>;

/** A request as a fault sees it. */
export interface Asked {
  /** What it is for; `storage` is where `resolve` redirects to. */
  readonly kind: "refs" | "revision" | "tree" | "resolve" | "storage";
  /** The file's path, for the last two kinds. */
  readonly path: string;
  /** The range asked for. */
  readonly range: { readonly start: number; readonly end: number } | null;
  /** How many requests of this kind there were before. */
  readonly earlier: number;
  readonly request: Request;
}

/** A request with the model that it is about, and the address after what its kind and that model decide. */
type Understood = Asked & { readonly repository: string; readonly rest: string };

/** How the hub departs from good behaviour; any may be left out. */
export interface HubFaults {
  /** Answers in place of the hub where it returns something. */
  answer?: (asked: Asked, good: () => Response) => Response | null | Promise<Response | null>;
  /** Token that is needed. */
  token?: string;
  /** Whether pages of other places may read its answers, as those of the real hub; not unless given. */
  isOpenToPages?: boolean;
  /** Files in a page of a listing; default 2. */
  pageSize?: number;
}

/** What lets pages of other places read answers. */
const OPEN = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "*",
  "access-control-expose-headers": "*",
};

/** A running hub. */
export interface HubServer extends AsyncDisposable {
  /** Its address, without a slash at the end. */
  readonly url: string;
  /** What it can be made to do wrong, also while it runs. */
  readonly faults: HubFaults;
  /** All requests, as `<kind> <path>`. */
  readonly requests: string[];
  /** The ranges of large files that were sent whole. */
  readonly sent: {
    readonly path: string;
    /** Which of the files of that path, in whatever branch. */
    readonly oid: string;
    readonly start: number;
    readonly end: number;
  }[];
  /** Headers of all requests to the storage. */
  readonly storageHeaders: Headers[];
  /** Bytes of file content sent, those of answers that were cut off among them. */
  bytes: number;
  /** Make the addresses that were redirected to invalid. */
  expireAddresses(): void;
}

/** The commit that a branch is at: it follows from the files. */
export function commitOf(repository: string, files: Branches[string]): string {
  const hash = createHash("sha1").update(repository);
  for (const [path, { oid }] of Object.entries(files)) hash.update(`${path} ${oid}\n`);
  return hash.digest("hex");
}

/** A file that git keeps itself. */
export function smallFile(content: string | Uint8Array): ServedFile {
  return { ...fileOf(content), sha256: null };
}

/** A file in the hub's storage. */
export function largeFile(content: string | Uint8Array): ServedFile {
  return fileOf(content);
}

function fileOf(content: string | Uint8Array): ServedFile {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return {
    size: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    oid: createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex"),
    bytes: (start, end) => bytes.slice(start, end) as Uint8Array<ArrayBuffer>,
  };
}

/** The files of a checkpoint's folder as the hub has them. */
export async function servedFolder(folder: string): Promise<Record<string, ServedFile>> {
  const files: Record<string, ServedFile> = {};
  for await (const { name } of Deno.readDir(folder)) {
    const content = await Deno.readFile(`${folder}/${name}`);
    files[name] = /\.(safetensors|bin)$/.test(name) ? largeFile(content) : smallFile(content);
  }
  return files;
}

/** Serve one model until disposed of. */
export function serveHub(
  repository: string,
  branches: Branches,
  faults: HubFaults = {},
): HubServer {
  return serveModels({ [repository]: branches }, faults);
}

/** Serve models, by owner and name, until disposed of. */
export function serveModels(
  models: Readonly<Record<string, Branches>>,
  faults: HubFaults = {},
): HubServer {
  const counts = new Map<string, number>();
  let signature = 1;
  const branchesOf = new Map(
    Object.entries(models).map(([repository, branches]) => [
      repository,
      Object.entries(branches).map(([name, files]) => (
        { name, files, commit: commitOf(repository, files) }
      )),
    ]),
  );
  const branchAt = (repository: string, revision: string) =>
    branchesOf.get(repository)!.find(({ name, commit }) => [name, commit].includes(revision));
  const end = new AbortController();
  const address = { hostname: "127.0.0.1", port: 0, onListen() {}, signal: end.signal };
  const handle = async (request: Request) => {
    if (!faults.isOpenToPages) return await handleOwn(request);
    if (request.method === "OPTIONS") return new Response(null, { headers: OPEN });
    const answer = await handleOwn(request), headers = new Headers(answer.headers);
    for (const [name, value] of Object.entries(OPEN)) headers.set(name, value);
    return new Response(answer.body, { status: answer.status, headers });
  };
  const handleOwn = async (request: Request) => {
    const asked = understand(request);
    if (asked === null) return notFound("RepoNotFound");
    hub.requests.push(`${asked.kind} ${asked.path}`.trim());
    if (asked.kind === "storage") hub.storageHeaders.push(request.headers);
    return await faults.answer?.(asked, () => good(asked)) ?? good(asked);
  };
  const server = Deno.serve(address, handle);
  // The hub's storage is another server, as it is in earnest.
  const storage = Deno.serve(address, handle);
  const hub: HubServer = {
    url: `http://127.0.0.1:${server.addr.port}`,
    faults,
    requests: [],
    sent: [],
    storageHeaders: [],
    bytes: 0,
    expireAddresses: () => void signature++,
    async [Symbol.asyncDispose]() {
      end.abort();
      await Promise.all([server.finished, storage.finished]);
    },
  };
  return hub;

  function understand(request: Request): Understood | null {
    const { pathname } = new URL(request.url);
    // What encodes no letters is no path of a model.
    if (/%(?![0-7])/.test(pathname)) return null;
    const path = decodeURIComponent(pathname);
    for (const repository of Object.keys(models)) {
      const places: [Asked["kind"], string][] = [
        ["refs", `/api/models/${repository}/refs`],
        ["revision", `/api/models/${repository}/revision/`],
        ["tree", `/api/models/${repository}/tree/`],
        ["resolve", `/${repository}/resolve/`],
        ["storage", `/storage/${repository}/`],
      ];
      for (const [kind, prefix] of places) {
        if (!path.startsWith(prefix)) continue;
        const rest = path.slice(prefix.length);
        const earlier = counts.get(kind) ?? 0;
        counts.set(kind, earlier + 1);
        const file = rest.split("/").slice(1).join("/");
        return { kind, path: file, range: rangeOf(request), earlier, request, repository, rest };
      }
    }
    return null;
  }

  function good(asked: Understood): Response {
    const { kind, request, repository, rest } = asked;
    const given = request.headers.get("authorization");
    const isOpen = faults.token === undefined || given === `Bearer ${faults.token}`;
    if (kind !== "storage" && !isOpen) return failure(401, "GatedRepo");
    const url = new URL(request.url);
    if (kind === "refs") {
      return Response.json({
        branches: branchesOf.get(repository)!.map(({ name, commit }) => ({
          name,
          ref: `refs/heads/${name}`,
          targetCommit: commit,
        })),
        converts: [],
        tags: [],
      });
    }
    if (kind === "revision") {
      const sha = branchAt(repository, rest)?.commit;
      if (sha === undefined) return notFound("RevisionNotFound");
      return Response.json({ _id: "1", id: repository, sha, lastModified: "2023-02-13T00:00:00Z" });
    }
    const [revision] = rest.split("/");
    const files = branchAt(repository, revision!)?.files;
    if (!files) return notFound("RevisionNotFound");
    if (kind === "tree") return tree(files, url);
    const file = Object.hasOwn(files, asked.path) ? files[asked.path] : undefined;
    if (!file) return notFound("EntryNotFound");
    if (kind === "resolve" && file.sha256 !== null) {
      return new Response(null, {
        status: 302,
        headers: {
          location: `http://127.0.0.1:${storage.addr.port}/storage/${repository}/${rest}` +
            `?signature=${signature}`,
          "x-linked-etag": `"${file.sha256}"`,
          "x-linked-size": String(file.size),
          "x-repo-commit": commitOf(repository, files),
        },
      });
    }
    if (kind === "storage") {
      // As S3 does, where a signature and a token are two ways to say who asks.
      if (given !== null) return failure(400, "InvalidArgument");
      if (url.searchParams.get("signature") !== String(signature)) {
        return failure(403, "AccessDenied");
      }
    }
    return content(asked, file);
  }

  function tree(files: Readonly<Record<string, ServedFile>>, url: URL): Response {
    const from = Number(url.searchParams.get("cursor") ?? 0);
    const pageSize = faults.pageSize ?? 2;
    const entries = Object.entries(files).slice(from, from + pageSize);
    const headers = new Headers();
    if (from + pageSize < Object.keys(files).length) {
      const next = new URL(url);
      next.searchParams.set("cursor", String(from + pageSize));
      headers.set("link", `<${next}>; rel="next"`);
    }
    return Response.json(
      entries.map(([path, { size, sha256, oid }]) => ({
        type: "file",
        oid,
        size,
        path,
        ...(sha256 === null ? {} : { lfs: { oid: sha256, size, pointerSize: 134 } }),
      })),
      { headers },
    );
  }

  function content({ path, range }: Asked, file: ServedFile): Response {
    const { start, end } = range ?? { start: 0, end: file.size };
    if (start >= file.size || end > file.size) return failure(416, "InvalidRange");
    hub.bytes += end - start;
    hub.sent.push({ path, oid: file.oid, start, end });
    const body = file.bytes(start, end);
    if (range === null) return new Response(body);
    return new Response(body, {
      status: 206,
      headers: { "content-range": `bytes ${start}-${end - 1}/${file.size}` },
    });
  }
}

/** An answer whose connection drops, or falls silent, after some of the good answer's bytes. */
export async function cutOff(
  good: Response,
  share: number,
  then: "drop" | "silence" = "drop",
): Promise<Response> {
  const bytes = await good.bytes();
  const headers = new Headers(good.headers);
  headers.set("content-length", String(bytes.length));
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(bytes.slice(0, Math.floor(share * bytes.length))),
    async pull(controller) {
      if (then === "silence") await new Promise(() => {});
      // Less than was announced: the connection is of no more use.
      controller.close();
    },
  }, { highWaterMark: 0 });
  return new Response(body, { status: good.status, headers });
}

/** An answer without content. */
export function failure(
  status: number,
  code: string,
  headers: Record<string, string> = {},
): Response {
  return new Response(JSON.stringify({ error: code }), {
    status,
    headers: { "content-type": "application/json", "x-error-code": code, ...headers },
  });
}

function notFound(code: string): Response {
  return failure(404, code);
}

function rangeOf(request: Request): Asked["range"] {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.get("range") ?? "") ?? [];
  return last === undefined ? null : { start: Number(first), end: Number(last) + 1 };
}
