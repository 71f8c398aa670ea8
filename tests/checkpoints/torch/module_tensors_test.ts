import assert from "node:assert/strict";
import { ModuleReader } from "../../../lib/checkpoints/torch/module_tensors.ts";
import { PickleBytes } from "../../../lib/checkpoints/torch/pickle_bytes.ts";
import { readPickle } from "../../../lib/checkpoints/torch/read_pickle.ts";
import {
  dictionary,
  integer,
  joined,
  named,
  object,
  pickle,
  type PicklePart,
  storage,
  tensor,
  text,
  tuple,
  wholeModule,
} from "../../helpers/pickle_bytes.ts";
import { throwsError } from "../../helpers/throws_error.ts";

const matrix = tensor(storage("FloatStorage", "m", 6), { shape: [2, 3], strides: [3, 1] });
const vector = tensor(storage("FloatStorage", "v", 2), { shape: [2], strides: [1] });
const linear = wholeModule({ parameters: { weight: matrix, bias: vector } });

function read(...parts: PicklePart[]) {
  const found = new ModuleReader("net.pt").read(
    readPickle(new PickleBytes(pickle(...parts))).value,
  );
  return found && { names: [...found.items.keys()], unreadable: found.unreadable };
}

const all = (names: string[]) => ({ names, unreadable: null });

Deno.test("parameters, buffers and modules inside have the names of a state dict, in its order", () => {
  const norm = wholeModule({
    parameters: { weight: vector, bias: joined("N") },
    buffers: { running_mean: vector, mask: matrix, none: joined("N") },
    unsaved: ["mask"],
  });
  const net = wholeModule({
    parameters: { scale: vector },
    modules: { "0": linear, drop: joined("N"), norm, relu: wholeModule({}) },
  });
  assert.deepEqual(
    read(net),
    all(["scale", "0.weight", "0.bias", "norm.weight", "norm.running_mean"]),
  );
  const parallel = wholeModule({ modules: { module: linear } });
  assert.deepEqual(read(parallel), all(["module.weight", "module.bias"]));
});

Deno.test("a module and a parameter that are used twice are there under both names", () => {
  const tied = wholeModule({
    modules: { a: joined(linear, "q", 7), b: joined("h", 7) },
  });
  assert.deepEqual(read(tied), all(["a.weight", "a.bias", "b.weight", "b.bias"]));
});

Deno.test("modules of torch before 1.0 are read: source texts, lists of pairs, parameters of their own", () => {
  const ordered = (entries: Record<string, PicklePart>) =>
    joined(
      named("collections", "OrderedDict"),
      "](",
      ...Object.entries(entries).flatMap(([name, value]) => ["](", text(name), value, "e"]),
      "e",
      0x85,
      "R",
    );
  const args = [storage("FloatStorage", "m", 6), integer(0), tuple(integer(2), integer(3))];
  const made = joined(
    ...[named("torch.nn.parameter", "Parameter"), named("torch._utils", "_rebuild_tensor")],
    ...[tuple(...args, tuple(integer(3), integer(1))), "R", 0x85, "R", 0x88, 0x89, "N", 0x87, "b"],
  );
  const type = tuple(
    text("module"),
    named("vdsr", "Net"),
    text("vdsr.py"),
    text("class Net: pass"),
  );
  const old = joined(
    ...[type, "Q)", 0x81],
    dictionary({
      _backend: joined(named("torch.nn.backends.thnn", "_get_thnn_function_backend"), ")R"),
      _parameters: ordered({ weight: made, bias: joined("N") }),
      _buffers: ordered({}),
      _modules: ordered({}),
    }),
    "b",
  );
  assert.deepEqual(read(old), all(["weight"]));
});

Deno.test("objects of TorchScript have their attributes that are tensors, and those of the objects inside", () => {
  const script = object(["__torch__.net", "Net"], {
    training: joined(0x88),
    weight: matrix,
    sizes: joined("](K", 1, "e"),
    fc: object(["__torch__.torch.nn.modules.linear", "Linear"], { weight: matrix }),
    other: object(["my", "Object"], { weight: matrix }),
  });
  assert.deepEqual(read(script), all(["weight", "fc.weight"]));
});

Deno.test("what is no module is none", () => {
  for (
    const other of [
      dictionary({ w: matrix }),
      object(["argparse", "Namespace"], { lr: integer(1) }),
      object(["my", "Net"], { _parameters: dictionary({}), _modules: integer(1) }),
      joined(named("my", "Net"), ")R"),
    ]
  ) assert.equal(read(other), null);
});

Deno.test("what cannot be read of a module is told, so that no half of it is measured", () => {
  const quantised = joined(named("torch._utils", "_rebuild_qtensor"), ")R");
  const packed = object(["__torch__.torch.classes.quantized", "LinearPackedParamsBase"], {});
  const inside = (part: PicklePart) => wholeModule({ modules: { fc: linear, part } });
  assert.equal(
    read(wholeModule({ modules: { fc: wholeModule({ parameters: { w: quantised } }) } }))
      ?.unreadable,
    'a tensor "fc.w" of torch._utils._rebuild_qtensor',
  );
  assert.equal(
    read(inside(joined(named("torch.fx.graph_module", "reduce_graph_module"), ")R")))?.unreadable,
    'a module "part" of torch.fx.graph_module.reduce_graph_module',
  );
  assert.equal(
    read(object(["__torch__.net", "Net"], { a: matrix, packed }))?.unreadable,
    'a module "packed" of __torch__.torch.classes.quantized.LinearPackedParamsBase',
  );
});

Deno.test("a module that holds itself, or another 2^40 times, ends in a sentence", async () => {
  const state = (modules: PicklePart) =>
    joined("}(", text("_parameters"), "}", text("_buffers"), "}", text("_modules"), modules, "u");
  const loop = joined(
    named("a", "B"),
    ")",
    0x81,
    "q",
    0,
    state(joined("}", text("b"), "h", 0, "s")),
    "b",
  );
  await throwsError(
    () => read(loop),
    /^net\.pt has modules more than 100 deep in each other, or one that holds itself; save/,
  );
  const tower = Array.from({ length: 40 }, (_, i) =>
    joined(
      ...[named("a", "B"), ")", 0x81],
      state(joined("}(", text("x"), "h", i, text("y"), "h", i, "u")),
      ...["bq", i + 1],
    ));
  await throwsError(
    () => read(linear, "q", 0, ...tower),
    /^net\.pt has modules with more than 200000 parts, as no model has; save/,
  );
});

Deno.test("names that are no text, too long, or met twice are refused", async () => {
  const keyed = (key: PicklePart) =>
    joined(
      ...[named("a", "B"), ")", 0x81, "}(", text("_parameters"), "}", key, matrix, "s"],
      ...[text("_buffers"), "}", text("_modules"), "}ub"],
    );
  await throwsError(
    () => read(keyed(integer(7))),
    /has a part of a module named 7, which is no text/,
  );
  await throwsError(() => read(keyed(text("x".repeat(501)))), /named "x+…", which is too long/);
  const both = wholeModule({
    parameters: { "a.w": matrix },
    modules: { a: wholeModule({ parameters: { w: matrix } }) },
  });
  await throwsError(() => read(both), /is damaged: it has two tensors "a\.w" in a module/);
});
