import assert from "node:assert/strict";
import { decodeValues } from "../../../lib/checkpoints/decode_values.ts";
import { openTorchFile } from "../../../lib/checkpoints/torch/torch_file.ts";
import {
  joined,
  named,
  object,
  pickle,
  stateDict,
  storage,
  tensor,
  text,
  tuple,
} from "../../helpers/pickle_bytes.ts";
import { recordedSource } from "../../helpers/recorded_source.ts";
import { throwsError } from "../../helpers/throws_error.ts";
import { torchVariants } from "../../golden/torch_variants.ts";
import { zipBytes } from "../../helpers/torch_bytes.ts";

const values = Float32Array.from({ length: 6 }, (_, i) => i);
const matrix = tensor(storage("FloatStorage", "0", 6), { shape: [2, 3], strides: [3, 1] });
const entries = {
  "net/data.pkl": pickle(stateDict({ w: matrix })),
  "net/byteorder": joined("little"),
  "net/data/0": new Uint8Array(values.buffer),
};

const open = (bytes: Uint8Array) => openTorchFile(recordedSource(bytes));

async function refuses(message: RegExp, changed: Record<string, Uint8Array>, left?: string) {
  const all: Record<string, Uint8Array> = { ...entries, ...changed };
  if (left) delete all[left];
  const bytes = await zipBytes(all);
  await throwsError(() => open(bytes), message);
}

Deno.test("zip64 files are read like others", async () => {
  for (const zip64 of [false, true]) {
    const weights = await open(await zipBytes(entries, { zip64 }));
    assert.deepEqual([...decodeValues(await weights.read("w"))], [0, 1, 2, 3, 4, 5]);
  }
});

Deno.test("zip64 records that the last record does not ask for, as torch always writes, are found for any name", async () => {
  for (let length = 1; length <= 40; length++) {
    const stem = "s".repeat(length);
    const named = Object.entries(entries).map((
      [name, bytes],
    ) => [name.replace("net", stem), bytes]);
    const weights = await open(withZip64Records(await zipBytes(Object.fromEntries(named))));
    assert.deepEqual([...decodeValues(await weights.read("w"))], [0, 1, 2, 3, 4, 5], stem);
  }
});

/** A zip file with the two records of zip64 in front of its last, which are for larger files. */
function withZip64Records(zip: Uint8Array): Uint8Array {
  const end = zip.subarray(-22), view = new DataView(end.buffer, end.byteOffset);
  const record = new DataView(new ArrayBuffer(76)), at = zip.length - 22;
  record.setUint32(0, 0x06064b50, true);
  record.setBigUint64(4, 44n, true);
  const count = BigInt(view.getUint16(10, true));
  record.setBigUint64(24, count, true);
  record.setBigUint64(32, count, true);
  record.setBigUint64(40, BigInt(view.getUint32(12, true)), true);
  record.setBigUint64(48, BigInt(view.getUint32(16, true)), true);
  record.setUint32(56, 0x07064b50, true);
  record.setBigUint64(64, BigInt(at), true);
  record.setUint32(72, 1, true);
  return joined(zip.subarray(0, at), new Uint8Array(record.buffer), end);
}

Deno.test("opening takes five reads, however many tensors there are", async () => {
  const many: Record<string, Uint8Array> = {}, storages: Record<string, Uint8Array> = {};
  for (let i = 0; i < 500; i++) {
    many[`h.${i}.weight`] = tensor(storage("FloatStorage", String(i), 6), {
      shape: [2, 3],
      strides: [3, 1],
    });
    storages[`net/data/${i}`] = entries["net/data/0"];
  }
  const file = recordedSource(
    await zipBytes({ "net/data.pkl": pickle(stateDict(many)), ...storages }),
  );
  const weights = await openTorchFile(file);
  assert.equal(weights.tensors.size, 500);
  assert.ok(file.reads.length <= 5, `${file.reads.length} reads`);
});

