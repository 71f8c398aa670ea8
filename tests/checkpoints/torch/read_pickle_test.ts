import assert from "node:assert/strict";
import { PickleBytes, PickleEnded } from "../../../lib/checkpoints/torch/pickle_bytes.ts";
import {
  PickleOpaque,
  PickleTuple,
  TorchTensor,
} from "../../../lib/checkpoints/torch/pickle_machine.ts";
import { readPickle } from "../../../lib/checkpoints/torch/read_pickle.ts";
import {
  integer,
  joined,
  littleEndian,
  named,
  pickle,
  type PicklePart,
  storage,
  tensor,
  text,
  tuple,
} from "../../helpers/pickle_bytes.ts";
import { throwsError } from "../../helpers/throws_error.ts";

function value(...parts: PicklePart[]) {
  return readPickle(new PickleBytes(pickle(...parts))).value;
}

const refuses = (message: RegExp, ...parts: PicklePart[]) =>
  throwsError(() => value(...parts), message);

Deno.test("numbers, texts, lists, tuples, sets and dictionaries are read", () => {
  assert.deepEqual(value("K", 200), 200);
  assert.deepEqual(value("M", 1, 2), 513);
  assert.deepEqual(value(integer(-7)), -7);
  assert.deepEqual(value(0x8a, 0), 0);
  assert.deepEqual(value(0x8a, 2, 0xff, 0x7f), 32767);
  assert.deepEqual(value(0x8a, 1, 0xff), -1);
  assert.deepEqual(value(0x8a, 8, littleEndian(-(2 ** 60), 8)), -(2n ** 60n));
  assert.deepEqual(value("G", 0x3f, 0xf8, 0, 0, 0, 0, 0, 0), 1.5);
  assert.deepEqual(value(0x8c, 2, "ab"), "ab");
  assert.deepEqual(value("U", 1, "x"), "x");
  assert.deepEqual(value("](NK", 1, "e", 0x88, "a"), [null, 1, true]);
  assert.deepEqual(value("K", 1, "K", 2, 0x86), new PickleTuple([1, 2]));
  assert.deepEqual(value("}", text("a"), "K", 1, "s"), new Map([["a", 1]]));
  assert.deepEqual(value(text("a"), "q", 5, "h", 5, 0x86), new PickleTuple(["a", "a"]));
  assert.deepEqual(value(text("a"), 0x94, "h", 0, 0x86), new PickleTuple(["a", "a"]));
  assert.deepEqual(value(0x8f, "(K", 1, "K", 1, 0x90), new Set([1]));
  assert.deepEqual(value("(K", 1, 0x91), new Set([1]));
  for (const module of ["builtins", "__builtin__"]) {
    assert.deepEqual(value(named(module, "set"), "]K", 1, "a", 0x85, "R"), new Set([1]));
    assert.deepEqual(value(named(module, "set"), ")R"), new Set());
  }
  const pairs = joined("](", text("k"), "K", 1, 0x86, "e", 0x85);
  assert.deepEqual(value(named("collections", "OrderedDict"), pairs, "R"), new Map([["k", 1]]));
});

Deno.test("the bytes behind a pickle are left for the next", () => {
  const bytes = new PickleBytes(joined(pickle("K", 1), pickle("K", 2)));
  assert.equal(readPickle(bytes).value, 1);
  assert.equal(readPickle(bytes).value, 2);
  assert.throws(() => readPickle(bytes), PickleEnded);
});

Deno.test("a tensor keeps its storage, offset, shape and strides", () => {
  const read = value(tensor(storage("HalfStorage", "4", 20), {
    shape: [2, 3],
    strides: [1, 4],
    offset: 5,
  })) as TorchTensor;
  assert.ok(read instanceof TorchTensor);
  assert.deepEqual([read.storage.key, read.storage.dtype, read.storage.count], ["4", "F16", 20]);
  assert.deepEqual([read.offset, read.shape, read.strides], [5, [2, 3], [1, 4]]);
});

Deno.test("a part of a storage, as old files have, moves the tensor's offset", () => {
  const part = tuple(text("part"), integer(10), integer(4));
  const inPart = (offset: number) =>
    tensor(storage("FloatStorage", "root", 20, part), { shape: [2], strides: [1], offset });
  assert.equal((value(inPart(2)) as TorchTensor).offset, 12);
  assert.throws(() => value(inPart(3)), /leaves its storage: from 3 it needs 2 of 4 values/);
  const outside = tuple(text("part"), integer(18), integer(4));
  assert.throws(
    () => value(storage("FloatStorage", "root", 20, outside)),
    /damaged storage: a part of 4 from 18 of 20/,
  );
});

