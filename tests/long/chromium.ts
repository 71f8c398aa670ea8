/** A page in headless Chromium, driven over its debugging protocol, to see what a reader sees. */

import { pathToFileURL } from "node:url";

/** How a page is looked at. */
export interface View {
  /** Width of the window in CSS pixels. */
  readonly width: number;
  /** Whether the reader prefers dark pages. */
  readonly dark?: boolean;
  /** Whether a picture of the page is taken, which can take longer than all else. */
  readonly picture?: boolean;
}

/** What came of looking at a page. */
export interface Seen {
  /** The whole page as PNG; `null` if none was asked for. */
  readonly png: Uint8Array | null;
  /** Messages on the console, errors of scripts and requests that failed, other than those expected. */
  readonly complaints: readonly string[];
  /** Elements whose content is wider than they are, and pictures that did not load. */
  readonly clipped: readonly string[];
}

/** Whether there is a Chromium to start. */
export async function hasChromium(): Promise<boolean> {
  const version = new Deno.Command("chromium", { args: ["--version"], stderr: "null" });
  return await version.output().then(({ success }) => success, () => false);
}

/** Run in the page: what is wider than its place, and what did not load. */
const findClipped = `(async () => {
  for (const image of document.images) image.loading = "eager";
  await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
  await document.fonts.ready;
  const describe = (element) => element.tagName.toLowerCase() + " " +
    (element.getAttribute("src") ?? element.textContent).slice(0, 60);
  const broken = [...document.images].filter((image) => image.naturalWidth === 0);
  const wide = [document.documentElement, ...document.querySelectorAll("figure, figcaption, p, h1, h2, nav")]
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0);
  const cut = [...document.querySelectorAll("svg text")].filter((text) => {
    const { left, top, right, bottom } = text.getBoundingClientRect();
    let inside = text.ownerSVGElement, root = inside;
    while (root.ownerSVGElement) root = root.ownerSVGElement;
    const page = root.getBoundingClientRect();
    const x = inside === root ? 0 : inside.x.baseVal.value;
    const y = inside === root ? 0 : inside.y.baseVal.value;
    const panel = { left: page.left + x, top: page.top + y };
    return left < panel.left - 1 || top < panel.top - 1 ||
      right > panel.left + inside.width.baseVal.value + 1 ||
      bottom > panel.top + inside.height.baseVal.value + 1;
  });
  return [...broken, ...wide, ...cut].map(describe);
})()`;

interface Message {
  id?: number;
  method?: string;
  sessionId?: string;
  // deno-lint-ignore no-explicit-any
  params?: any;
  // deno-lint-ignore no-explicit-any
  result?: any;
  error?: { message: string };
}

/** A running Chromium. */
export class Chromium implements AsyncDisposable {
  readonly #process: Deno.ChildProcess;
  readonly #socket: WebSocket;
  readonly #profile: string;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #listener: (message: Message) => void = () => {};
  #calls = 0;