Deno.test("entries that are compressed or encrypted are refused, so that no zip bomb is ever inflated", async () => {
  const zeros = { ...entries, "net/data/0": new Uint8Array(10_000_000) };
  const bomb = await zipBytes(zeros, { level: 9 });
  assert.ok(bomb.length < 20_000);
  await throwsError(
    () => open(bomb),
    /^\/memory\/weights cannot be read in ranges: its entry "net\/.*" is compressed; save it again with torch\.save$/,
  );
  const encrypted = await zipBytes(entries);
  for (const signature of ["PK\u0001\u0002"]) {
    for (let at = 0; at < encrypted.length; at++) {
      const here = String.fromCharCode(...encrypted.subarray(at, at + 4));
      if (here === signature) encrypted[at + 8]! |= 1;
    }
  }
  await throwsError(() => open(encrypted), /is encrypted; save it again/);
});

Deno.test("a zip file that announces more entries than any model has is refused at the first", async () => {
  const bytes = await zipBytes(entries, { zip64: true });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const end = bytes.length - 22, zip64End = end - 20 - 56;
  assert.equal(view.getUint32(zip64End, true), 0x06064b50);
  for (const place of [24, 32]) view.setBigUint64(zip64End + place, 100_001n, true);
  await throwsError(
    () => open(bytes),
    /^\/memory\/weights has 100001 entries, more than any model's file \(100000\); get it again$/,
  );
});

Deno.test("a zip file that is not torch's is refused", async () => {
  await refuses(/is a zip file but not torch's: .* has 0$/, {}, "net/data.pkl");
  await refuses(/is a zip file but not torch's: .* has 2$/, {
    "other/data.pkl": new Uint8Array(9),
  });
});

/** A TorchScript program; its code is never read, and may be anything. */
function script(...constants: Uint8Array[]) {
  const linear = ["__torch__.torch.nn.modules.linear.___torch_mangle_3", "Linear"] as const;
  const program = object(["__torch__.policy", "Policy"], {
    training: joined(0x88),
    hidden: tensor(storage("FloatStorage", "1", 0), { shape: [0], strides: [1] }),
    names: joined(named("torch.jit._pickle", "restore_type_tag"), "](", text("a"), "e", 0x85, "R"),
    actor: object(["__torch__.torch.nn.modules.container", "Sequential"], {
      "0": object(linear, { weight: matrix, bias: joined("N") }),
    }),
  });
  return {
    "net/data.pkl": pickle(program),
    "net/data/1": new Uint8Array(0),
    "net/code/__torch__/policy.py": joined("import os; os.abort()"),
    "net/constants.pkl": pickle(tuple(...constants)),
  };
}

Deno.test("a TorchScript program has the tensors of its objects by the names of their attributes", async () => {
  const scalar = tensor(storage("FloatStorage", "0", 1), { shape: [], strides: [] });
  const weights = await open(await zipBytes({ ...entries, ...script(scalar) }));
  assert.deepEqual([...weights.tensors.keys()], ["hidden", "actor.0.weight"]);
  assert.deepEqual([...decodeValues(await weights.read("actor.0.weight"))], [...values]);
});

Deno.test("a frozen TorchScript program is refused, since its weights are constants without names", async () => {
  await refuses(
    /is a TorchScript program that keeps weights as constants without their names, as frozen ones do; save/,
    script(matrix),
  );
  const packed = object(["__torch__.torch.classes.quantized", "LinearPackedParamsBase"], {});
  await refuses(/keeps weights as constants/, script(packed));
  await refuses(/has the instruction 0x00 at byte 0/, { "net/constants.pkl": new Uint8Array(1) });
});

Deno.test("numbers of another byte order are refused", async () => {
  await refuses(/has the byte order "big", where only "little"/, {
    "net/byteorder": joined("big"),
  });
  await refuses(/has the byte order ""/, { "net/byteorder": new Uint8Array(99) });
  const bytes = await zipBytes({ ...entries, "net/byteorder": joined("little") });
  assert.equal((await open(bytes)).tensors.size, 1);
});

