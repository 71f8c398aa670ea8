/** What stable-baselines3 saves: a zip file with the policy as a file of `torch.save` inside. */

import type { ByteSource } from "../byte_source.ts";
import { checkRanges } from "../byte_source.ts";
import { entryBegins, type ZipEntry } from "./zip_entries.ts";

/** The weights of the policy, critics among them. */
const POLICY = "policy.pth";

/** Entries that every such file has. */
const ENTRIES = [POLICY, "data", "_stable_baselines3_version"];

/**
 * The policy in a file of stable-baselines3 as a file of its own, `null` where the entries are not
 * those of such a file.
 *
 * @param entries The file's entries by name.
 */
export async function policyOf(
  file: ByteSource,
  entries: ReadonlyMap<string, ZipEntry>,
): Promise<ByteSource | null> {
  const isFlat = [...entries.keys()].every((name) => !name.includes("/"));
  if (!isFlat || !ENTRIES.every((name) => entries.has(name))) return null;
  const entry = entries.get(POLICY)!;
  const [begin] = await entryBegins(file, [entry], "save the policy alone with torch.save");
  return partOf(file, entry, begin!);
}

/** An entry of a file that is stored as it is; its digest is that of the whole file. */
function partOf(file: ByteSource, { name, size }: ZipEntry, begin: number): ByteSource {
  const source = `${file.source} (${name})`;
  return {
    ...{ source, size, entry: name },
    async read(ranges, into) {
      checkRanges({ source, size }, ranges);
      const moved = ranges.map(({ start, end }) => ({ start: begin + start, end: begin + end }));
      return await file.read(moved, into);
    },
    digest: () => file.digest(),
  };
}