Deno.test("whatever a pickle asks to be imported or called is kept by name, and nothing is called", async () => {
  const made = (...parts: PicklePart[]) => {
    const found = value(...parts);
    assert.ok(found instanceof PickleOpaque);
    return found.name;
  };
  const command = joined(text("touch /tmp/owned"), 0x85, "R");
  assert.equal(made(named("os", "system"), command), "os.system");
  assert.equal(made(text("os"), text("system"), 0x93, command), "os.system");
  assert.equal(made("(", text("touch /tmp/owned"), "ios\nsystem\n"), "os.system");
  assert.equal(made(named("builtins", "eval"), command), "builtins.eval");
  assert.equal(made(named("torch", "__proto__"), ")R"), "torch.__proto__");
  assert.equal(made(named("torch", "nn.Linear"), ")", 0x81), "torch.nn.Linear");
  assert.equal(made(named("argparse", "Namespace"), ")}", 0x92), "argparse.Namespace");
  assert.equal(made("(", named("a", "B"), "o"), "a.B");
  const scalar = [named("numpy", "dtype"), text("f8"), 0x85, "R", "C", 8, "12345678", 0x86];
  assert.equal(
    made(named("numpy.core.multiarray", "scalar"), ...scalar, "R"),
    "numpy.core.multiarray.scalar",
  );
  assert.equal(made("B", 3, 0, 0, 0, "abc"), "bytes");
  assert.equal(made(named("x".repeat(1e5), "y".repeat(1e5)), ")R").length, 401);
  const configured = value(named("t", "Config"), ")", 0x81, "}", text("lr"), "K", 1, "sb");
  assert.equal((configured as PickleOpaque).entries, null);
  assert.deepEqual((configured as PickleOpaque).state, new Map([["lr", 1]]));
  const dictionary = value(named("t", "Dict"), ")R", text("k"), "K", 1, "s") as PickleOpaque;
  assert.deepEqual(dictionary.entries, new Map([["k", 1]]));
  await refuses(
    /^calls torch\.FloatStorage, as no pickle of tensors does$/,
    named("torch", "FloatStorage"),
    ")R",
  );
  await refuses(/^calls "eval", as no pickle/, text("eval"), ")R");
  await refuses(
    /an object is to be made of "eval", which is no class, at byte/,
    text("eval"),
    ")",
    0x81,
  );
});

Deno.test("values that are taken from the stack again leave the others", () => {
  assert.equal(value("K", 1, "K", 2, "0"), 1);
  assert.equal(value("K", 1, "(K", 2, "1"), 1);
  assert.equal(value("K", 1, "(0"), 1);
});

Deno.test("instructions that neither tensors nor objects need are refused by name", async () => {
  await refuses(/^has the instruction PERSID /, "P1\n");
  await refuses(/^has the instruction EXT1 /, 0x82, 1);
  await refuses(/^has the instruction 0xff at byte 2/, 0xff);
  await refuses(
    /^sets attributes of collections\.OrderedDict/,
    named("collections", "OrderedDict"),
    "}b",
  );
  await refuses(/^sets attributes of what is no dictionary/, ")", "}b");
});

Deno.test("tensors of older and newer torch, and of other classes, are the tensors that they hold", () => {
  const make = (call: string, type: string, ...more: PicklePart[]) =>
    value(
      named("torch._utils", call),
      tuple(
        storage(type, "0", 8),
        integer(0),
        tuple(integer(2), integer(4)),
        tuple(integer(4), integer(1)),
        ...more,
      ),
      "R",
    ) as TorchTensor;
  assert.deepEqual(make("_rebuild_tensor", "FloatStorage").shape, [2, 4]);
  const typed = make(
    "_rebuild_tensor_v3",
    "UntypedStorage",
    0x89,
    "}",
    named("torch", "float8_e4m3fn"),
  );
  assert.deepEqual([typed.storage.dtype, typed.storage.count], ["F8_E4M3", 8]);
  const doubled = named("torch", "uint16");
  assert.throws(
    () => make("_rebuild_tensor_v3", "UntypedStorage", 0x89, "}", doubled),
    /leaves its storage: from 0 it needs 8 of 4/,
  );
  const inner = tensor(storage("ComplexDoubleStorage", "0", 2), { shape: [2], strides: [1] });
  const parameter = value(
    named("torch._utils", "_rebuild_parameter_with_state"),
    tuple(inner, 0x88, "}}"),
    "R",
  );
  assert.equal((parameter as TorchTensor).storage.dtype, "C128");
  const args = tuple(
    storage("HalfStorage", "0", 3),
    integer(0),
    tuple(integer(3)),
    tuple(integer(1)),
  );
  const subclass = value(
    named("torch._tensor", "_rebuild_from_type_v2"),
    tuple(named("torch._utils", "_rebuild_tensor"), named("my", "Tensor"), args, "}"),
    "R",
  );
  assert.deepEqual((subclass as TorchTensor).shape, [3]);
});