Deno.test("a storage that is missing or of another size than the tensors say is refused", async () => {
  await refuses(/tensor "w" needs 24 bytes in the storage "0", which is missing/, {}, "net/data/0");
  const message = /tensor "w" needs 24 bytes in the storage "0", which holds 23; get it again/;
  await refuses(message, { "net/data/0": new Uint8Array(23) });
});

Deno.test("a pickle that holds no tensors or ends early is refused with the file's name", async () => {
  await refuses(/^\/memory\/weights holds an object of os\.system, which is not made/, {
    "net/data.pkl": pickle("cos\nsystem\n", "(X", 1, 0, 0, 0, "x", "tR"),
  });
  await refuses(/^\/memory\/weights is truncated or damaged: its pickle ends too early/, {
    "net/data.pkl": pickle("N").slice(0, 3),
  });
});

Deno.test("what is no state dict is refused with what it is", async () => {
  const holding = (...parts: Uint8Array[]) => ({ "net/data.pkl": pickle(...parts) });
  await refuses(/holds a tensor without a name, not the tensors of a model/, holding(matrix));
  await refuses(/holds \[\], not the tensors/, holding(joined("]")));
  await refuses(
    /has no tensors among its entries \(optimizer, epoch\); save the model's state_dict alone/,
    holding(stateDict({ optimizer: stateDict({ w: matrix }), epoch: joined("K", 3) })),
  );
  await refuses(/has a tensor named 7, which is no text/, holding(joined("}K", 7, matrix, "s")));
  const vast = tensor(storage("FloatStorage", "0", 6), { shape: [1e6, 6], strides: [0, 1] });
  await refuses(
    /tensor "v" that repeats its values to 24000000 bytes, more than the file's \d+; save a contiguous/,
    holding(stateDict({ v: vast })),
  );
});

Deno.test("entries of a state dict that are no tensors are left out", async () => {
  const mixed = stateDict({ epoch: joined("K", 3), w: matrix, none: joined("N") });
  const weights = await open(await zipBytes({ ...entries, "net/data.pkl": pickle(mixed) }));
  assert.deepEqual([...weights.tensors.keys()], ["w"]);
});

Deno.test("a truncated zip file is refused wherever it was cut", async () => {
  const { bytes } = torchVariants("zip");
  for (let length = 0; length < bytes.length; length++) {
    await throwsError(
      () => open(bytes.slice(0, length)),
      /^\/memory\/weights is (truncated|no file)/,
    );
  }
});

Deno.test("an entry that is not where the directory says is refused when it is read", async () => {
  const bytes = await zipBytes(entries);
  const name = new TextEncoder().encode("net/data/0");
  const at = bytes.findIndex((_, i) => name.every((byte, j) => bytes[i + j] === byte));
  for (const [shift, value] of [[-30, 0], [-3, 0xff]] as const) {
    const moved = bytes.slice();
    moved[at + shift] = value;
    const weights = await open(moved);
    await throwsError(() => weights.read("w"), /entry "net\/data\/0" is not where it should be/);
  }
});

Deno.test("a file that lacks bytes near its front is refused by the entry that would begin before it", async () => {
  const { "net/byteorder": _, ...others } = entries;
  const bytes = await zipBytes(others);
  const short = joined(bytes.slice(0, 4), bytes.slice(10));
  await throwsError(() => open(short), /entry "net\/data\.pkl" is not where it should be/);
});

Deno.test("a source that fails is told as it is", async () => {
  const file = recordedSource(new Uint8Array(300_000));
  const broken = { ...file, read: () => Promise.reject(new Error("/memory/weights changed")) };
  await throwsError(() => openTorchFile(broken), /^\/memory\/weights changed$/);
});