  private constructor(process: Deno.ChildProcess, socket: WebSocket, profile: string) {
    this.#process = process;
    this.#socket = socket;
    this.#profile = profile;
    socket.onmessage = ({ data }) => {
      const message: Message = JSON.parse(data);
      if (message.id === undefined) return this.#listener(message);
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error) waiting?.reject(new Error(message.error.message));
      else waiting?.resolve(message.result);
    };
  }

  /** Starts Chromium with a profile of its own. */
  static async start(): Promise<Chromium> {
    const profile = await Deno.makeTempDir({ prefix: "neuromfa-chromium-" });
    const process = new Deno.Command("chromium", {
      args: [
        // No sandbox: containers have none, and only our own pages are opened.
        ...["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        ...["--no-first-run", "--disable-background-networking", "--hide-scrollbars"],
        ...["--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"],
      ],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    let told = "";
    let address: string | undefined;
    const reader = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
    while (address === undefined) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`Chromium did not start:\n${told}`);
      told += value;
      address = told.match(/DevTools listening on (ws:\S+)/)?.[1];
    }
    // Read on, so that the pipe never fills up.
    void (async () => {
      while (!(await reader.read()).done);
    })();
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = () => reject(new Error(`Chromium does not answer at ${address}`));
    });
    return new Chromium(process, socket, profile);
  }

  /** Opens an address and waits for what an expression there becomes; rejects if the page throws it. */
  async evaluate(url: string, expression: string): Promise<unknown> {
    const { targetId } = await this.#call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.#call("Target.attachToTarget", { targetId, flatten: true });
    const loaded = Promise.withResolvers<void>();
    this.#listener = (message) => {
      if (message.sessionId === sessionId && message.method === "Page.loadEventFired") {
        loaded.resolve();
      }
    };
    for (const domain of ["Page", "Runtime"]) await this.#call(`${domain}.enable`, {}, sessionId);
    await this.#call("Page.navigate", { url }, sessionId);
    await loaded.promise;
    const { result, exceptionDetails } = await this.#call("Runtime.evaluate", {
      ...{ expression, awaitPromise: true, returnByValue: true },
    }, sessionId);
    await this.#call("Target.closeTarget", { targetId });
    if (exceptionDetails === undefined) return result.value;
    throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  }

  /** Opens a file and looks at it; complaints that match `expected` are not told. */
  async look(
    path: string,
    { width, dark = false, picture = false }: View,
    expected?: RegExp,
  ): Promise<Seen> {
    const { targetId } = await this.#call("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.#call("Target.attachToTarget", { targetId, flatten: true });
    // deno-lint-ignore no-explicit-any
    const call = (method: string, params = {}): Promise<any> =>
      this.#call(method, params, sessionId);
    const complaints: string[] = [];
    const loaded = Promise.withResolvers<void>();
    this.#listener = (message) => {
      if (message.sessionId !== sessionId) return;
      if (message.method === "Page.loadEventFired") loaded.resolve();
      const complaint = complaintOf(message);
      if (complaint !== undefined && !expected?.test(complaint)) complaints.push(complaint);
    };
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await call(`${domain}.enable`);
    const size = { width, height: 900, deviceScaleFactor: 1, mobile: width < 600 };
    await call("Emulation.setDeviceMetricsOverride", size);
    const features = [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }];
    await call("Emulation.setEmulatedMedia", { features });
    await call("Page.navigate", { url: pathToFileURL(path).href });
    await loaded.promise;
    const { result } = await call("Runtime.evaluate", {
      ...{ expression: findClipped, awaitPromise: true, returnByValue: true },
    });
    // A page that sets formulas does so after it has loaded.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const png = picture
      ? Uint8Array.fromBase64(
        (await call("Page.captureScreenshot", { captureBeyondViewport: true })).data,
      )
      : null;
    await this.#call("Target.closeTarget", { targetId });
    return { png, complaints, clipped: result.value };
  }

  // deno-lint-ignore no-explicit-any
  #call(method: string, params: unknown, sessionId?: string): Promise<any> {
    const id = ++this.#calls;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    this.#socket.send(JSON.stringify({ id, method, params, sessionId }));
    return waiting.promise;
  }

  /** Ends it and removes its profile. */
  async [Symbol.asyncDispose](): Promise<void> {
    const closed = new Promise((resolve) => this.#socket.onclose = resolve);
    await this.#call("Browser.close", {}).catch(() => {});
    await Promise.all([closed, this.#process.status]);
    await Deno.remove(this.#profile, { recursive: true }).catch(() => {});
  }
}

/** A message of the page that a reader with the console open would see in red. */
function complaintOf({ method, params }: Message): string | undefined {
  if (method === "Runtime.exceptionThrown") {
    const { text, exception } = params.exceptionDetails;
    return `${text} ${exception?.description ?? ""}`.trim();
  }
  if (method === "Log.entryAdded" && params.entry.level === "error") {
    return `${params.entry.text} ${params.entry.url ?? ""}`.trim();
  }
  if (method === "Runtime.consoleAPICalled" && ["error", "assert"].includes(params.type)) {
    // deno-lint-ignore no-explicit-any
    return params.args.map(({ value, description }: any) => value ?? description).join(" ");
  }
  if (method === "Network.loadingFailed" && !params.canceled) return `${params.errorText}`;
}
