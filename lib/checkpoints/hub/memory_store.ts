/** What was read of models on a hub, kept in memory, where there is no disk to keep it on. */

import type { HubStore } from "./hub_store.ts";
import { MemoryRanges, MemoryRoom } from "./memory_ranges.ts";

/**
 * What is kept of each model while the program runs, up to a number of bytes in all.
 *
 * @param most The most bytes of files that are kept; those used longest ago go first.
 */
export function memoryStores(most: number): (repository: string) => HubStore {
  const room = new MemoryRoom(most), stores = new Map<string, HubStore>();
  return (repository) => {
    const known = stores.get(repository);
    if (known) return known;
    const answers = new Map<string, string>(), files = new Map<string, MemoryRanges>();
    const store: HubStore = {
      place: "memory",
      answer: (name) => Promise.resolve(answers.get(name) ?? null),
      keepAnswer: (name, text) => Promise.resolve(void answers.set(name, text)),
      ranges: ({ content, size }) => {
        const key = `${content}-${size}`, ranges = files.get(key) ?? new MemoryRanges(room);
        files.set(key, ranges);
        return ranges;
      },
      downloaded: () => Promise.resolve(null),
    };
    stores.set(repository, store);
    return store;
  };
}
