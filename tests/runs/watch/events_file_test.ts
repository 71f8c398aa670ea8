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
    const events = new EventsFile(folder, now);
    await events.add([{ step: 512, values: { "neuromfa/E": -0.125, "neuromfa/width": NaN } }]);
    const [{ name }] = await Array.fromAsync(Deno.readDir(folder)) as [Deno.DirEntry];
    assert.equal(name, "events.out.tfevents.1700000000.0.neuromfa");
    assert.equal((await Deno.readFile(join(folder, name))).toHex(), VERSION + SCALAR);
  }));

Deno.test("framed() gives the record that TensorFlow's own files begin with", () => {
  assert.equal(framed(versionEvent(1_700_000_000.5)).toHex(), VERSION);
});

Deno.test("later scalars are appended, and another watch has a file of its own; without a value there is none", () =>
  withFolder(async (folder) => {
    const place = join(folder, "tb"), first = new EventsFile(place, now);
    assert.equal(await first.hasEarlier(), false);
    await first.add([]);
    await first.add([{ step: 0, values: { "neuromfa/E": NaN } }]);
    assert.equal(await first.hasEarlier(), false);
    const one = [{ step: 512, values: { "neuromfa/E": -0.125 } }];
    await first.add(one);
    await first.add(one);
    assert.equal(await first.hasEarlier(), true);
    await new EventsFile(place, now).add(one);
    const files = await Promise.all(["0", "1"].map(async (number) => {
      const path = join(place, `events.out.tfevents.1700000000.${number}.neuromfa`);
      return (await Deno.readFile(path)).toHex();
    }));
    assert.deepEqual(files, [VERSION + SCALAR + SCALAR, VERSION + SCALAR]);
  }));
