import assert from "node:assert/strict";
import { inflatedEntries } from "../../lib/checkpoints/inflated_entries.ts";
import { zipEntries } from "../../lib/checkpoints/torch/zip_entries.ts";
import { recordedSource } from "../helpers/recorded_source.ts";
import { throwsError } from "../helpers/throws_error.ts";
import { zipBytes } from "../helpers/torch_bytes.ts";

const letters = Uint8Array.from({ length: 50_000 }, (_, i) => Math.imul(i, 2654435761) >>> 27);

async function placed(zip: Uint8Array) {
  const archive = recordedSource(zip, "/run/model.npz");
  const entries = [...(await zipEntries(archive)).values()];
  archive.reads.length = 0;
  return { archive, ...await inflatedEntries(archive, entries, "save it again") };
}

Deno.test("entries that are stored as they are stay ranges of the file itself", async () => {
  const { archive, file, begins } = await placed(await zipBytes({ a: letters }));
  assert.equal(file, archive);
  const [part] = await file.read([{ start: begins[0]! + 7, end: begins[0]! + 10 }]);
  assert.deepEqual(part, letters.slice(7, 10));
});

Deno.test("compressed entries are inflated once, and their fronts without the rest", async () => {
  const { archive, file, begins } = await placed(
    await zipBytes({ a: letters, b: letters }, { level: 6 }),
  );
  assert.deepEqual([file.size, begins], [100_000, [0, 50_000]]);
  const read = async (start: number, end: number) => (await file.read([{ start, end }]))[0]!;
  assert.deepEqual(await read(50_000, 50_100), letters.slice(0, 100));
  const bytes = () => archive.reads.flat().reduce((sum, { start, end }) => sum + end - start, 0);
  const before = bytes();
  assert.ok(before < 3000, `${before} bytes were read for the front`);
  assert.deepEqual(await read(99_990, 100_000), letters.slice(-10));
  const after = bytes();
  assert.deepEqual(await read(60_000, 60_010), letters.slice(10_000, 10_010));
  assert.equal(bytes(), after);
  assert.equal(await file.digest(), await archive.digest());
  await throwsError(() => read(99_990, 100_001), /bytes 99990 to 100001 of .* do not exist/);
});

/** A file with another number in its directory, where entry `a` is described. */
async function changed(place: number, value: number): Promise<Uint8Array> {
  const bytes = await zipBytes({ a: letters }, { level: 6 });
  const view = new DataView(bytes.buffer);
  const directory = bytes.findLastIndex((_, i) =>
    i + 4 <= bytes.length && view.getUint32(i, true) === 0x02014b50
  );
  view.setUint32(directory + place, value, true);
  return bytes;
}

/** Where the directory has an entry's checksum and its size. */
const CHECKSUM = 16, SIZE = 24;

Deno.test("a file that would unfold to far more than weights do is refused before it is inflated", async () => {
  const bomb = await changed(SIZE, 80_000_000);
  await throwsError(
    () => placed(bomb),
    /^\/run\/model\.npz unfolds to more than weights do: with its entry "a" to 80000000 bytes, where it has \d+; save it again$/,
  );
});

Deno.test("an entry that unfolds to something else than its size and checksum say is damage", async () => {
  const damage = /^\/run\/model\.npz has a damaged entry "a": .*; get it again$/;
  const other = await zipBytes({ a: letters }, { level: 6 });
  other.fill(0xff, 40, 200);
  for (
    const bytes of [
      await changed(SIZE, 49_999),
      await changed(SIZE, 50_001),
      await changed(CHECKSUM, 1),
      other,
    ]
  ) {
    const { file } = await placed(bytes);
    await throwsError(() => file.read([{ start: 0, end: file.size }]), damage);
  }
});
