/** Where what was read of a model on a hub is kept: on disk, or in the memory of a page. */

import type { ByteSource } from "../byte_source.ts";
import type { HubConnection } from "./hub_connection.ts";
import type { ListedFile } from "./listed_file.ts";
import type { KeptRanges } from "./kept_ranges.ts";

/** What is kept of one model. */
export interface HubStore {
  /** What to call it in messages. */
  readonly place: string;
  /** What the hub answered, by the name that it was kept under; `null` where nothing was. */
  answer(name: string): Promise<string | null>;
  /** Keep what the hub answered. */
  keepAnswer(name: string, text: string): Promise<void>;
  /** What is kept of a file, by what identifies its content. */
  ranges(file: Pick<ListedFile, "content" | "size">): KeptRanges;
  /** A file that another tool has brought here whole; `null` where there is none. */
  downloaded(commit: string, file: ListedFile): Promise<ByteSource | null>;
}

/** Where the hub is, who asks, and where what was read is kept. */
export interface HubAccess extends Pick<HubConnection, "endpoint" | "token"> {
  /** Whether to do with what is kept. */
  readonly offline: boolean;
  /** What is kept of a model. */
  store(repository: string): HubStore;
}
