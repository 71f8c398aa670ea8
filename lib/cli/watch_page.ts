/** A page that shows what a watcher has measured, and updates itself: read only, and for this machine alone. */

import { ifThere } from "../files/list_files.ts";

/** What the page shows; every text is set as text. */
export interface PageState {
  readonly model: string;
  /** How it was measured. */
  readonly made: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is not complete, and why. */
  readonly waiting: readonly string[];
  /** Paths of figures without extension. */
  readonly figures: readonly string[];
}

/** What is sent to a page that is open. */
interface Sent extends Omit<PageState, "figures"> {
  /** How often the figures were drawn: another number is another picture. */
  readonly version: number;
  readonly figures: number;
}

/** The page on a port of 127.0.0.1; it ends when it is disposed of. */
export class WatchPage implements AsyncDisposable {
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #listeners = new Set<ReadableStreamDefaultController<Uint8Array>>();
  #state: PageState;
  #version = 0;

  /** @throws {Error} If the port is taken. */
  constructor(port: number, model: string) {
    this.#state = { model, made: "", columns: [], rows: [], waiting: [], figures: [] };
    try {
      this.#server = Deno.serve(
        { hostname: "127.0.0.1", port, onListen: () => {} },
        (request) => this.#answer(request),
      );
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
      throw new Error(
        `port ${port} of 127.0.0.1 is taken; choose another by --serve, or 0 for any`,
      );
    }
  }

  /** Where it is. */
  get address(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/`;
  }

  /** Show something else, in all pages that are open. */
  show(changes: Partial<PageState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#version++;
    const bytes = this.#event();
    for (const listener of this.#listeners) listener.enqueue(bytes);
  }

  /** Show what waits now, where that is not what it was. */
  showWaiting(waiting: readonly string[]): void {
    if (waiting.join("\n") !== this.#state.waiting.join("\n")) this.show({ waiting });
  }

  #event(): Uint8Array {
    const { figures, ...state } = this.#state;
    const sent: Sent = { ...state, version: this.#version, figures: figures.length };
    return new TextEncoder().encode(`data: ${JSON.stringify(sent)}\n\n`);
  }

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    // A page of another site may have its own name lead to this machine.
    const host = request.headers.get("host") ?? "";
    if (!/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)) {
      return new Response("this page is for 127.0.0.1", { status: 403, headers: SAFE });
    }
    if (request.method !== "GET") {
      return new Response("this page is read only", { status: 405, headers: SAFE });
    }
    if (pathname === "/") return await pageResponse();
    if (pathname === "/events") return this.#listen();
    const [, index] = /^\/figure(\d{1,3})\.svg$/.exec(pathname) ?? [];
    const path = index === undefined ? undefined : this.#state.figures[Number(index)];
    const svg = path === undefined ? null : await ifThere(Deno.readTextFile(`${path}.svg`));
    if (svg === null) return new Response("there is no such page", { status: 404, headers: SAFE });
    return new Response(svg, { headers: { ...SAFE, "content-type": "image/svg+xml" } });
  }

  #listen(): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        this.#listeners.add(own);
        own.enqueue(this.#event());
      },
      cancel: () => void this.#listeners.delete(own),
    });
    return new Response(stream, { headers: { ...SAFE, "content-type": "text/event-stream" } });
  }

  /** Close all pages. */
  async [Symbol.asyncDispose](): Promise<void> {
    for (const listener of this.#listeners) listener.close();
    this.#listeners.clear();
    await this.#server.shutdown();
  }
}

/** No other site may frame what is shown, nothing is guessed about it, and figures run no scripts. */
const SAFE = {
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
};

const STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 0.15rem 0.7rem; text-align: right; border-bottom: 1px solid #ddd; }
th:last-child, td:last-child { text-align: left; }
img { max-width: 100%; display: block; margin: 1.5rem 0; }
#state { color: #666; }`;

const SCRIPT = `
const at = (id) => document.getElementById(id);
const filled = (tag, texts) => {
  const row = document.createElement("tr");
  for (const text of texts) row.append(Object.assign(document.createElement(tag), { textContent: text }));
  return row;
};
const items = (texts) => texts.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
const source = new EventSource("/events");
source.onopen = () => at("state").textContent = "following";
source.onerror = () => at("state").textContent = "the watcher has ended; this is what it had measured";
source.onmessage = ({ data }) => {
  const { model, made, columns, rows, waiting, figures, version } = JSON.parse(data);
  document.title = at("model").textContent = model;
  at("made").textContent = made;
  at("head").replaceChildren(filled("th", columns));
  at("rows").replaceChildren(...rows.map((cells) => filled("td", cells)));
  at("waiting").replaceChildren(...items(waiting));
  at("waits").hidden = waiting.length === 0;
  at("figures").replaceChildren(...Array.from({ length: figures }, (_, i) =>
    Object.assign(new Image(), { src: "/figure" + i + ".svg?" + version, alt: "Figure " + (i + 1) + " of " + model })));
};`;

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>neuromfa watch</title>
<style>${STYLE}</style></head>
<body>
<h1 id="model"></h1>
<p id="state">connecting</p>
<div id="figures"></div>
<table><thead id="head"></thead><tbody id="rows"></tbody></table>
<p id="made"></p>
<section id="waits" hidden><h2>Waiting</h2><ul id="waiting"></ul></section>
<script>${SCRIPT}</script>
</body>
</html>
`;

/** The page, whose one script and one style are allowed by their digests. */
async function pageResponse(): Promise<Response> {
  const policy = [
    "default-src 'none'",
    ...["img-src 'self'", "connect-src 'self'"],
    `script-src '${await digestOf(SCRIPT)}'`,
    `style-src '${await digestOf(STYLE)}'`,
    ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ];
  return new Response(PAGE, {
    headers: {
      ...SAFE,
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy.join("; "),
    },
  });
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return `sha256-${new Uint8Array(digest).toBase64()}`;
}