Deno.test("references outside the pickle other than storages are refused", async () => {
  await refuses(
    /^refers to "modules" outside its pickle/,
    tuple(text("modules"), "N", "N", "N"),
    "Q",
  );
  await refuses(/^refers to nothing outside/, text("storage"), "Q");
  await refuses(
    /^has a damaged storage: \{…\}, "0", -1/,
    tuple(text("storage"), named("torch", "FloatStorage"), text("0"), text("cpu"), integer(-1)),
    "Q",
  );
  await refuses(
    /^has a storage of torch\.NewStorage, which is not known/,
    storage("NewStorage", "0", 1),
  );
  await refuses(
    /^has a damaged storage: "FloatStorage", "0", 1/,
    tuple(text("storage"), text("FloatStorage"), text("0"), text("cpu"), integer(1)),
    "Q",
  );
});

Deno.test("a tensor that leaves its storage or is impossible is refused", async () => {
  const of = storage("FloatStorage", "0", 12);
  const wrong = (shape: number[], strides: number[], offset = 0) =>
    tensor(of, { shape, strides, offset });
  await refuses(
    /^has a tensor of shape \[3,5\] and strides \[5,1\] that leaves its storage: from 0 it needs 15 of 12/,
    wrong([3, 5], [5, 1]),
  );
  await refuses(/from 1 it needs 12 of 12 values/, wrong([12], [1], 1));
  await refuses(/^has a damaged tensor of shape \[-1\]/, wrong([-1], [1]));
  await refuses(/strides \[-1\] and offset 0/, wrong([2], [-1]));
  await refuses(/offset -1$/, wrong([2], [1], -1));
  await refuses(/^has a damaged tensor/, wrong([2, 2], [1]));
  await refuses(/^has a damaged tensor/, wrong(new Array(65).fill(1), new Array(65).fill(1)));
  const vast = new Array(4).fill(2 ** 31 - 1);
  await refuses(/^has a tensor of the impossible shape/, wrong(vast, [0, 0, 0, 0]));
  await refuses(/^has a tensor without a storage/, tensor(joined("N"), { shape: [], strides: [] }));
  const parameter = named("torch._utils", "_rebuild_parameter");
  await refuses(/^has a parameter that is no tensor/, parameter, tuple("N", 0x88, "}"), "R");
});

Deno.test("instructions without the values they need are damage", async () => {
  for (const code of ["R", "a", "e", "s", "u", "t", "b", "Q", "q\0", 0x86, 0x93, ""]) {
    await refuses(/^has a damaged pickle: .* at byte \d+$/, code);
  }
  await refuses(/nothing is remembered as 9/, "h", 9);
  await refuses(/more than 10000 groups are open at once at byte 10003$/, "(".repeat(1e5));
  await refuses(/a value is missing/, "(K", 1, "(R");
  await refuses(/what is to be extended is no list/, "}K", 1, "a");
  await refuses(/entries are given to what is no dictionary/, "](K", 1, "u");
  await refuses(/entries are given to what is no dictionary/, "}(K", 1, "u");
  const dictionary = named("collections", "OrderedDict");
  await refuses(/^calls collections\.OrderedDict, as no pickle/, dictionary, "NR");
  await refuses(/^has a damaged ordered dictionary/, dictionary, "](]e", 0x85, "R");
  await refuses(/^has a damaged ordered dictionary/, dictionary, "](Ne", 0x85, "R");
});

Deno.test("counts that are larger than the file end it, before anything is allocated", () => {
  for (
    const parts of [
      ["X", 0xff, 0xff, 0xff, 0xff],
      [0x8d, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
      ["T", 0xff, 0xff, 0xff, 0x7f],
      [0x8a, 16],
      ["cno line end"],
    ]
  ) {
    assert.throws(() => value(...parts), PickleEnded);
  }
  assert.throws(() => value(0x8b, 0xff, 0xff, 0xff, 0xff), /has a number of 4294967295 bytes/);
  assert.throws(() => value("X", 1, 0, 0, 0, 0xff), /a text that is no UTF-8 at byte 7/);
});

Deno.test("loops and thousands of nested values are read without recursion", () => {
  const list = value("]q", 0, "h", 0, "a") as unknown[];
  assert.equal(list[0], list);
  assert.ok(value("(".repeat(1e4), "t".repeat(1e4)) instanceof PickleTuple);
  assert.ok(value(")", Uint8Array.from({ length: 2e4 }, () => 0x85)) instanceof PickleTuple);
  const doubling = Array.from({ length: 60 }, (_, i) => joined("](h", i, "h", i, "eq", i + 1));
  assert.ok(Array.isArray(value("]q", 0, ...doubling)));
});
