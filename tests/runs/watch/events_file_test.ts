import assert from "node:assert/strict";
import { join } from "node:path";
import { EventsFile, framed, versionEvent } from "../../../lib/runs/watch/events_file.ts";
import { withFolder } from "../../helpers/with_folder.ts";

/** The first record that TensorFlow writes: 24 bytes, their checksum, a time, and the version of the format. */
const VERSION = "1800000000000000a37f4b22" + // length, and its masked CRC-32C
  "09" + "00002040fc54d941" + // wall_time = 1700000000.5
  "1a0d" + "627261696e2e4576656e743a32" + // file_version = "brain.Event:2"
  "2b353110"; // masked CRC-32C of the 24 bytes

/** The record of one scalar, as TensorBoard 2.21 reads it back. */
const SCALAR = "2100000000000000" + "017becf6" + "09" + "00002040fc54d941" +
  "108004" + // step = 512
  "2a13" + "0a11" + // summary { value {
  "0a0a" + "6e6575726f6d66612f45" + // tag = "neuromfa/E"
  "15000000be" + // simple_value = -0.125
  "b6876475";

const now = () => 1_700_000_000_500;

Deno.test("an events file has the bytes of the format, record by record", () =>
  withFolder(async (folder) => {
    const events = await EventsFile.open(folder, now);
    await events.add([{ step: 512, values: { "neuromfa/E": -0.125, "neuromfa/width": NaN } }]);
    const [{ name }] = await Array.fromAsync(Deno.readDir(folder)) as [Deno.DirEntry];
    assert.equal(name, "events.out.tfevents.1700000000.0.neuromfa");
    assert.equal((await Deno.readFile(join(folder, name))).toHex(), VERSION + SCALAR);
  }));

Deno.test("framed() gives the record that TensorFlow's own files begin with", () => {
  assert.equal(framed(versionEvent(1_700_000_000.5)).toHex(), VERSION);
});

/** The bytes of a file in hexadecimal digits. */
async function hexOf(place: string, number: number): Promise<string> {
  const path = join(place, `events.out.tfevents.1700000000.${number}.neuromfa`);
  return (await Deno.readFile(path)).toHex();
}

const one = { step: 512, values: { "neuromfa/E": -0.125 } };

Deno.test("later scalars are appended; without a value there is no file", () =>
  withFolder(async (folder) => {
    const place = join(folder, "tb"), events = await EventsFile.open(place, now);
    await events.add([]);
    await events.add([{ step: 0, values: { "neuromfa/E": NaN } }]);
    await assert.rejects(Deno.stat(place), Deno.errors.NotFound);
    await events.add([one]);
    await events.add([one, { step: 513, values: { "neuromfa/E": -0.125 } }]);
    const hex = await hexOf(place, 0);
    assert.equal(hex.length, (VERSION + SCALAR + SCALAR).length);
    assert.ok(hex.startsWith(VERSION + SCALAR));
  }));

Deno.test("another watch has a file of its own, of what no earlier one has written or wrote otherwise", () =>
  withFolder(async (folder) => {
    await (await EventsFile.open(folder, now)).add([one]);
    await (await EventsFile.open(folder, now)).add([one]);
    assert.equal((await Array.fromAsync(Deno.readDir(folder))).length, 1);
    const other = { step: 512, values: { "neuromfa/E": 0.25 } };
    await (await EventsFile.open(folder, now)).add([other]);
    await (await EventsFile.open(folder, now)).add([one]);
    assert.deepEqual(await hexOf(folder, 2), VERSION + SCALAR);
  }));

Deno.test("what a watch could not write to its end is written by the next", () =>
  withFolder(async (folder) => {
    await (await EventsFile.open(folder, now)).add([one]);
    const [{ name }] = await Array.fromAsync(Deno.readDir(folder)) as [Deno.DirEntry];
    for (const damage of [-1, -20, -4000]) {
      const bytes = Uint8Array.fromHex(VERSION + SCALAR);
      await Deno.writeFile(join(folder, name), bytes.subarray(0, damage));
      await (await EventsFile.open(folder, now)).add([one]);
      assert.equal(await hexOf(folder, 1), VERSION + SCALAR);
      await Deno.remove(join(folder, "events.out.tfevents.1700000000.1.neuromfa"));
    }
    await Deno.writeFile(join(folder, name), new Uint8Array(999).fill(255));
    await (await EventsFile.open(folder, now)).add([one]);
    assert.equal(await hexOf(folder, 1), VERSION + SCALAR);
  }));
