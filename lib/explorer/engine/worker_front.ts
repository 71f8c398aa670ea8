/** What stands between a worker and its page: requests come in as messages and go out as replies. */

import { ExplorerWork, type Replies, type Requests } from "./explorer_work.ts";

/** A request as it is sent. */
export interface SentRequest {
  readonly id: number;
  readonly kind: keyof Requests;
  readonly request: Requests[keyof Requests];
}

/** What comes back: progress any number of times, then an answer or a fault. */
export type SentReply =
  | { readonly id: number; readonly progress: { readonly done?: number; readonly words?: string } }
  | { readonly id: number; readonly answer: Replies[keyof Replies] }
  | { readonly id: number; readonly fault: string };

/** What a worker is to its own code. */
interface Scope {
  onmessage: ((event: { readonly data: SentRequest }) => void) | null;
  postMessage(reply: SentReply): void;
}

/** Answer the messages that come to this worker. */
export function serveWorker(scope: Scope): void {
  const work = new ExplorerWork();
  scope.onmessage = async ({ data: { id, kind, request } }) => {
    try {
      const tell = (progress: { readonly done?: number; readonly words?: string }) =>
        scope.postMessage({ id, progress });
      scope.postMessage({ id, answer: await work.answer(kind, request, tell) });
    } catch (error) {
      scope.postMessage({ id, fault: faultWords(error) });
    }
  };
}

/** What is wrong, as a sentence. */
export function faultWords(error: unknown): string {
  if (error instanceof RangeError && /allocation|array length|memory/i.test(error.message)) {
    return "this page has no memory left; choose fewer steps, samples or neurons";
  }
  return error instanceof Error ? error.message : `${error}`;
}
