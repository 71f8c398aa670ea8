/** The workers of a page, each of which holds the networks of some steps; the page itself where there are none. */

import { ExplorerWork, type Replies, type Requests, type WorkListener } from "./explorer_work.ts";
import { faultWords, type SentReply } from "./worker_front.ts";

/** Does what is asked of it. */
export interface Hand {
  ask<Kind extends keyof Requests>(
    kind: Kind,
    request: Requests[Kind],
    tell?: WorkListener,
  ): Promise<Replies[Kind]>;
  /** End it; what it has not answered is rejected. */
  stop(): void;
}

/** What a page needs of a worker. */
export interface WorkerLike {
  onmessage: ((event: { readonly data: SentReply }) => void) | null;
  onerror: ((event: { preventDefault(): void; readonly message?: string }) => void) | null;
  postMessage(message: unknown): void;
  terminate(): void;
}

/** The reason of requests that were cut off. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** A hand that is a worker. */
export function workerHand(worker: WorkerLike): Hand {
  type Waiting = PromiseWithResolvers<never> & { readonly tell: WorkListener };
  const waiting = new Map<number, Waiting>();
  let ids = 0;
  const rejectAll = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.onmessage = ({ data }) => {
    const asked = waiting.get(data.id);
    if (asked === undefined) return;
    if ("progress" in data) return asked.tell(data.progress);
    waiting.delete(data.id);
    if ("fault" in data) asked.reject(new Error(data.fault));
    else asked.resolve(data.answer as never);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    rejectAll(new Error(event.message || "a worker of this page could not be started"));
  };
  return {
    ask(kind, request, tell = () => {}) {
      const id = ++ids, asked = Promise.withResolvers<never>();
      waiting.set(id, { ...asked, tell });
      worker.postMessage({ id, kind, request });
      return asked.promise;
    },
    stop() {
      worker.terminate();
      rejectAll(new Stopped("stopped"));
    },
  };
}

/** A hand that is the page itself. */
export function pageHand(): Hand {
  const work = new ExplorerWork();
  let isStopped = false;
  return {
    async ask(kind, request, tell = () => {}) {
      const listen: WorkListener = (progress) => {
        if (isStopped) throw new Stopped("stopped");
        tell(progress);
      };
      try {
        return await work.answer(kind, request, listen);
      } catch (error) {
        throw error instanceof Stopped ? error : new Error(faultWords(error), { cause: error });
      }
    },
    stop() {
      isStopped = true;
    },
  };
}

/** Parts of a list one after another, as many as there are hands, of nearly the same length. */
export function parts<T>(all: readonly T[], count: number): T[][] {
  const used = Math.max(1, Math.min(count, all.length));
  return Array.from(
    { length: used },
    (_, i) => all.slice(Math.round(i * all.length / used), Math.round((i + 1) * all.length / used)),
  );
}
